import { AppError } from '#domain/failure/index.ts'

const fullDisk = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL'])
const fullWhileWriting = /^SQLITE_IOERR_(?:WRITE|FSYNC|DIR_FSYNC|TRUNCATE)$/u
const damaged = /^SQLITE_(?:CORRUPT|NOTADB|IOERR|CANTOPEN|READONLY)/u

/** The `code` of a system or SQLite error. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** DISK_FULL, STORE_IN_USE, STORE_DAMAGED or INTERNAL for what the file system or SQLite threw. */
export function asStoreError(error: unknown, step: string): AppError {
  if (error instanceof AppError) return error
  const code = errorCode(error)
  const context = { reason: code || 'unknown' }
  // SQLite tells a disk over quota or a file over its limit from a full one, the officer need not.
  if (fullDisk.has(code) || fullWhileWriting.test(code))
    return new AppError('DISK_FULL', step, { context, cause: error })
  if (code.startsWith('SQLITE_BUSY')) return new AppError('STORE_IN_USE', step, { context, cause: error })
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new AppError('DOSSIER_MISSING', step, { cause: error })
  if (damaged.test(code) || /^E[A-Z]+$/u.test(code))
    return new AppError('STORE_DAMAGED', step, { context, cause: error })
  return new AppError('INTERNAL', step, { context, cause: error })
}
