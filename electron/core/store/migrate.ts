import type { Database } from 'better-sqlite3'
import { AppError } from '#domain/failure/index.ts'

/** One numbered step. Once released its SQL is never changed: a correction is a new step. */
export type Migration = { readonly name: string; readonly sql: string }

/**
 * Brings the database to the version of the last migration, each step in its own transaction, after `backUp(version)`
 * for each step that changes an existing store. Throws STORE_FROM_FUTURE, having touched nothing, for a version that
 * this program does not know.
 */
export function migrate(db: Database, migrations: readonly Migration[], backUp: (version: number) => void): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > migrations.length) {
    throw new AppError('STORE_FROM_FUTURE', 'store.open', { context: { version, known: migrations.length } })
  }
  for (const [index, { sql }] of migrations.entries()) {
    if (index < version) continue
    if (version > 0) backUp(index)
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
}
