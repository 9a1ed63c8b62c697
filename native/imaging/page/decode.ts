import { decode as decodePng } from 'fast-png'
import jpeg from 'jpeg-js'
import { inflateSync } from 'node:zlib'
import { AppError } from '#domain/failure/index.ts'
import { readHeader } from './header.ts'
import { MOST_BYTES, MOST_PIXELS, refuseTooLarge } from './limits.ts'
import { mirror, turnQuarters, type Colours } from './picture.ts'

/** Megabytes jpeg-js may use: about 19 bytes a pixel of the largest picture. */
const DECODER_MEMORY = 1024

/**
 * A JPEG or PNG as upright colours: the orientation its EXIF block tells has been carried out. Throws IMAGE_TOO_LARGE
 * before anything is unpacked, IMAGE_UNREADABLE for every other kind of file and for broken ones.
 */
export function decodePicture(bytes: Uint8Array, step: string): Colours {
  if (bytes.length > MOST_BYTES) throw new AppError('IMAGE_TOO_LARGE', step, { context: { bytes: bytes.length } })
  const header = readHeader(bytes, step)
  refuseTooLarge(header.width, header.height, step)
  let picture: Colours
  try {
    picture = header.format === 'jpeg' ? fromJpeg(bytes) : fromPng(bytes)
  } catch (cause) {
    throw new AppError('IMAGE_UNREADABLE', step, { cause })
  }
  return upright(picture, header.orientation)
}

function fromJpeg(bytes: Uint8Array): Colours {
  const { width, height, data } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: MOST_PIXELS / 1e6,
    maxMemoryUsageInMB: DECODER_MEMORY,
  })
  return { width, height, rgb: data }
}

function fromPng(bytes: Uint8Array): Colours {
  const png = decodePng(bareOfExtras(bytes), { checkCrc: true })
  const { width, height, depth } = png
  const { channels, data } = spread(png)
  const rgb = new Uint8Array(width * height * 3)
  const to8 = depth === 16 ? (value: number) => value >> 8 : (value: number) => value
  const coloured = channels > 2
  for (let at = 0, from = 0; at < rgb.length; at += 3, from += channels) {
    // What can be seen through lies on white.
    const cover = channels % 2 === 0 ? to8(data[from + channels - 1]!) : 255
    for (let channel = 0; channel < 3; channel++) {
      const value = to8(data[from + (coloured ? channel : 0)]!)
      rgb[at + channel] = cover === 255 ? value : 255 + ((value - 255) * cover) / 255
    }
  }
  return { width, height, rgb }
}

type Png = ReturnType<typeof decodePng>

/** Samples one by one: palettes looked up, bits below eight made bytes. */
function spread(png: Png): { readonly channels: number; readonly data: ArrayLike<number> } {
  const { width, height, depth, channels, data, palette } = png
  if (depth >= 8 && !palette) return { channels, data }
  const perRow = Math.ceil((width * depth) / 8)
  const mask = (1 << depth) - 1
  const values = new Uint8Array(width * height * (palette ? 3 : 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      const value = (data[y * perRow + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask
      const at = y * width + x
      if (!palette) values[at] = (value * 255) / mask
      else for (let channel = 0; channel < 3; channel++) values[at * 3 + channel] = palette[value]?.[channel] ?? 0
    }
  }
  return { channels: palette ? 3 : 1, data: values }
}

/** Chunks without which the pixels cannot be had: IHDR, PLTE, tRNS, IDAT, IEND. */
const needed = [0x49484452, 0x504c5445, 0x74524e53, 0x49444154, 0x49454e44]
/** Filter bytes of the rows, of an interlaced picture too. */
const FILTER_BYTES = 1 << 18

/**
 * The file without the chunks that may hold anything, profiles that unpack to gigabytes among them. Throws when the
 * pixels would become more than the header promises (at most 8 bytes each, and the filters).
 */
function bareOfExtras(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept = [bytes.subarray(0, 8)]
  const packed: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = view.getUint32(at)
    const type = view.getUint32(at + 4)
    if (needed.includes(type)) kept.push(bytes.subarray(at, at + 12 + size))
    if (type === 0x49444154) packed.push(bytes.subarray(at + 8, at + 8 + size))
    at += size + 12
  }
  inflateSync(Buffer.concat(packed), { maxOutputLength: view.getUint32(16) * view.getUint32(20) * 8 + FILTER_BYTES })
  return Buffer.concat(kept)
}

function upright(picture: Colours, orientation: number): Colours {
  const quarters = { 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3 }[orientation] ?? 0
  const turned = turnQuarters(picture, quarters)
  return [2, 4, 5, 7].includes(orientation) ? mirror(turned) : turned
}
