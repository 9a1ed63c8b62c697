import { inflateSync } from 'node:zlib'
import { convertIndexedToRgb, decode as decodePng, type DecodedPng } from 'fast-png'
import jpeg from 'jpeg-js'
import { AppError } from '#domain/failure/index.ts'
import { orientationOf, turnUpright } from './exif.ts'
import { MOST_PIXELS, refuseBytes, refuseSize } from './limits.ts'
import type { ColourImage } from './picture.ts'
import { segmentsOf } from './segments.ts'

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
/** What jpeg-js may allocate for coefficients and pixels, MiB. */
const mostMemory = 1024

/**
 * A JPEG or PNG as colour pixels the right way up (Exif orientation is honoured; transparency becomes white). Its size is
 * looked at before anything is unpacked: IMAGE_TOO_LARGE, else IMAGE_UNREADABLE.
 */
export function decodePicture(bytes: Uint8Array, step: string): ColourImage {
  refuseBytes(bytes.length, step)
  if (pngSignature.every((byte, at) => bytes[at] === byte)) return fromPng(bytes, step)
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return fromJpeg(bytes, step)
  throw new AppError('IMAGE_UNREADABLE', step, { context: { bytes: bytes.length } })
}

function fromPng(bytes: Uint8Array, step: string): ColourImage {
  if (bytes.length < 33) throw new AppError('IMAGE_UNREADABLE', step)
  const header = new DataView(bytes.buffer, bytes.byteOffset)
  const size = { width: header.getUint32(16), height: header.getUint32(20) }
  refuseSize(size, step)
  return reading(step, () => {
    refuseBomb(bytes, size)
    return coloured(decodePng(bytes, { checkCrc: true }))
  })
}

/** Eight bytes a pixel at most, a filter byte a row, and some for interlacing. */
const mostUnpacked = (width: number, height: number) => (width * 8 + 16) * height + 4096

/** The decoder unpacks all there is, however much more it is than the header says. Throws for more, and for no zlib. */
function refuseBomb(bytes: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const packed: Uint8Array[] = []
  for (let at = pngSignature.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    if (at + 12 + length > bytes.length) break
    // IDAT
    if (view.getUint32(at + 4) === 0x49444154) packed.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  inflateSync(Buffer.concat(packed), { maxOutputLength: mostUnpacked(width, height) })
}

function coloured(png: DecodedPng): ColourImage {
  const { width, height } = png
  const indexed = png.palette !== undefined
  const data = indexed ? convertIndexedToRgb(png) : png.data
  const channels = indexed ? (png.palette?.[0]?.length ?? 3) : png.channels
  const shift = png.depth === 16 ? 8 : 0
  const stretch = !indexed && png.depth < 8 ? 255 / (2 ** png.depth - 1) : 1
  const pixels = new Uint8Array(width * height * 3)
  const hasAlpha = channels === 2 || channels === 4
  for (let at = 0, from = 0; at < pixels.length; at += 3, from += channels) {
    const alpha = hasAlpha ? (data[from + channels - 1]! >> shift) / 255 : 1
    for (let part = 0; part < 3; part++) {
      const value = (data[channels < 3 ? from : from + part]! >> shift) * stretch
      pixels[at + part] = Math.round(value * alpha + 255 * (1 - alpha))
    }
  }
  return { width, height, pixels }
}

function fromJpeg(bytes: Uint8Array, step: string): ColourImage {
  const size = jpegSize(bytes)
  if (!size) throw new AppError('IMAGE_UNREADABLE', step, { context: { bytes: bytes.length } })
  refuseSize(size, step)
  return reading(step, () => {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: MOST_PIXELS / 1e6,
      maxMemoryUsageInMB: mostMemory,
    })
    if (data.length !== width * height * 3) throw new TypeError('not three colours a pixel')
    return turnUpright({ width, height, pixels: data }, orientationOf(bytes))
  })
}

function reading(step: string, read: () => ColourImage): ColourImage {
  try {
    return read()
  } catch (cause) {
    throw new AppError('IMAGE_UNREADABLE', step, { cause })
  }
}

/** Width and height from the frame header (ITU-T T.81 B.2.2), without unpacking anything. */
function jpegSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  for (const { marker, start, end } of segmentsOf(bytes)) {
    // SOF0–SOF15 without DHT, JPG and DAC.
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker) || end - start < 6) continue
    const word = (at: number) => bytes[at]! * 256 + bytes[at + 1]!
    return { height: word(start + 1), width: word(start + 3) }
  }
  return undefined
}
