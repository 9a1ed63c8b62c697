import { AppError } from '#domain/failure/index.ts'

/** The largest cameras on the market; anything beyond is a bomb or a mistake. */
export const MOST_PIXELS = 50_000_000
export const MOST_SIDE = 12_000
/** Bytes of a file. */
export const MOST_BYTES = 64 * 1024 * 1024

/** Throws IMAGE_TOO_LARGE. To be called before anything is allocated for a picture. */
export function refuseTooLarge(width: number, height: number, step: string): void {
  if (width <= MOST_SIDE && height <= MOST_SIDE && width * height <= MOST_PIXELS) return
  throw new AppError('IMAGE_TOO_LARGE', step, { context: { width, height, mostSide: MOST_SIDE } })
}
