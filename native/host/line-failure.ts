import { AppError } from '#domain/failure/index.ts'

/** After these the two ends of a line may disagree about what is under way: it is opened afresh. */
export function isLineFailure(error: unknown): boolean {
  if (!(error instanceof AppError)) return false
  const { code } = error
  return code === 'DEVICE_GONE' || code === 'DEVICE_SILENT' || code === 'DEVICE_GARBLED' || code === 'DEVICE_REFUSED'
}
