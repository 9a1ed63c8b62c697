import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { Sensor } from '#native/drivers/zfm/sensors.ts'
import { drawFinger, type FingerRequest } from '../hands/index.ts'
import { createRandom } from '../hands/random.ts'

/** What lies on the glass: a finger of an invented person, or a picture of the sensor's size. */
export type OnGlass = Omit<FingerRequest, 'impression' | 'attempt'> | GrayImage

/** One finger laid down by itself: where, and how hard, differs from try to try. Same request, same picture. */
export function lieDown(on: OnGlass, sensor: Sensor, attempt: number): GrayImage {
  return 'pixels' in on ? on : middleOf(drawFinger({ ...on, impression: 'flat', attempt }), sensor)
}

/** A small sensor sees the middle of the pad. */
function middleOf(print: GrayImage, { width, height, dpi }: Sensor): GrayImage {
  const left = (print.width - width) >> 1
  const top = (print.height - height) >> 1
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = (top + y) * print.width + left
    pixels.set(print.pixels.subarray(from, from + width), y * width)
  }
  return { width, height, dpi, pixels }
}

/** The picture as this exposure of the sensor sees it: never twice the same. */
export function expose(image: GrayImage, exposure: number): GrayImage {
  const random = createRandom(exposure)
  const pixels = image.pixels.map((value) => Math.max(0, Math.min(255, value + Math.floor(random() * 13) - 6)))
  return { ...image, pixels }
}
