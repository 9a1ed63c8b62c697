import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { deviceDiagnostics } from '#core/diagnostics/devices.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'
import { setUpStation, type DeskOptions, type Station } from '../../support/desk.ts'
import { instantBindings } from '../../support/instant-host.ts'
import { onFullDisk } from '../../support/full-disk.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const device = 'card-reader'
const sound = { figures: { openMs: 12, readsTried: 20, readsGood: 20, odd: Number.NaN }, found: [] }

/** A device process whose tests end when the test says so. */
function heldChecks() {
  const asked: { attempt: string; device: string; end: (outcome: typeof sound | AppError) => void }[] = []
  const said: string[] = []
  const answers: DeskOptions['answers'] = {
    'device.check': (input) =>
      new Promise((resolve, reject) => {
        asked.push({ ...input, end: (outcome) => (outcome instanceof AppError ? reject(outcome) : resolve(outcome)) })
      }),
    'device.checkOn': ({ attempt }) => {
      said.push(attempt)
      return {}
    },
  }
  const begun = (count: number) => vi.waitFor(() => expect(asked.length).toBe(count))
  return { answers, asked, said, begun }
}

describe('a guided test of a device', () => {
  test('gives a report that is remembered in place of the last one, also after a restart', async () => {
    let found: readonly { cause: 'antenna-weak' }[] = [{ cause: 'antenna-weak' }]
    const answers = { 'device.check': () => ({ ...sound, found }) }
    const desk = await station.sitDown({ answers })
    const first = await desk.ask('checkDevice', { device })
    expect(first).toMatchObject({ subject: 'card-reader', device, verdict: 'limits', found })
    found = []
    const report = await desk.ask('checkDevice', { device })
    expect(report).toMatchObject({ verdict: 'works', found: [] })
    // A figure that is no number was not measured.
    expect(report.figures).toEqual({ openMs: 12, readsTried: 20, readsGood: 20 })
    expect(await desk.ask('checks', {})).toEqual([report])
    const again = await station.restart(desk, { answers })
    expect(await again.ask('checks', {})).toEqual([report])
  })

  test('tells the technician what to do, and the device process when it was done; of other attempts it tells nothing', async () => {
    const { answers, asked, said, begun } = heldChecks()
    const desk = await station.sitDown({ answers })
    expect(await desk.codeOf('goOnChecking', {})).toBe('done')
    const outcome = desk.ask('checkDevice', { device })
    await begun(1)
    const { attempt } = asked[0]!
    desk.host.emit('checkProgress', { attempt: 'another', device, prompt: 'take-card-away', done: 0.9 })
    desk.host.emit('checkProgress', { attempt, device, prompt: 'lay-test-card', done: 0.2 })
    expect(desk.told.filter(({ name }) => name === 'checkPrompt')).toEqual([
      { name: 'checkPrompt', data: { device, prompt: 'lay-test-card', done: 0.2 } },
    ])
    await desk.ask('goOnChecking', {})
    await vi.waitFor(() => expect(said).toEqual([attempt]))
    asked[0]!.end(sound)
    expect((await outcome).verdict).toBe('works')
    desk.host.emit('checkProgress', { attempt, device, prompt: 'take-card-away', done: 0.9 })
    expect(desk.last('checkPrompt')).toMatchObject({ prompt: 'lay-test-card' })
  })

  test('ends at once when it is stopped, keeps nothing, and the next waits until the device is free', async () => {
    const { answers, asked, begun } = heldChecks()
    const desk = await station.sitDown({ answers })
    const stopped = desk.codeOf('checkDevice', { device })
    await begun(1)
    await desk.ask('stopChecking', {})
    expect(await stopped).toBe('CANCELLED')
    expect(await desk.ask('checks', {})).toEqual([])
    const next = desk.codeOf('checkDevice', { device })
    await begun(2)
    asked[1]!.end(new AppError('DEVICE_BUSY', 'device.check'))
    await begun(3)
    asked[2]!.end(sound)
    expect(await next).toBe('done')
  })

  test('is stopped by the next, so that a window that has gone is in nobody’s way', async () => {
    const { answers, asked } = heldChecks()
    const desk = await station.sitDown({ answers })
    const [one, two] = [desk.codeOf('checkDevice', { device }), desk.codeOf('checkDevice', { device })]
    const three = desk.codeOf('checkDevice', { device: 'fingerprint' })
    expect(await Promise.all([one, two])).toEqual(['CANCELLED', 'CANCELLED'])
    await vi.waitFor(() => expect(asked.at(-1)?.device).toBe('fingerprint'))
    asked.at(-1)!.end(sound)
    expect(await three).toBe('done')
    expect(await desk.ask('checks', {})).toMatchObject([{ subject: 'fingerprint-scanner', device: 'fingerprint' }])
  })

  test.each([
    ['the officer uses the device', 'DEVICE_BUSY'],
    ['the device process has another set of devices', 'DEVICE_UNKNOWN'],
    ['the device process ended', 'HOST_GONE'],
    ['the program is wrong', 'INTERNAL'],
  ] as const)('fails when %s, and keeps no report', async (_what, code) => {
    const answers: DeskOptions['answers'] = {
      'device.check': () => {
        throw new AppError(code, 'device.check')
      },
    }
    const desk = await station.sitDown({ answers })
    expect(await desk.codeOf('checkDevice', { device })).toBe(code)
    expect(await desk.codeOf('checkDevice', { device: 'no-such' })).toBe('DEVICE_UNKNOWN')
    expect(await desk.ask('checks', {})).toEqual([])
  })

  test.each([
    ['DEVICE_ABSENT', 'not-plugged-in'],
    ['DEVICE_REFUSED', 'no-rights'],
    ['DEVICE_SILENT', 'no-answer'],
    ['TRANSPORT_MISSING', 'system-part-missing'],
  ] as const)('of a device that cannot be opened for %s is a report that says %s', async (code, cause) => {
    const answers: DeskOptions['answers'] = {
      'device.check': () => {
        throw new AppError(code, 'device.check')
      },
    }
    const desk = await station.sitDown({ answers })
    expect(await desk.ask('checkDevice', { device })).toMatchObject({ verdict: 'fails', found: [{ cause }] })
  })

  test('takes the codes that are scanned for it: none of them is the officer’s', async () => {
    const { answers, asked, begun } = heldChecks()
    const scanner = { id: 'scanner', kind: 'code-scanner', driver: 'hid-pos', transport: 'hid', address: 'x' }
    const devices = JSON.stringify([...instantBindings, scanner])
    const desk = await station.sitDown({ answers, devices }, 'arrival')
    const heard = () => desk.told.filter(({ name }) => name === 'codeScanned').length
    const outcome = desk.codeOf('checkDevice', { device: 'scanner' })
    await begun(1)
    desk.host.emit('codeScanned', { device: 'scanner', text: 'for the test' })
    asked[0]!.end(sound)
    expect(await outcome).toBe('done')
    expect(heard()).toBe(0)
    desk.host.emit('codeScanned', { device: 'scanner', text: 'for the officer' })
    await vi.waitFor(() => expect(heard()).toBe(1))
  })
})

const trace: DeviceTrace = {
  format: 'quay-can-cuoc/trace/1',
  device: { id: device, kind: 'card-reader', driver: 'gempc-twin', transport: 'serial' },
  since: '2026-11-22T01:00:00.000Z',
  running: true,
  entries: [
    { n: 4, at: 0, event: 'opened' },
    { n: 5, at: 3, way: 'out', hex: '0306', name: 'frame' },
    { n: 6, at: 9, event: 'mark', text: 'rút cáp' },
  ],
}

describe('the trace of a device', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcc-traces-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  })

  test('is shown from a number on, stopped and marked by the device process', async () => {
    const asked: unknown[] = []
    const note =
      <T>(answer: T) =>
      (input: unknown) => {
        asked.push(input)
        return answer
      }
    const answers = { 'trace.read': note(trace), 'trace.run': note({}), 'trace.mark': note({}) }
    const desk = await station.sitDown({ answers })
    expect(await desk.ask('deviceTrace', { device, after: 3 })).toEqual(trace)
    await desk.ask('runTrace', { device, on: false })
    await desk.ask('markTrace', { device, text: 'rút cáp' })
    expect(asked).toEqual([
      { device, after: 3 },
      { device, on: false },
      { device, text: 'rút cáp' },
    ])
    for (const call of ['deviceTrace', 'exportTrace'] as const) {
      const input = { device, folder, after: 0 }
      expect(await desk.codeOf(call, input as never, 'officer')).toBe('NOT_ALLOWED')
    }
  })

  test('is written as a whole under the device and the time, readable by its owner only, and a second beside it', async () => {
    const wishes: unknown[] = []
    let read = trace
    const answers: DeskOptions['answers'] = {
      'trace.read': (wish) => {
        wishes.push(wish)
        return read
      },
    }
    const desk = await station.sitDown({ answers, clock: () => new Date(2026, 10, 22, 8, 5, 9) })
    const { file } = await desk.ask('exportTrace', { device, folder })
    expect(file).toBe(join(folder, 'vet-card-reader-20261122-080509.json'))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(trace)
    expect(statSync(file).mode & 0o077).toBe(0)
    read = { ...trace, running: false }
    const second = await desk.ask('exportTrace', { device, folder })
    expect(second.file).toMatch(/vet-card-reader-20261122-080509-[0-9a-f]{8}\.json$/u)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(trace)
    expect(JSON.parse(readFileSync(second.file, 'utf8'))).toEqual(read)
    // Without a number: the whole, masked once more and checked by the device process.
    expect(wishes).toEqual([{ device }, { device }])
    expect(readdirSync(folder).length).toBe(2)
  })

  test('leaves nothing behind where it cannot be written', async () => {
    const desk = await station.sitDown({ answers: { 'trace.read': () => trace } })
    const gone = join(folder, 'pulled-out')
    expect(await desk.codeOf('exportTrace', { device, folder: gone })).toBe('EXPORT_FAILED')
    expect(await desk.codeOf('exportTrace', { device, folder: join(folder, '\0') })).toBe('EXPORT_FAILED')
    expect(await onFullDisk(() => desk.codeOf('exportTrace', { device, folder }))).toBe('DISK_FULL')
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['a field that no trace has', { ...trace, person: 'x' }],
    ['a field that no entry has', { ...trace, entries: [{ ...trace.entries[0], note: 'x' }] }],
    ['bytes that are no hexadecimal', { ...trace, entries: [{ ...trace.entries[1], hex: 'Lò Thị Mẫu' }] }],
    ['entries out of order', { ...trace, entries: [trace.entries[1], trace.entries[0]] }],
    ['another format', { ...trace, format: 'quay-can-cuoc/trace/2' }],
  ])('is not written with %s', async (_what, wrong) => {
    const desk = await station.sitDown({ answers: { 'trace.read': () => wrong as unknown as DeviceTrace } })
    expect(await desk.codeOf('exportTrace', { device, folder })).toBe('EXPORT_FAILED')
    expect(readdirSync(folder)).toEqual([])
  })

  test('cannot lead out of its folder by the name of a device', async () => {
    const odd = { ...trace, device: { ...trace.device, id: '../../đầu đọc' } }
    const desk = await station.sitDown({ answers: { 'trace.read': () => odd } })
    mkdirSync(join(folder, 'usb'))
    const { file } = await desk.ask('exportTrace', { device, folder: join(folder, 'usb') })
    expect(file).toMatch(/\/usb\/vet-[A-Za-z0-9_-]+\.json$/u)
    expect(readdirSync(folder)).toEqual(['usb'])
  })

  test('is put on record when it leaves the station, which does not depend on a sound store', async () => {
    const acts: string[] = []
    const tests = (onAct: (act: string) => void) =>
      deviceDiagnostics({
        host: { call: async () => trace },
        clock: () => new Date(),
        notify: () => {},
        devices: () => [],
        keep: async () => {},
        onAct,
      })
    await tests((act) => acts.push(act)).handlers.exportTrace({ device, folder })
    expect(acts).toEqual(['trace.export card-reader'])
    const broken = tests(() => {
      throw new AppError('STORE_DAMAGED', 'audit')
    })
    const { file } = await broken.handlers.exportTrace({ device, folder })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(trace)
  })
})
