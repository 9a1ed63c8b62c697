import Database from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDiagnostics } from '#core/diagnostics/index.ts'
import { measureDisk } from '#core/diagnostics/checks/disk.ts'
import { unlock } from '#core/store/database.ts'
import type { Station } from '#core/station/index.ts'
import type { Store } from '#core/store/index.ts'
import { judgeDisk, type Subject } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { onFullDisk } from '../../support/full-disk.ts'
import { byOfficer, key, opened, storeIn, temporaryFolder } from '../../unit/core/store/fixtures.ts'
import { smallDisk } from '../store/small-disk.ts'

const signal = new AbortController().signal
const run = () => Promise.resolve(undefined)
const causesOf = async (folder: string) =>
  judgeDisk(await measureDisk({ folder, signal, run })).map(({ cause }) => cause)

/** A station of which only the store is real. */
function stationWith(folder: string, store: Store | undefined): Pick<Station, 'folder' | 'view' | 'store'> {
  return {
    folder,
    view: () => (store ? { phase: 'open' } : { phase: 'failed', failure: 'STORE_DAMAGED' }),
    store() {
      if (!store) throw new AppError('STATION_LOCKED', 'station.store')
      return store
    },
  }
}

async function check(folder: string, store: Store | undefined, ...subjects: readonly Subject[]) {
  const clock = () => new Date('2026-11-21T08:00:00Z')
  const station = stationWith(folder, store)
  const reports = await openDiagnostics({ dataFolder: folder, clock, station, keeps: false, run }).check(subjects)
  return Object.fromEntries(reports.map(({ subject, found }) => [subject, found.map(({ cause }) => cause)]))
}

test('a disk on which nothing more can be written is full, and nothing is left on it', async () => {
  const folder = temporaryFolder()
  expect(await onFullDisk(() => causesOf(folder))).toContain('disk-full')
  expect(readdirSync(folder)).toEqual([])
})

test('a small disk that fills up is told full before its last room is written', async (context) => {
  const folder = smallDisk(24 * 1024 * 1024)
  if (folder === undefined) return context.skip('mounting is not allowed here')
  const figures = await measureDisk({ folder, signal, run })
  expect(figures.freeMb).toBeLessThan(26)
  expect(figures).not.toHaveProperty('writeMbPerS')
  expect(judgeDisk(figures).map(({ cause }) => cause)).toEqual(['disk-full'])
})

test('a disk that is mounted for reading only is told as such, not as full', async (context) => {
  const folder = smallDisk(64 * 1024 * 1024)
  if (folder === undefined) return context.skip('mounting is not allowed here')
  execFileSync('mount', ['-o', 'remount,ro', folder])
  expect(await causesOf(folder)).toEqual(['disk-read-only'])
})

test('a data folder that this account may not write to is told as such', async (context) => {
  if (process.getuid?.() === 0) return context.skip('root may write anywhere')
  const folder = temporaryFolder()
  execFileSync('chmod', ['500', folder])
  onTestFinished(() => void execFileSync('chmod', ['700', folder]))
  expect(await causesOf(folder)).toContain('disk-read-only')
})

test('a full disk does not hide what the other tests find', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  const found = await onFullDisk(() => check(folder, store, 'disk', 'database', 'backlog'))
  expect(found).toMatchObject({ database: [], backlog: [] })
  expect(found['disk']).toContain('disk-full')
})

test('pages damaged under the running program are found, wherever they lie', async () => {
  const page = 4096
  const folder = temporaryFolder()
  const first = storeIn(folder)
  first.createDossier('dossier-of-the-test', opened(first), byOfficer)
  for (let n = 0; n < 60; n++) first.setSetting(`test.${n}`, String(n).repeat(1000))
  for (let n = 0; n < 60; n++) first.recordAct({ ...byOfficer, act: 'test.act' })
  first.close()
  const path = join(folder, 'store.db')
  const whole = readFileSync(path)
  const store = storeIn(folder)
  expect(await check(folder, store, 'database')).toEqual({ database: [] })
  const missed: number[] = []
  for (let n = 2; n < whole.length / page; n += 7) {
    const flipped = Buffer.from(whole)
    flipped[n * page + 2000] = (flipped[n * page + 2000] ?? 0) ^ 0x10
    writeFileSync(path, flipped)
    const { database } = await check(folder, store, 'database')
    if (!database?.includes('database-damaged')) missed.push(n)
  }
  writeFileSync(path, whole)
  expect(missed).toEqual([])
  expect(await check(folder, store, 'database')).toEqual({ database: [] })
})

/** Changes the database as somebody with the key could, the program being closed. */
function tamper(folder: string, statement: string): void {
  const db = new Database(join(folder, 'store.db'))
  unlock(db, key)
  db.pragma('foreign_keys = OFF')
  db.exec(statement)
  db.close()
}

test.each([
  ['changed', `UPDATE audit SET actor = 'nobody' WHERE n = 3`, 3],
  ['taken out', 'DELETE FROM audit WHERE n = 2', 2],
])('an audit chain of which an entry was %s is broken there; the database is whole', async (_, statement, entry) => {
  const folder = temporaryFolder()
  const first = storeIn(folder)
  for (const act of ['test.one', 'test.two', 'test.three', 'test.four']) first.recordAct({ ...byOfficer, act })
  first.close()
  tamper(folder, `DROP TRIGGER audit_fixed; DROP TRIGGER audit_kept; ${statement}`)
  const store = storeIn(folder)
  const clock = () => new Date('2026-11-21T08:00:00Z')
  const diagnostics = openDiagnostics({ dataFolder: folder, clock, station: stationWith(folder, store), run })
  const [report] = await diagnostics.check(['database'])
  expect(report).toMatchObject({
    verdict: 'fails',
    found: [{ cause: 'audit-broken', figures: { auditBreaksAt: entry } }],
    figures: { damagedPlaces: 0, auditHolds: 0 },
  })
})

test('rows that refer to nothing are found', async () => {
  const folder = temporaryFolder()
  const first = storeIn(folder)
  first.createDossier('dossier-of-the-test', opened(first), byOfficer)
  first.setDraft('dossier-of-the-test', 'note', 'x')
  first.close()
  tamper(folder, `UPDATE draft SET dossier = 'nobody'`)
  expect((await check(folder, storeIn(folder), 'database'))['database']).toEqual(['database-damaged'])
})

test('a database that does not open is told, with what can be tested without it', async () => {
  const folder = temporaryFolder()
  const found = await check(folder, undefined, 'disk', 'keys', 'database', 'backlog')
  expect(Object.keys(found)).toEqual(['disk', 'database'])
  expect(found['database']).toEqual(['database-damaged'])
})

test('an outcome that cannot be kept on a full disk is shown all the same', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  const clock = () => new Date('2026-11-21T08:00:00Z')
  const diagnostics = openDiagnostics({ dataFolder: folder, clock, station: stationWith(folder, store), run })
  await onFullDisk(() => diagnostics.check(['backlog']))
  expect(await diagnostics.reports()).toHaveLength(1)
  expect(existsSync(join(folder, 'checks.json'))).toBe(false)
  await diagnostics.check(['backlog'])
  expect(JSON.parse(readFileSync(join(folder, 'checks.json'), 'utf8'))).toHaveLength(1)
  rmSync(join(folder, 'checks.json'))
})
