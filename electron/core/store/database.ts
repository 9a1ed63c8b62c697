import Database from 'better-sqlite3'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#domain/failure/index.ts'
import { asStoreError } from './disk-errors.ts'
import { migrate, type Migration } from './migrate.ts'

/**
 * Opens `store.db` in a folder, for this program alone: the exclusive lock is the kernel's and dies with the process.
 * It also keeps the WAL index in memory, so there is no shared-memory file.
 * A wrong key and a destroyed first page cannot be told apart: both are STORE_DAMAGED with reason SQLITE_NOTADB.
 * A wrong passphrase never comes here, the vault refuses it.
 */
export function openDatabase(
  folder: string,
  key: Uint8Array,
  migrations: readonly Migration[],
  /** Throws when this database is not to be opened; nothing was written then. */
  admit: (db: Database.Database) => void = () => {},
): Database.Database {
  if (key.length !== 32) throw new AppError('INTERNAL', 'store.open', { context: { reason: 'key-length' } })
  const path = join(folder, 'store.db')
  const blobs = join(folder, 'blobs')
  let db: Database.Database | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const empty = !existsSync(path) || statSync(path).size === 0
    // The blob folder is made after the first migration, so beside it a database must be.
    if (empty && existsSync(blobs))
      throw new AppError('STORE_DAMAGED', 'store.open', { context: { reason: 'database-missing' } })
    db = new Database(path, { timeout: 0 })
    unlock(db, key)
    admit(db)
    const opened = db
    migrate(db, migrations, (version) => backUp(opened, folder, version))
    db.pragma('wal_checkpoint(TRUNCATE)')
    mkdirSync(blobs, { recursive: true, mode: 0o700 })
    return db
  } catch (error) {
    db?.close()
    throw asStoreError(error, 'store.open')
  }
}

/** Cipher and key, then the settings that make a commit survive a pulled plug and leave nothing readable behind. */
export function unlock(db: Database.Database, key: Uint8Array): void {
  db.pragma("cipher = 'sqlcipher'")
  db.pragma('legacy = 4')
  const raw = Buffer.concat([Buffer.from('raw:'), key])
  const keyed = db as Database.Database & { key(key: Buffer): number } // the plain build's types lack it
  keyed.key(raw)
  raw.fill(0)
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('temp_store = MEMORY')
  db.pragma('secure_delete = ON')
  db.exec('BEGIN IMMEDIATE; COMMIT')
}

/** Looks at what is on the disk, not at what is remembered. */
export function checkDatabase(db: Database.Database): { damagedPlaces: number; strayRows: number } {
  db.pragma('shrink_memory')
  const said = db.pragma('integrity_check(100)') as readonly { integrity_check: string }[]
  const stray = db.pragma('foreign_key_check') as readonly unknown[]
  const whole = said.length === 1 && said[0]?.integrity_check === 'ok'
  return { damagedPlaces: whole ? 0 : said.length, strayRows: Math.min(stray.length, 100) }
}

/** An encrypted copy as it stands, under the same key: `backups/store-v1.db`. */
function backUp(db: Database.Database, folder: string, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)')
  const backups = join(folder, 'backups')
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  const path = join(backups, `store-v${version}.db`)
  const draft = `${path}.tmp`
  try {
    copyFileSync(join(folder, 'store.db'), draft)
    syncPath(draft, 'r+')
    renameSync(draft, path)
    if (process.platform !== 'win32') syncPath(backups, 'r')
  } catch (error) {
    rmSync(draft, { force: true })
    throw asStoreError(error, 'store.backup')
  }
}

function syncPath(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
