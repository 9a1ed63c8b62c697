import Database from 'better-sqlite3'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#core/store/database.ts'
import { migrate, type Migration } from '#core/store/migrate.ts'
import { openStore } from '#core/store/index.ts'
import { migrations } from '#core/store/migrations/index.ts'
import { key, opened, byOfficer, storeIn, temporaryFolder, tickingClock } from './fixtures.ts'

/** Invented steps of an invented store. */
const steps: readonly Migration[] = [
  { name: '0001-notes', sql: 'CREATE TABLE note (text TEXT NOT NULL) STRICT' },
  { name: '0002-marks', sql: "ALTER TABLE note ADD COLUMN mark TEXT NOT NULL DEFAULT 'none'" },
  { name: '0003-upper', sql: 'UPDATE note SET text = upper(text)' },
]

function memory(): Database.Database {
  const db = new Database(':memory:')
  onTestFinished(() => void db.close())
  return db
}

test('a seeded store of an older version is brought to the newest, with a backup before each step', () => {
  const db = memory()
  migrate(db, steps.slice(0, 1), () => expect.fail('nothing to back up yet'))
  db.exec("INSERT INTO note VALUES ('seed')")
  const backedUp: [number, unknown][] = []
  migrate(db, steps, (version) => backedUp.push([version, db.prepare('SELECT * FROM note').get()]))
  expect(backedUp).toEqual([
    [1, { text: 'seed' }],
    [2, { text: 'seed', mark: 'none' }],
  ])
  expect(db.prepare('SELECT * FROM note').all()).toEqual([{ text: 'SEED', mark: 'none' }])
  expect(db.pragma('user_version', { simple: true })).toBe(3)
})

test('a second run changes nothing', () => {
  const db = memory()
  migrate(db, steps, () => undefined)
  migrate(db, steps, () => expect.fail('no step is left'))
  expect(db.pragma('user_version', { simple: true })).toBe(3)
})

test('a step that fails is taken back whole and the store stays at the version before', () => {
  const db = memory()
  migrate(db, steps.slice(0, 1), () => undefined)
  const broken = { name: '0002-broken', sql: "INSERT INTO note VALUES ('half'); INSERT INTO nowhere VALUES (1)" }
  expect(() => migrate(db, [...steps.slice(0, 1), broken], () => undefined)).toThrow('nowhere')
  expect(db.prepare('SELECT * FROM note').all()).toEqual([])
  expect(db.pragma('user_version', { simple: true })).toBe(1)
})

test('a store from the future is refused and left as it was', () => {
  const db = memory()
  migrate(db, steps, () => undefined)
  expect(() => migrate(db, steps.slice(0, 2), () => undefined)).toThrow('STORE_FROM_FUTURE')
  expect(db.pragma('user_version', { simple: true })).toBe(3)
})

test('the backup on the disk is the older store, encrypted, and opens with the same key', () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  store.createDossier('a', opened(store), byOfficer)
  store.close()
  const later = [...migrations, { name: '9999-invented', sql: 'DROP TABLE outbox' }]
  openDatabase(folder, key, later).close()
  const backup = join(folder, 'backups', `store-v${migrations.length}.db`)
  expect(readFileSync(backup).includes('SQLite format 3')).toBe(false)

  expect(() => openStore({ folder, key, clock: tickingClock() })).toThrow('STORE_FROM_FUTURE')
  const restored = temporaryFolder()
  expect(existsSync(join(restored, 'store.db'))).toBe(false)
  const db = new Database(backup, { readonly: true })
  onTestFinished(() => void db.close())
  db.pragma("cipher = 'sqlcipher'")
  db.pragma('legacy = 4')
  db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
  expect(db.prepare('SELECT id, status FROM dossier').all()).toEqual([{ id: 'a', status: 'open' }])
})
