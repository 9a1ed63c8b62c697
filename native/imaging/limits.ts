import { AppError } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

/** A slap of 80 × 76 mm at 1000 dpi is 3200 × 3000 pixels; nothing larger is a picture of fingers. */
export const MOST_SIDE = 4096
const MOST_PIXELS = 12_000_000
/** Coarser pictures do not show ridges, finer ones are not made by fingerprint scanners. */
export const LEAST_DPI = 90
const MOST_DPI = 1100

/** Throws IMAGE_TOO_LARGE for sizes that no scanner has. To be called before anything is allocated for a picture. */
export function refuseTooLarge(width: number, height: number, step: string): void {
  if (width <= MOST_SIDE && height <= MOST_SIDE && width * height <= MOST_PIXELS) return
  throw new AppError('IMAGE_TOO_LARGE', step, { context: { width, height, mostSide: MOST_SIDE } })
}

/** Throws IMAGE_TOO_LARGE, or IMAGE_UNREADABLE when the pixels are not those of such an image or its resolution cannot be. */
export function checkImage({ width, height, dpi, pixels }: GrayImage, step: string): void {
  refuseTooLarge(width, height, step)
  const whole = Number.isInteger(width) && Number.isInteger(height) && width >= 0 && height >= 0
  if (!whole || pixels.length !== width * height || !(dpi >= LEAST_DPI && dpi <= MOST_DPI)) {
    throw new AppError('IMAGE_UNREADABLE', step, { context: { width, height, dpi, pixels: pixels.length } })
  }
}
