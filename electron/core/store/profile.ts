import type Database from 'better-sqlite3'
import { AppError } from '#domain/failure/index.ts'

/** Which of the two programs a data folder belongs to. Folders made before there were two belong to a station. */
export type Profile = 'station' | 'training'

/** The only station code of the training program, and of no station. */
export const trainingCode = 'LT-0000'

/** The setting that says it. */
export const profileSetting = 'profile'

/** OTHER_PROFILE. Asked before the first migration: another program's store is left exactly as it is. */
export function requireProfile(db: Database.Database, profile: Profile): void {
  const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'setting'").get()
  if (made === undefined) return
  const found = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?').get(profileSetting)
  if ((found?.value ?? 'station') !== profile) throw new AppError('OTHER_PROFILE', 'store.open')
}
