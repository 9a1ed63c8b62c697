import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { diagnoseBundle, diagnoseCode } from '#build/desk/diagnose-bundle.ts'
import { UsageError } from '#build/desk/command-line.ts'
import type { Bundle } from '#core/diagnostics/bundle/index.ts'
import { openHealth } from '#core/diagnostics/health/index.ts'
import { unzipped } from '../../support/bundle.ts'
import { passphrase, setUpStation, type Station } from '../../support/desk.ts'

let stations: Station
let out = ''
let errors = ''

beforeAll(async () => {
  stations = await setUpStation()
})
afterAll(() => stations.close())
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'qcc-bundle-'))
  errors = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(out, { recursive: true, force: true })
})

const run = async (...words: string[]) => {
  const { value, text } = await diagnoseBundle(words, new AbortController().signal)
  return { bundle: value as Bundle, text }
}
const jsonOf = (file: string, name: string) => JSON.parse(unzipped(file).get(name)?.toString() ?? 'null')

test('the command makes a signed bundle of a station, its devices, its tests and its health', async () => {
  vi.stubEnv('QCC_PASSPHRASE', passphrase)
  const data = stations.freshData()
  const reader = { id: 'reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', address: '/dev/none' }
  writeFileSync(join(data, 'devices.json'), JSON.stringify([reader]))
  const report = { subject: 'disk', verdict: 'fails', found: [{ cause: 'disk-full' }], figures: {}, took: 1 }
  writeFileSync(join(data, 'checks.json'), JSON.stringify([{ ...report, at: new Date().toISOString() }]))
  const health = openHealth({ dataFolder: data, clock: () => new Date() })
  health.record({ device: 'reader', call: 'chip.read', ms: 1200, ok: true })
  await health.close()

  const { bundle, text } = await run('--out', join(out, 'new', 'folder'), '--data', data)
  expect(bundle.signed).toBe(true)
  expect(text).toContain(`${bundle.file}.p7s`)
  expect(text.join('\n')).toContain('Ổ đĩa: Không hoạt động')
  expect(jsonOf(bundle.file, 'devices.json')).toMatchObject([{ id: 'reader', state: 'absent' }])
  expect(jsonOf(bundle.file, 'health.json').rows).toMatchObject([{ device: 'reader', done: 1 }])
  expect(jsonOf(bundle.file, 'manifest.json')).toMatchObject({ station: { code: 'SL-0312' }, signed: true })
})

test('without the passphrase the command makes a bundle that is not signed, and says so', async () => {
  vi.stubEnv('QCC_PASSPHRASE', '')
  const { bundle, text } = await run('--out', out, '--data', stations.freshData())
  expect(bundle.signed).toBe(false)
  expect(text.at(-1)).toContain('Không có chữ ký')
  expect(errors).toMatch(/no passphrase/u)
  expect(readdirSync(out)).toHaveLength(1)
})

test('beside the running program, which holds the store, the command still makes a bundle', async () => {
  vi.stubEnv('QCC_PASSPHRASE', passphrase)
  const desk = await stations.sitDown()
  const { bundle } = await run('--out', out, '--data', desk.dataFolder)
  expect(jsonOf(bundle.file, 'manifest.json')).toMatchObject({
    phase: 'failed',
    left: [
      { what: 'store', code: 'STORE_IN_USE' },
      { what: 'traces', code: 'STORE_IN_USE' },
    ],
  })
  desk.core.stop()
})

test('a data folder that is not there, and one that has no station, are told apart', async () => {
  await expect(run('--out', out, '--data', join(out, 'none'))).rejects.toBeInstanceOf(UsageError)
  const data = join(out, 'data')
  mkdirSync(data)
  const { bundle } = await run('--out', out, '--data', data)
  expect(jsonOf(bundle.file, 'manifest.json').phase).toBe('new')
})

test('a code that was read over the phone is told in words, one that was heard wrongly is not', async () => {
  const { text } = await diagnoseCode(['2020', 'h600', '0k0g', '0c', '--json'], new AbortController().signal)
  expect(text.filter((line) => !line.startsWith(' '))).toEqual([
    'quay-can-cuoc 0.1.0',
    '! Đầu đọc thẻ chip: Dùng được, có hạn chế',
    '✗ Ổ đĩa: Không hoạt động',
    '✓ Đồng hồ máy: Hoạt động tốt',
  ])
  expect(text.join('\n')).toMatch(/Ăng-ten đầu đọc yếu\. Đưa đầu đọc xa vật kim loại.*\n.*\(antenna-weak\)/u)
  const asked = async (...words: string[]) => diagnoseCode(words, new AbortController().signal)
  await expect(asked('2020-H600-0K0G-0D')).rejects.toThrow(/heard wrongly/u)
  await expect(asked()).rejects.toBeInstanceOf(UsageError)
})
