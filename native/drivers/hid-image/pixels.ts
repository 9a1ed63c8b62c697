import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { ImageHeader } from './messages.ts'
import { unpackRuns } from './run-lengths.ts'

/** The bytes of an image on the line: rows from the top; at 4 bits two pixels a byte, the left one high. */
export function packPixels(image: GrayImage, bits: 4 | 8): Uint8Array {
  if (bits === 8) return image.pixels
  const rowBytes = Math.ceil(image.width / 2)
  const packed = new Uint8Array(rowBytes * image.height)
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const level = Math.round(image.pixels[y * image.width + x]! / 17)
      packed[y * rowBytes + (x >> 1)]! |= x & 1 ? level : level << 4
    }
  }
  return packed
}

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
