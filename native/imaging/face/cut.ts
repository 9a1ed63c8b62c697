import jpeg from 'jpeg-js'
import type { TurnedBox } from '#native/capability/picture.ts'
import { PORTRAIT_MM } from './geometry.ts'
import { takeUpright, type ColourImage } from './picture.ts'

/** Largest portrait, pixels: 35 × 45 mm at 435 dpi. */
export const LARGEST = { width: 600, height: 772 } as const
/** Of the JPEG, 1–100. */
const QUALITY = 92

/** The part of the picture under the crop, upright; never larger than it is in the picture. */
export function cutPortrait(image: ColourImage, crop: TurnedBox): ColourImage {
  const scale = Math.min(1, LARGEST.height / crop.height)
  const width = Math.max(1, Math.min(LARGEST.width, Math.round(crop.width * scale)))
  const height = Math.max(1, Math.min(LARGEST.height, Math.round(crop.height * scale)))
  return takeUpright(image, crop, width, height)
}

/** A JPEG (JFIF) that says in dots an inch how large a portrait of 35 × 45 mm is. */
export function encodePortrait({ width, height, pixels }: ColourImage): Uint8Array {
  const data = new Uint8Array(width * height * 4)
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    data[to] = pixels[from]!
    data[to + 1] = pixels[from + 1]!
    data[to + 2] = pixels[from + 2]!
    data[to + 3] = 255
  }
  const file = new Uint8Array(jpeg.encode({ width, height, data }, QUALITY).data)
  const dpi = Math.round((width * 25.4) / PORTRAIT_MM.width)
  // Units and densities of the JFIF header, which follows the start of the image (ISO/IEC 10918-5, 10.1).
  file.set([1, dpi >> 8, dpi & 0xff, dpi >> 8, dpi & 0xff], 13)
  return file
}
