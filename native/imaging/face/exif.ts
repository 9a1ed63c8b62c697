import type { ColourImage } from './picture.ts'
import { segmentsOf } from './segments.ts'

const ORIENTATION = 0x0112
const SHORT = 3
const exifName = [0x45, 0x78, 0x69, 0x66, 0, 0] as const

/** Exif orientation 1–8 (Exif 2.32, 4.6.4 A); 1 when there is none or it makes no sense. */
export function orientationOf(bytes: Uint8Array): number {
  for (const { marker, start, end } of segmentsOf(bytes)) {
    if (marker !== 0xe1 || !exifName.every((byte, at) => bytes[start + at] === byte)) continue
    return inTiff(bytes.subarray(start + exifName.length, end))
  }
  return 1
}

function inTiff(tiff: Uint8Array): number {
  if (tiff.length < 14) return 1
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length)
  const little = view.getUint16(0) === 0x4949
  const directory = view.getUint32(4, little)
  if (directory + 2 > tiff.length) return 1
  const entries = view.getUint16(directory, little)
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12
    if (at + 12 > tiff.length) return 1
    if (view.getUint16(at, little) !== ORIENTATION || view.getUint16(at + 2, little) !== SHORT) continue
    const value = view.getUint16(at + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** The picture the right way up, from the way it was stored. */
export function turnUpright(image: ColourImage, orientation: number): ColourImage {
  if (orientation === 1) return image
  const { width, height, pixels } = image
  // 5–8 lie on their side.
  const sideways = orientation >= 5
  const size = sideways ? { width: height, height: width } : { width, height }
  const turned = new Uint8Array(pixels.length)
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const [column, row] = stored(orientation, x, y, width - 1, height - 1)
      const from = (row * width + column) * 3
      const to = (y * size.width + x) * 3
      turned[to] = pixels[from]!
      turned[to + 1] = pixels[from + 1]!
      turned[to + 2] = pixels[from + 2]!
    }
  }
  return { ...size, pixels: turned }
}

/** Column and row in which the pixel to be seen at `x`, `y` is stored. */
function stored(orientation: number, x: number, y: number, right: number, bottom: number): readonly [number, number] {
  switch (orientation) {
    case 2:
      return [right - x, y]
    case 3:
      return [right - x, bottom - y]
    case 4:
      return [x, bottom - y]
    case 5:
      return [y, x]
    case 6:
      return [y, bottom - x]
    case 7:
      return [right - y, bottom - x]
    case 8:
      return [right - y, x]
    default:
      return [x, y]
  }
}
