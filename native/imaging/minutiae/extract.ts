import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { AppError } from '#domain/failure/index.ts'
import { BLOCK, type RidgeField } from './blocks.ts'
import { enhance } from './enhance.ts'
import { ridgeField } from './field.ts'
import { findPoints } from './find-points.ts'
import type { Minutiae } from './minutiae.ts'
import { resample } from './resample.ts'
import { thin } from './thin.ts'

const DPI = 500
/** Images within this share of 500 dpi are taken as they are. */
const NEAR = 0.06
/** More is not one finger: 40 × 40 mm at 1000 dpi. */
const MOST_PIXELS = 2_500_000
const LEAST_SIDE = 3 * BLOCK
/** What ISO/IEC 19794-2 can count in one view. */
const MOST_POINTS = 255

/**
 * The minutiae of one roughly upright finger, ridges dark; the best first, at most 255. An image without a finger has
 * none. Throws IMAGE_TOO_LARGE, and IMAGE_UNREADABLE when pixels and size do not agree.
 */
export function extractMinutiae(image: GrayImage): Minutiae {
  const { width, height, dpi } = image
  const context = { width, height, dpi }
  if (width * height > MOST_PIXELS) throw new AppError('IMAGE_TOO_LARGE', 'imaging.extractMinutiae', { context })
  if (image.pixels.length !== width * height || !(dpi > 0)) {
    throw new AppError('IMAGE_UNREADABLE', 'imaging.extractMinutiae', { context })
  }
  const scale = Math.abs(dpi / DPI - 1) <= NEAR ? 1 : DPI / dpi
  const finger = scale === 1 ? image : resample(image, scale)
  if (finger.width < LEAST_SIDE || finger.height < LEAST_SIDE) return { width, height, dpi, points: [] }
  const field = ridgeField(finger)
  const lines = binarise(field, enhance(field))
  thin(lines, finger.width)
  const points = findPoints(field, lines)
    .toSorted((a, b) => b.quality - a.quality || a.y - b.y || a.x - b.x)
    .slice(0, MOST_POINTS)
    .map((point) => ({
      ...point,
      x: Math.min(width - 1, Math.round(point.x / scale)),
      y: Math.min(height - 1, Math.round(point.y / scale)),
    }))
  return { width, height, dpi, points }
}

function binarise({ width, height }: RidgeField, enhanced: Float32Array): Uint8Array {
  const ridges = new Uint8Array(width * height)
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1, end = (y + 1) * width - 1; at < end; at++) ridges[at] = enhanced[at]! > 0 ? 1 : 0
  }
  return ridges
}
