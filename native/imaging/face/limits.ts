import { AppError } from '#domain/failure/index.ts'

/** A picture of a tethered camera of 32 megapixels passes; the decoder needs some twelve bytes for each of them. */
export const MOST_SIDE = 9000
export const MOST_PIXELS = 36_000_000
/** What the program takes from a camera or a file at all. */
const MOST_BYTES = 24 * 2 ** 20
/** Smaller than this is no picture of a person. */
const LEAST_SIDE = 16

/** Throws IMAGE_TOO_LARGE or IMAGE_UNREADABLE for sizes that no portrait has. To be called before anything is unpacked. */
export function refuseSize({ width, height }: { readonly width: number; readonly height: number }, step: string): void {
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
    throw new AppError('IMAGE_TOO_LARGE', step, { context: { width, height, mostSide: MOST_SIDE } })
  }
  if (width < LEAST_SIDE || height < LEAST_SIDE) {
    throw new AppError('IMAGE_UNREADABLE', step, { context: { width, height } })
  }
}

export function refuseBytes(bytes: number, step: string): void {
  if (bytes > MOST_BYTES) throw new AppError('IMAGE_TOO_LARGE', step, { context: { bytes, mostBytes: MOST_BYTES } })
}
