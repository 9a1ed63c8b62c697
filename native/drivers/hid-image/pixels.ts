import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { ImageHeader } from './messages.ts'
import { unpackRuns } from './run-lengths.ts'

/** The bytes of an image on the line: rows from the top; at 4 bits two pixels a byte, the left one high. */
export function packPixels(image: GrayImage, bits: 4 | 8): Uint8Array {
  if (bits === 8) return image.pixels
  const rowBytes = Math.ceil(image.width / 2)
  const { width, height, pixels } = image
  const packed = new Uint8Array(rowBytes * height)
  let to = 0
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width
    for (let at = y * width; at < end; at += 2) {
      const right = at + 1 < end ? levels[pixels[at + 1]!]! : 0
      packed[to++] = (levels[pixels[at]!]! << 4) | right
    }
  }
  return packed
}

/** The nearest of 16 greys for each of 256. */
const levels = Uint8Array.from({ length: 256 }, (_, grey) => Math.round(grey / 17))

/** 8-bit pixels from the bytes of the line. Undefined when packed bytes do not make a picture of that size. */
export function unpackPixels(
  received: Uint8Array,
  { width, height, bits, packed }: Pick<ImageHeader, 'width' | 'height' | 'bits' | 'packed'>,
): Uint8Array | undefined {
  const rowBytes = Math.ceil((width * bits) / 8)
  const bytes = packed ? unpackRuns(received, rowBytes * height) : received
  if (!bytes || bits === 8) return bytes
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pair = bytes[y * rowBytes + (x >> 1)]!
      pixels[y * width + x] = (x & 1 ? pair & 15 : pair >> 4) * 17
    }
  }
  return pixels
}
