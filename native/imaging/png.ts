import { constants, deflateSync, type ZlibOptions } from 'node:zlib'
import { decode } from 'fast-png'
import { AppError } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { refuseTooLarge } from './limits.ts'
import { pngColour, pngFile } from './png-file.ts'

const METRES_PER_INCH = 0.0254

/**
 * An 8-bit grey PNG with its resolution in a pHYs chunk (W3C PNG 11.3.4.3). `level` is zlib's.
 */
export function encodeGrayPng(image: GrayImage, level = 6): Uint8Array {
  const resolution = Buffer.alloc(9)
  const perMetre = Math.round(image.dpi / METRES_PER_INCH)
  resolution.writeUInt32BE(perMetre, 0)
  resolution.writeUInt32BE(perMetre, 4)
  resolution[8] = 1
  // Scanned ridges have runs of white and no other repeats: looking for runs only is ten times as fast and packs as well.
  const options: ZlibOptions = { level, memLevel: 9, strategy: constants.Z_RLE }
  return pngFile({ ...image, colour: pngColour.grey }, [
    ['pHYs', resolution],
    ['IDAT', deflateSync(unfiltered(image), options)],
  ])
}

/** Each row behind its filter type (PNG filter type 0): for scanned ridges no filter packs smaller. */
function unfiltered({ width, height, pixels }: GrayImage): Uint8Array {
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return rows
}

const HEADER_END = 24

/**
 * A grey PNG as pixels; dpi 0 when the file does not say. Throws IMAGE_TOO_LARGE before it is unpacked, and
 * IMAGE_UNREADABLE for anything else.
 */
export function decodePng(bytes: Uint8Array): GrayImage {
  if (bytes.length >= HEADER_END) {
    const header = new DataView(bytes.buffer, bytes.byteOffset)
    refuseTooLarge(header.getUint32(16), header.getUint32(20), 'imaging.decodePng')
  }
  try {
    const png = decode(bytes, { checkCrc: true })
    if (png.channels !== 1 || png.depth !== 8) throw new TypeError('not an 8-bit grey image')
    const perMetre = png.resolution?.unit === 1 ? png.resolution.x : 0
    return {
      width: png.width,
      height: png.height,
      dpi: Math.round(perMetre * METRES_PER_INCH),
      pixels: new Uint8Array(png.data),
    }
  } catch (cause) {
    throw new AppError('IMAGE_UNREADABLE', 'imaging.decodePng', { cause })
  }
}
