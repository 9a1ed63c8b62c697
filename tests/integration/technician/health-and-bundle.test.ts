import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { decodeSupportCode } from '#core/diagnostics/bundle/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { setUpStation, type DeskOptions, type Station } from '../../support/desk.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const device = 'card-reader'

test('what devices did for officers is counted by day, a technician’s tests are not, and it is there after a restart', async () => {
  const answers: DeskOptions['answers'] = {
    'device.check': () => ({ figures: {}, found: [] }),
    'finger.capture': () => {
      throw new AppError('DEVICE_SILENT', 'finger.capture')
    },
  }
  const desk = await station.sitDown({ answers })
  expect(await desk.ask('health', {})).toEqual({ rows: [], warnings: [] })
  await desk.ask('checkDevice', { device })
  expect((await desk.ask('health', {})).rows).toEqual([])
  await desk.carryOn((view) => view?.state.step === 'fingers')
  expect(await desk.codeOf('captureFingers', { step: 'right-four' })).toBe('DEVICE_SILENT')
  const { rows } = await desk.ask('health', {})
  const rowOf = (id: string) => rows.find((row) => row.device === id)
  expect(rowOf(device)).toMatchObject({ done: 1, failed: 0, failures: {} })
  expect(rowOf('fingerprint')).toMatchObject({ done: 0, failed: 1, failures: { DEVICE_SILENT: 1 } })
  const again = await station.restart(desk, { answers })
  expect((await again.ask('health', {})).rows).toEqual(rows)
  expect(await again.codeOf('health', {}, 'officer')).toBe('NOT_ALLOWED')
})

test('the support bundle of the window tells the last tests, on its page and in its code', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qcc-support-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const answers: DeskOptions['answers'] = {
    'device.check': () => ({ figures: { readsTried: 20 }, found: [{ cause: 'antenna-weak' }] }),
  }
  const desk = await station.sitDown({ answers })
  await desk.ask('checkDevice', { device })
  const bundle = await desk.ask('makeBundle', { folder })
  expect(readdirSync(folder).length).toBe(2)
  expect(bundle.file.startsWith(folder)).toBe(true)
  expect(decodeSupportCode(bundle.code).subjects).toEqual([
    { subject: 'card-reader', verdict: 'limits', cause: 'antenna-weak' },
  ])
  expect(bundle.summary.join('\n')).toContain('Đầu đọc thẻ chip')
  expect(await desk.codeOf('makeBundle', { folder: join(folder, 'pulled-out') })).toBe('EXPORT_FAILED')
})

test('what was found of a device that was taken away since is not told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qcc-support-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const answers: DeskOptions['answers'] = {
    'device.check': () => ({ figures: {}, found: [{ cause: 'antenna-weak' }] }),
    'devices.bind': ({ bindings }) =>
      bindings.map((binding) => ({ ...binding, state: 'ready', since: new Date(0).toISOString() })),
  }
  const desk = await station.sitDown({ answers })
  await desk.ask('checkDevice', { device })
  await desk.ask('unbindDevice', { id: device })
  const bundle = await desk.ask('makeBundle', { folder })
  expect(decodeSupportCode(bundle.code).subjects).toEqual([])
})
