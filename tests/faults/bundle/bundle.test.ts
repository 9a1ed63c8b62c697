import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeBundle, type BundleOptions } from '#core/diagnostics/bundle/index.ts'
import { openHealth } from '#core/diagnostics/health/index.ts'
import type { Station } from '#core/station/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { bundleOf, bundleOptions, stationIn, traceHost } from '../../support/bundle.ts'
import { setUpStation, type Station as TestStation } from '../../support/desk.ts'
import { onFullDisk } from '../../support/full-disk.ts'

let stations: TestStation
let folder = ''
let station: Station

beforeAll(async () => {
  stations = await setUpStation()
})
afterAll(() => stations.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qcc-bundle-'))
  station = await stationIn(stations.freshData())
})
afterEach(() => {
  station.close()
  rmSync(folder, { recursive: true, force: true })
})

const failureOf = (own: Partial<BundleOptions> = {}) =>
  makeBundle(bundleOptions({ folder, station, ...own })).then(
    () => 'made',
    (error: unknown) => (error instanceof AppError ? [error.code, error.context['reason']] : error),
  )
const left = (files: Map<string, Buffer>) => JSON.parse(files.get('manifest.json')?.toString() ?? '').left

test('on a full disk there is no half bundle, and none is on record; with room it is made', async () => {
  const before = station.store().auditTail(1)
  expect(await onFullDisk(() => failureOf())).toEqual(['DISK_FULL', expect.any(String)])
  expect(readdirSync(folder)).toEqual([])
  expect(station.store().auditTail(1)).toEqual(before)
  expect(await failureOf()).toBe('made')
})

test('a stick that was pulled out is said to be gone, and no folder is made in its place', async () => {
  const gone = join(folder, 'stick')
  expect(await failureOf({ folder: gone })).toEqual(['EXPORT_FAILED', 'ENOENT'])
  expect(existsSync(gone)).toBe(false)
})

test('a file is no folder', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, 'x')
  expect(await failureOf({ folder: file })).toEqual(['EXPORT_FAILED', 'ENOTDIR'])
})

test('a folder in which no file can be made is said to be so', async () => {
  expect(await failureOf({ folder: '/proc/self' })).toEqual(['EXPORT_FAILED', expect.any(String)])
})

test('a device process that is gone costs the traces only, and the bundle says so', async () => {
  const host = { call: () => Promise.reject(new AppError('HOST_GONE', 'trace.read')) }
  const { files } = await bundleOf({ folder, station, host })
  expect(left(files)).toEqual([
    { what: 'trace card-reader', code: 'HOST_GONE' },
    { what: 'trace fingerprint', code: 'HOST_GONE' },
  ])
  expect(files.has('checks.json')).toBe(true)
})

test('a device process that never answers is not waited for for ever', async () => {
  const host: NonNullable<BundleOptions['host']> = {
    call: (_name, _input, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new AppError('CANCELLED', 'trace.read')), { once: true })
      }),
  }
  const timer = {
    after(_ms: number, call: () => void) {
      queueMicrotask(call)
      return () => {}
    },
  }
  const { files } = await bundleOf({ folder, station, host, timer })
  expect(left(files)).toHaveLength(2)
  expect(left(files)[0]).toEqual({ what: 'trace card-reader', code: 'CANCELLED' })
})

test.each([null, 'trace', { entries: 'none' }, { device: {}, entries: [] }])(
  'a device process that answers %j for a trace is left out',
  async (answer) => {
    const host = { call: async () => answer as never }
    const { files } = await bundleOf({ folder, station, host })
    expect([...files.keys()].filter((name) => name.startsWith('traces/'))).toEqual([])
    expect(left(files)).toHaveLength(2)
  },
)

test('a device whose id is a path writes nowhere else', async () => {
  const host = traceHost(() => [])
  const evil = {
    ...bundleOptions({ folder, station }).devices[0],
    id: '../../../evil',
  } as BundleOptions['devices'][number]
  const { files } = await bundleOf({ folder, station, host, devices: [evil] })
  expect([...files.keys()].filter((name) => name.includes('evil'))).toEqual(['traces/1-_________evil.json'])
})

test('a broken audit chain is told, with the entry at which it breaks', async () => {
  const store = station.store()
  const broken = {
    ...store,
    verifyAudit() {
      throw new AppError('STORE_DAMAGED', 'store.verifyAudit', { context: { entry: 7 } })
    },
  }
  const { files, summary } = await bundleOf({ folder, station: { ...station, store: () => broken } })
  expect(JSON.parse(files.get('store.json')?.toString() ?? '').audit).toEqual({ failure: 'STORE_DAMAGED', entry: 7 })
  expect(summary).toContain('Nhật ký: HỎNG từ mục 7 (STORE_DAMAGED)')
})

test('where one dossier cannot be read, nothing was compared with it: traces stay at home', async () => {
  const store = station.store()
  const damaged = {
    ...store,
    dossiers: () => [{ id: 'x', number: 'SL-1', status: 'open', openedAt: '', changedAt: '' }] as const,
    events() {
      throw new AppError('STORE_DAMAGED', 'store.events', { context: { event: 3 } })
    },
  }
  const { files, summary } = await bundleOf({ folder, station: { ...station, store: () => damaged } })
  expect([...files.keys()].filter((name) => name.startsWith('traces/'))).toEqual([])
  expect(left(files)).toEqual([{ what: 'traces', code: 'STORE_DAMAGED' }])
  expect(summary.at(-1)).toMatch(/không kèm vết/u)
})

test('a station without its certificate gives a bundle that is not signed', async () => {
  const signingKit = () => {
    throw new AppError('STATION_INCOMPLETE', 'station.signingKit')
  }
  const { signed, summary } = await bundleOf({ folder, station: { ...station, signingKit } })
  expect(signed).toBe(false)
  expect(summary).toContain('Chữ ký: KHÔNG CÓ, vì trạm thiếu khoá hoặc chứng thư')
})

test('health goes on counting on a full disk and is written when there is room', async () => {
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  let due = () => {}
  const timer = {
    after(_ms: number, call: () => void) {
      due = call
      return () => {}
    },
  }
  const health = openHealth({ dataFolder, clock: () => new Date(2026, 10, 21, 9), timer })
  health.record({ device: 'card-reader', call: 'chip.read', ms: 10, ok: true })
  await onFullDisk(async () => {
    due()
    await health.close()
  })
  expect(readdirSync(join(dataFolder, 'health'))).toEqual([])
  expect(health.rows()).toMatchObject([{ done: 1 }])
  health.record({ device: 'card-reader', call: 'chip.read', ms: 10, ok: true })
  await health.close()
  expect(readFileSync(join(dataFolder, 'health', '2026-11-21.json'), 'utf8')).toMatch(/"done":2/u)
})
