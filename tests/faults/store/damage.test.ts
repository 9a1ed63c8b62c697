import Database from 'better-sqlite3'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { unlock } from '#core/store/database.ts'
import { openStore, type StoredEvent } from '#core/store/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { killWriter } from '../../integration/store/killed.ts'
import {
  byOfficer,
  imageBytes,
  key,
  opened,
  storeFullDossier,
  storeIn,
  temporaryFolder,
  tickingClock,
} from '../../unit/core/store/fixtures.ts'

const page = 4096

const stored = mkdtempSync(join(tmpdir(), 'qcc-stored-'))
let filled: { readonly id: string; readonly events: readonly StoredEvent[] }
beforeAll(async () => {
  const store = openStore({ folder: stored, key, clock: tickingClock() })
  const { id } = await storeFullDossier(store, 500)
  filled = { id, events: store.events(id) }
  store.close()
})
afterAll(() => rmSync(stored, { recursive: true, force: true }))

/** A closed store with one whole dossier. */
function closedStore() {
  const folder = temporaryFolder()
  cpSync(stored, folder, { recursive: true })
  return { ...filled, folder, database: join(folder, 'store.db') }
}

/** What a fresh look at the store gives: its events, or the code with which it refuses. */
function look(folder: string, id: string): readonly StoredEvent[] | string {
  try {
    const store = openStore({ folder, key, clock: tickingClock() })
    try {
      store.verifyAudit()
      return store.events(id)
    } finally {
      store.close()
    }
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

test('a byte flipped in any page of the database is refused, or lies where nothing is read', async () => {
  const { folder, id, events, database } = closedStore()
  const whole = readFileSync(database)
  const pages = whole.length / page
  expect(pages).toBeGreaterThan(20)
  let refused = 0
  for (let n = 0; n < pages; n++) {
    const flipped = Buffer.from(whole)
    flipped[n * page + 2000] = (flipped[n * page + 2000] ?? 0) ^ 0x10
    writeFileSync(database, flipped)
    const seen = look(folder, id)
    if (seen === 'STORE_DAMAGED') refused++
    else expect(seen, `page ${n + 1}`).toEqual(events)
  }
  expect(refused).toBeGreaterThan(10)
  writeFileSync(database, whole)
  expect(look(folder, id)).toEqual(events)
})

test('a truncated database is refused, down to the empty and the missing file, and never replaced by a new one', async () => {
  const { folder, id, database } = closedStore()
  const whole = readFileSync(database)
  for (const length of [whole.length - page, 5 * page, page, 100, 0]) {
    writeFileSync(database, whole)
    truncateSync(database, length)
    expect(look(folder, id), `${length} bytes left`).toBe('STORE_DAMAGED')
  }
  rmSync(database)
  expect(look(folder, id)).toBe('STORE_DAMAGED')
  expect(readdirSync(folder)).not.toContain('store.db')
})

test('another key is refused and changes nothing', async () => {
  const { folder, id, events, database } = closedStore()
  const before = readFileSync(database)
  expect(() => openStore({ folder, key: new Uint8Array(32).fill(8), clock: tickingClock() })).toThrow(
    expect.objectContaining({ code: 'STORE_DAMAGED', context: { reason: 'SQLITE_NOTADB' } }),
  )
  expect(readFileSync(database).equals(before)).toBe(true)
  expect(look(folder, id)).toEqual(events)
})

test('a database from a newer version is refused and left as it is', async () => {
  const { folder, id, database } = closedStore()
  const db = new Database(database)
  unlock(db, key)
  db.pragma('user_version = 99')
  db.close()
  const before = readFileSync(database)
  expect(look(folder, id)).toBe('STORE_FROM_FUTURE')
  expect(readFileSync(database).equals(before)).toBe(true)
  expect(readdirSync(folder)).not.toContain('backups')
})

test('a damaged write-ahead log costs at most its own end: what is shown is whole, or the store is refused', async () => {
  const folder = temporaryFolder()
  await killWriter(folder, ['full'], () => true)
  const untouched = temporaryFolder()
  cpSync(folder, untouched, { recursive: true })
  const expected = look(untouched, 'dossier-of-the-test')
  if (typeof expected === 'string') throw new Error(expected)
  expect(expected.length).toBeGreaterThan(20)
  const wal = readFileSync(join(folder, 'store.db-wal'))
  const outcomes = new Set<string>()
  for (let part = 0; part < 20; part++) {
    const copy = temporaryFolder()
    cpSync(folder, copy, { recursive: true })
    const position = Math.floor((wal.length * part) / 20) + 40
    const damaged = Buffer.from(wal)
    damaged[position] = (damaged[position] ?? 0) ^ 1
    writeFileSync(join(copy, 'store.db-wal'), part % 2 === 0 ? damaged : wal.subarray(0, position))
    const seen = look(copy, 'dossier-of-the-test')
    if (typeof seen === 'string') expect(['STORE_DAMAGED', 'DOSSIER_MISSING']).toContain(seen)
    else expect(seen).toEqual(expected.slice(0, seen.length))
    outcomes.add(typeof seen === 'string' ? seen : seen.length < expected.length ? 'shorter' : 'whole')
  }
  expect(outcomes).not.toEqual(new Set(['whole']))
})

test.each([
  ['changed', "DROP TRIGGER event_fixed; UPDATE event SET event = replace(event, 'Lò', 'Lô') WHERE n = 2"],
  ['backdated', "DROP TRIGGER event_fixed; UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE n = 3"],
  ['lost in the middle', 'DROP TRIGGER event_kept; DELETE FROM event WHERE n = 5'],
  ['lost at the end', 'DROP TRIGGER event_kept; DELETE FROM event WHERE n = (SELECT max(n) FROM event)'],
  ['added', 'INSERT INTO event SELECT dossier, n + 1, at, event, hash, hash FROM event ORDER BY n DESC LIMIT 1'],
])('an event that someone with the key has %s is noticed', async (_, sql) => {
  const { folder, id, database } = closedStore()
  tamper(database, sql)
  const store = storeIn(folder)
  expect(() => store.events(id)).toThrow('STORE_DAMAGED')
})

test.each([
  ['changed', "DROP TRIGGER audit_fixed; UPDATE audit SET actor = 'nobody' WHERE n = 4", 4],
  ['lost in the middle', 'DROP TRIGGER audit_kept; DELETE FROM audit WHERE n = 7', 7],
  ['lost at the end', 'DROP TRIGGER audit_kept; DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)', 0],
  ['left without its event', 'DROP TRIGGER event_kept; DELETE FROM event WHERE n = 6', 6],
])('an audit entry that someone with the key has %s is noticed', async (_, sql, entry) => {
  const { folder, database } = closedStore()
  tamper(database, sql)
  const store = storeIn(folder)
  expect(() => store.verifyAudit()).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED', context: { entry } }))
})

test('without dropping a guard, events and audit entries cannot be changed or deleted', async () => {
  const { database } = closedStore()
  for (const table of ['event', 'audit']) {
    expect(() => tamper(database, `UPDATE ${table} SET at = ''`)).toThrow('are fixed')
    expect(() => tamper(database, `DELETE FROM ${table}`)).toThrow('are kept')
  }
})

test('a capture with any bit flipped, cut, emptied or gone is refused', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  const ref = await store.putBlob(imageBytes('a', 300), 'image/png')
  const path = join(folder, 'blobs', ref.name.slice(0, 2), `${ref.name}.blob`)
  const whole = readFileSync(path)
  for (let position = 0; position < whole.length; position++) {
    const flipped = Buffer.from(whole)
    flipped[position] = (flipped[position] ?? 0) ^ 0x80
    writeFileSync(path, flipped)
    await expect(store.getBlob(ref), `byte ${position}`).rejects.toThrow('BLOB_DAMAGED')
  }
  for (const length of [0, 4, 20, whole.length - 1]) {
    writeFileSync(path, whole.subarray(0, length))
    await expect(store.getBlob(ref)).rejects.toThrow('BLOB_DAMAGED')
  }
  rmSync(path)
  await expect(store.getBlob(ref)).rejects.toThrow('BLOB_DAMAGED')
})

test('two captures that changed places are refused, and taking one again mends it', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  const pathOf = ({ name }: { name: string }) => join(folder, 'blobs', name.slice(0, 2), `${name}.blob`)
  const [a, b] = [
    await store.putBlob(imageBytes('a', 300), 'image/png'),
    await store.putBlob(imageBytes('b', 300), 'image/png'),
  ]
  copyFileSync(pathOf(b), pathOf(a))
  await expect(store.getBlob(a)).rejects.toThrow('BLOB_DAMAGED')
  expect(await store.putBlob(imageBytes('a', 300), 'image/png')).toEqual(a)
  expect(Buffer.compare(await store.getBlob(a), imageBytes('a', 300))).toBe(0)
})

test('what a killed write left half done is swept at the next start', () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  store.createDossier('a', opened(store), byOfficer)
  store.close()
  const half = [
    'blobs/drafts/ab.blob.0123456789ab.tmp',
    'sealed/SL-0312-000001.p7m.0123456789ab.tmp',
    'escrow.p7m.0123456789ab.tmp',
  ]
  for (const name of half) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), 'half')
  }
  storeIn(folder)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of half) expect(names).not.toContain(name)
})

function tamper(database: string, sql: string): void {
  const db = new Database(database)
  onTestFinished(() => void db.close())
  try {
    unlock(db, key)
    db.exec(sql)
  } finally {
    db.close()
  }
}
