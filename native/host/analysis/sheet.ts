import { AppError } from '#domain/failure/index.ts'
import type { FingerFound, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { refuseTooLarge } from '#native/imaging/index.ts'

const STEP = 'finger.capture'
const PAPER = 255
/** Millimetres of paper between the fingers and around them. */
const GAP_MM = 2

/** A white sheet that shows pictures side by side, and where each lies on it. All must have the same resolution. */
export function composeSheet(pictures: readonly GrayImage[]): {
  readonly image: GrayImage
  readonly boxes: readonly FingerFound['box'][]
} {
  const dpi = pictures[0]?.dpi ?? 0
  if (pictures.some((picture) => picture.dpi !== dpi)) throw new AppError('IMAGE_UNREADABLE', STEP)
  const gap = Math.round((GAP_MM * dpi) / 25.4)
  const width = pictures.reduce((sum, picture) => sum + picture.width + gap, gap)
  const height = Math.max(...pictures.map((picture) => picture.height)) + 2 * gap
  refuseTooLarge(width, height, STEP)
  const pixels = new Uint8Array(width * height).fill(PAPER)
  let left = gap
  const boxes = pictures.map((picture) => {
    for (let y = 0; y < picture.height; y++) {
      const row = picture.pixels.subarray(y * picture.width, (y + 1) * picture.width)
      pixels.set(row, (y + gap) * width + left)
    }
    const box = { x: left, y: gap, width: picture.width, height: picture.height }
    left += picture.width + gap
    return box
  })
  return { image: { width, height, dpi, pixels }, boxes }
}
