import { brightnessOf } from './light.ts'
import type { ColourImage } from './picture.ts'
import type { HeadView } from './view.ts'

/** Luma of the skin, 0–255, that needs no help. Between them lie all colours of skin in good light. */
const DARKEST = 95
const BRIGHTEST = 190
/** The most that is added or taken away, stops: more would show noise, or skin that is not this person's. */
const MOST = 0.7
/** Nothing of the face is driven beyond this by making it brighter, luma 0–255. */
const CEILING = 240

/** Stops by which a picture should be made brighter (negative: darker), 0 when the face is well exposed. */
export function exposureFor(view: HeadView): number {
  const { middle, bright } = brightnessOf(view)
  const wanted = middle < DARKEST ? stops(middle, DARKEST) : middle > BRIGHTEST ? stops(middle, BRIGHTEST) : 0
  const allowed = wanted > 0 ? Math.min(wanted, Math.max(0, stops(bright, CEILING))) : wanted
  return Math.round(Math.min(MOST, Math.max(-MOST, allowed)) * 100) / 100
}

function stops(from: number, to: number): number {
  return Math.log2(linear(to / 255) / Math.max(1e-4, linear(from / 255)))
}

/** The picture with so many stops added to its light, as a camera would have taken it. */
export function expose(image: ColourImage, add: number): ColourImage {
  if (add === 0) return image
  const gain = 2 ** add
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.round(255 * Math.min(1, encoded(Math.min(1, linear(value / 255) * gain)))),
  )
  return { ...image, pixels: image.pixels.map((value) => table[value]!) }
}

/** Transfer functions of sRGB (IEC 61966-2-1). */
function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function encoded(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
}
