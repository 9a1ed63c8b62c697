import type { FingerPosition } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { Sensor } from '#native/drivers/zfm/sensors.ts'
import { drawImpression, SCALE } from '../hands/impression.ts'
import { createRandom } from '../hands/random.ts'

/** What lies on the glass: a finger of the invented person with that seed, or a picture of the sensor's size. */
export type OnGlass = { readonly seed: number; readonly finger: FingerPosition } | GrayImage

const paper = 238

/** One finger laid down by itself: where, and how hard, differs from try to try. Same request, same picture. */
export function lieDown(on: OnGlass, sensor: Sensor, attempt: number): GrayImage {
  if ('pixels' in on) return on
  const { width, height, dpi } = sensor
  const random = createRandom(on.seed * 613 + attempt * 8191 + on.finger.length)
  const shake = (size: number) => (random() - 0.5) * 2 * size
  const pixels = new Uint8Array(width * height).fill(paper)
  drawImpression(pixels, width, height, {
    ...on,
    x: width / 2 + shake(1) * SCALE,
    y: height / 2 + (1 + shake(1)) * SCALE,
    angle: shake(8),
    pressure: 0.6 + shake(0.08),
    dryness: 0.15 + shake(0.05),
    attempt,
  })
  return { width, height, dpi, pixels }
}

/** The picture as this exposure of the sensor sees it: never twice the same. */
export function expose(image: GrayImage, exposure: number): GrayImage {
  const random = createRandom(exposure)
  const pixels = image.pixels.map((value) => Math.max(0, Math.min(255, value + Math.floor(random() * 13) - 6)))
  return { ...image, pixels }
}
