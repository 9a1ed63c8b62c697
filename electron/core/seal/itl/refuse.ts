import { AppError } from '#domain/failure/index.ts'

/** What cannot be written as the standard wants it. The reason names the rule, never the value. */
export function refuse(reason: string): never {
  throw new AppError('SEAL_FAILED', 'seal.itl', { context: { reason } })
}
