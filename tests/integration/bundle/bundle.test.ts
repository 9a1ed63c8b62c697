import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { bundleHandlers, decodeSupportCode, makeBundle } from '#core/diagnostics/bundle/index.ts'
import { technicianCalls } from '#contract/technician-calls.ts'
import type { Station } from '#core/station/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { at, bundleOf, bundleOptions, frames, stationIn, traceHost } from '../../support/bundle.ts'
import { setUpStation, type Station as TestStation } from '../../support/desk.ts'
import { loThiMau } from '../../support/invented.ts'

let stations: TestStation
let folder = ''
const opened: Station[] = []

beforeAll(async () => {
  stations = await setUpStation()
})
afterAll(() => stations.close())

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qcc-bundle-'))
})
afterEach(() => {
  for (const station of opened.splice(0)) station.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The station after a visit of Lò Thị Mẫu up to the fingers. */
async function busyStation(how: 'open' | 'locked' = 'open'): Promise<Station> {
  const desk = await stations.sitDown({}, 'fingers')
  desk.core.stop()
  return open(desk.dataFolder, how)
}

async function open(dataFolder: string, how: 'open' | 'locked' = 'open'): Promise<Station> {
  const station = await stationIn(dataFolder, how)
  opened.push(station)
  return station
}

const jsonOf = (files: Map<string, Buffer>, name: string) => JSON.parse(files.get(name)?.toString() ?? '')

test('a bundle lists every file that is in it with its size and hash, and nothing else is in it', async () => {
  const { file, sha256, files } = await bundleOf({ folder, station: await busyStation() })
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256)
  const { files: listed, ...manifest } = jsonOf(files, 'manifest.json')
  const others = [...files].filter(([name]) => name !== 'manifest.json')
  expect(listed).toEqual(
    others.map(([path, bytes]) => ({
      path,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  )
  expect(others.map(([name]) => name)).toEqual([
    'summary.txt',
    'code.svg',
    'configuration.json',
    'devices.json',
    'checks.json',
    'health.json',
    'store.json',
    'traces/1-card-reader.json',
    'traces/2-fingerprint.json',
  ])
  expect(manifest).toMatchObject({
    format: 'quay-can-cuoc/bundle/1',
    created: at.toISOString(),
    program: { version: '0.1.0' },
    versions: { node: process.versions.node },
    station: { code: 'SL-0312', name: 'Công an xã Mẫu' },
    phase: 'open',
    signed: true,
    comparedWith: 1,
    left: [],
  })
})

test('what is wrong with the station can be read from it: states, tests, health, traces, the audit, the backlog', async () => {
  const { files } = await bundleOf({ folder, station: await busyStation() })
  expect(jsonOf(files, 'devices.json')).toMatchObject([{ id: 'card-reader', state: 'ready' }, { id: 'fingerprint' }])
  expect(jsonOf(files, 'checks.json')).toMatchObject([{ found: [{ cause: 'antenna-weak' }] }, { verdict: 'works' }])
  expect(jsonOf(files, 'health.json')).toMatchObject({ rows: [{ done: 31 }], warnings: [{ kind: 'slower' }] })
  expect(jsonOf(files, 'traces/1-card-reader.json').entries).toEqual(frames)
  const store = jsonOf(files, 'store.json')
  expect(store.audit).toEqual({ entries: expect.any(Number), head: expect.stringMatching(/^[0-9a-f]{64}$/u) })
  expect(store.audit.entries).toBeGreaterThan(10)
  expect(store).toMatchObject({ dossiers: { open: 1 }, outbox: { sealed: 0, waiting: 0 } })
  expect(store.migrations.length).toBeGreaterThan(2)
})

test('the configuration tells which folders are set, not where they are', async () => {
  const station = await busyStation()
  station.store().setSetting('pictures.folder.portrait-camera', JSON.stringify({ folder: '/home/quang/anh', since: 1 }))
  station.store().setSetting('pictures.folder.document-camera', JSON.stringify({ folder: '', since: 1 }))
  const { files } = await bundleOf({
    folder,
    station,
    bindings: [
      {
        id: 'reader',
        kind: 'card-reader',
        driver: 'pn532',
        transport: 'socket',
        address: '/home/quang/stage/reader.sock',
      },
      {
        id: 'scanner',
        kind: 'fingerprint-scanner',
        driver: 'sbi',
        transport: 'http',
        address: '127.0.0.1:4501',
        settings: { env: 'Production', anchors: '-----BEGIN CERTIFICATE-----' },
      },
    ],
  })
  const text = files.get('configuration.json')?.toString()
  expect(text).not.toMatch(/quang|BEGIN/u)
  expect(JSON.parse(text ?? '')).toMatchObject({
    devices: [{ address: '…/reader.sock' }, { settings: { env: 'Production', anchors: 'set' } }],
    folders: { 'pictures.folder.portrait-camera': true, 'pictures.folder.document-camera': false },
  })
})

test('the page is in Vietnamese, says what to do about each subject, and fits on one sheet', async () => {
  const { files, summary, code } = await bundleOf({ folder, station: await busyStation() })
  const page = files.get('summary.txt')?.toString() ?? ''
  expect(page.trimEnd().split('\n')).toEqual(summary.map((line) => line.trimEnd()))
  expect(summary.length).toBeLessThan(45)
  expect(page).toContain('Trạm: SL-0312 – Công an xã Mẫu')
  expect(page).toContain('Lập lúc: 21/11/2026 09:05')
  expect(page).toContain(`Mã đọc qua điện thoại: ${code}`)
  expect(page).toMatch(/Đầu đọc thẻ chip: Dùng được, có hạn chế – .{20,}/u)
  expect(page).toContain('Đồng hồ máy: Hoạt động tốt')
  expect(page).toContain('Máy in: chưa kiểm tra')
  expect(page).toContain('card-reader: chậm đi, trước 1,8 giây, nay 3,1 giây')
  expect(page).toMatch(/Nhật ký: nguyên vẹn, \d+ mục/u)
  expect(page).toContain('Hồ sơ: 1 đang làm; 0 chờ xuất')
})

test('the code that is read over the phone says what the bundle says', async () => {
  const { code, files } = await bundleOf({ folder, station: await busyStation() })
  expect(decodeSupportCode(code)).toEqual({
    version: '0.1.0',
    subjects: [
      { subject: 'card-reader', verdict: 'limits', cause: 'antenna-weak' },
      { subject: 'clock', verdict: 'works' },
    ],
  })
  expect(files.get('code.svg')?.toString()).toContain(`<title>${code}</title>`)
})

test('of two devices of a kind the worse one is told of, by its name', async () => {
  const report = { subject: 'card-reader', found: [], figures: {}, at: at.toISOString(), took: 1 } as const
  const { summary, code } = await bundleOf({
    folder,
    station: await busyStation(),
    reports: [
      { ...report, device: 'left', verdict: 'works' },
      { ...report, device: 'right', verdict: 'fails', found: [{ cause: 'antenna-weak' }, { cause: 'card-mute' }] },
      { ...report, device: 'third', verdict: 'works' },
    ],
  })
  expect(summary.find((line) => line.startsWith('Đầu đọc'))).toMatch(/^Đầu đọc thẻ chip \(right\): Không hoạt động/u)
  expect(decodeSupportCode(code).subjects).toEqual([{ subject: 'card-reader', verdict: 'fails', cause: 'card-mute' }])
})

test('that a bundle was made is on record, with its hash', async () => {
  const station = await busyStation()
  const { sha256 } = await bundleOf({ folder, station })
  expect(station.store().auditTail(1)).toMatchObject([{ window: 'technician', act: `bundle.made:${sha256}` }])
  expect(station.store().verifyAudit().entries).toBeGreaterThan(0)
})

test('a locked station gives a bundle that is not signed, without traces, and says so', async () => {
  const { file, files, summary, signed } = await bundleOf({ folder, station: await busyStation('locked') })
  expect(signed).toBe(false)
  expect(readdirSync(folder)).toEqual([file.slice(folder.length + 1)])
  expect([...files.keys()].filter((name) => /traces|store/u.test(name))).toEqual([])
  expect(summary).toContain('Chữ ký: KHÔNG CÓ, vì trạm đang khoá')
  expect(summary.at(-1)).toMatch(/mở khoá trạm/u)
  expect(jsonOf(files, 'manifest.json')).toMatchObject({
    phase: 'locked',
    signed: false,
    comparedWith: null,
    left: [
      { what: 'store', code: 'STATION_LOCKED' },
      { what: 'traces', code: 'STATION_LOCKED' },
    ],
  })
})

test('a machine that was never set up gives a bundle about its devices', async () => {
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  const { files, summary } = await bundleOf({ folder, station: await open(dataFolder) })
  expect(summary).toContain('Chữ ký: KHÔNG CÓ, vì trạm chưa thiết lập')
  expect([...files.keys()]).toContain('traces/1-card-reader.json')
  expect(jsonOf(files, 'manifest.json')).toMatchObject({ phase: 'new', signed: false, left: [] })
})

test('two bundles of the same second do not overwrite each other', async () => {
  const station = await busyStation()
  const one = await bundleOf({ folder, station })
  const two = await bundleOf({ folder, station })
  expect(two.file).not.toBe(one.file)
  expect(readdirSync(folder)).toHaveLength(4)
})

test('a clock without a battery does not stop a bundle', async () => {
  const { files } = await bundleOf({ folder, station: await busyStation(), clock: () => new Date(0) })
  expect(jsonOf(files, 'manifest.json').created).toBe('1970-01-01T00:00:00.000Z')
})

test("the technician's window gets what the contract says", async () => {
  const station = await busyStation()
  const { folder: _, ...sources } = bundleOptions({ folder, station })
  const answer = await bundleHandlers(() => sources).makeBundle({ folder })
  expect(technicianCalls.makeBundle.output.parse(answer)).toEqual(answer)
})

const number = loThiMau.personalNumber
const name = loThiMau.fullName
const hex = Buffer.from(name).toString('hex')
const device = {
  id: 'card-reader',
  kind: 'card-reader',
  driver: 'gempc-twin',
  transport: 'serial',
  address: '/dev/ttyUSB0',
} as const
const status = { ...device, state: 'ready', since: at.toISOString() } as const
const report = { subject: 'disk', verdict: 'works', found: [], figures: {}, at: at.toISOString(), took: 1 } as const
const row = {
  device: 'card-reader',
  day: '2026-11-20',
  done: 1,
  failed: 0,
  again: 0,
  gone: 0,
  median: 1,
  slowest: 1,
  failures: {},
}

test.each([
  ['the model of a device', 'devices.json', { devices: [{ ...status, model: `Reader of ${name}` }] }],
  ['the address of a device', 'configuration.json', { bindings: [{ ...device, address: `/dev/${number}` }] }],
  ['the id of a device', 'configuration.json', { bindings: [{ ...device, id: number }] }],
  ['a setting of a device', 'configuration.json', { bindings: [{ ...device, settings: { [name]: 'x' } }] }],
  ['the film of a camera', 'configuration.json', { bindings: [{ ...device, address: `/home/x/${name}.mjpeg` }] }],
  [
    'the label of a display',
    'configuration.json',
    { displays: [{ key: 'a', label: name.toUpperCase(), width: 1, height: 1, touch: false, use: 'none' }] },
  ],
  ['the figures of a test', 'checks.json', { reports: [{ ...report, figures: { [`free ${name}`]: 1 } }] }],
  ['the device of a test', 'checks.json', { reports: [{ ...report, device: loThiMau.residence }] }],
  ['a row of health', 'health.json', { health: { rows: () => [{ ...row, device: number }], warnings: () => [] } }],
  [
    'a failure of health',
    'health.json',
    { health: { rows: () => [{ ...row, failures: { [loThiMau.birthDate]: 1 } }], warnings: () => [] } },
  ],
  [
    'the mark of a trace',
    'traces',
    { host: traceHost(() => [{ n: 1, at: 0, event: 'mark', text: `thẻ của ${name}` }]) },
  ],
  ['the detail of a frame', 'traces', { host: frame({ detail: loThiMau.mrz[0] }) }],
  ['a frame', 'traces', { host: frame({ hex: `80${Buffer.from(number).toString('hex').toUpperCase()}9000` }) }],
  ['a frame of UTF-16', 'traces', { host: frame({ hex: Buffer.from(name, 'utf16le').toString('hex') }) }],
  ['a frame with base64', 'traces', { host: frame({ detail: Buffer.from(`{"n":"${name}"}`).toString('base64') }) }],
  [
    'two frames, half in each',
    'traces',
    {
      host: traceHost(() => [
        { n: 1, at: 0, way: 'in', hex: `00${hex.slice(0, 10)}`, name: 'DataBlock' },
        { n: 2, at: 1, way: 'out', hex: '00', name: 'Ack' },
        { n: 3, at: 2, way: 'in', hex: `${hex.slice(10)}00`, name: 'DataBlock' },
      ]),
    },
  ],
  ['the name of the program', 'manifest.json', { program: { name: number, version: '0.1.0' } }],
])('a secret in %s stops the bundle and leaves no file', async (_, where, planted) => {
  const station = await busyStation()
  const failure = await makeBundle(bundleOptions({ folder, station, ...(planted as object) })).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(AppError)
  expect(failure).toMatchObject({ code: 'PERSONAL_IN_BUNDLE' })
  expect((failure as AppError).context['file']).toBe(where)
  expect(JSON.stringify((failure as AppError).toFailure())).not.toMatch(/Mẫu|014190/u)
  expect(readdirSync(folder)).toEqual([])
})

test('nothing that the store holds about anybody is in a bundle that was made', async () => {
  const { files } = await bundleOf({ folder, station: await busyStation() })
  const all = Buffer.concat([...files.values()]).toString()
  for (const secret of [number, name, loThiMau.residence, loThiMau.origin, loThiMau.birthDate, ...loThiMau.mrz, hex])
    expect(all.toLowerCase()).not.toContain(secret.toLowerCase())
})

function frame(own: { readonly hex?: string; readonly detail?: string }) {
  return traceHost(() => [{ n: 1, at: 0, way: 'in', hex: '00', name: 'DataBlock', ...own }])
}
