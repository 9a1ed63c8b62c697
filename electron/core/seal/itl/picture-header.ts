import { refuse } from './refuse.ts'

export type PictureHeader = {
  readonly format: 'png' | 'jpeg'
  readonly width: number
  readonly height: number
  /** Bits of one sample. */
  readonly depth: number
  readonly gray: boolean
}

const PNG_SIGNATURE = '89504e470d0a1a0a'
const PNG_END = '0000000049454e44ae426082'

/** What the header of a picture says. A PNG must be whole; a JPEG must be baseline (ITU-T T.81, SOF0). */
export function pictureHeader(bytes: Uint8Array): PictureHeader {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (picture.toString('hex', 0, 8) === PNG_SIGNATURE) return pngHeader(picture)
  if (picture.length > 4 && picture.readUInt16BE(0) === 0xffd8) return jpegHeader(picture)
  return refuse('picture-format')
}

function pngHeader(picture: Buffer): PictureHeader {
  const whole = picture.length >= 45 && picture.toString('hex', picture.length - 12) === PNG_END
  if (!whole || picture.toString('latin1', 12, 16) !== 'IHDR') return refuse('picture-format')
  return {
    format: 'png',
    width: picture.readUInt32BE(16),
    height: picture.readUInt32BE(20),
    depth: picture[24]!,
    gray: picture[25] === 0,
  }
}

function jpegHeader(picture: Buffer): PictureHeader {
  for (let at = 2; at + 10 <= picture.length;) {
    const marker = picture.readUInt16BE(at)
    if (marker === 0xffc0) {
      return {
        format: 'jpeg',
        depth: picture[at + 4]!,
        height: picture.readUInt16BE(at + 5),
        width: picture.readUInt16BE(at + 7),
        gray: picture[at + 9] === 1,
      }
    }
    // Another frame header, or the scan before any frame header.
    const otherFrame = marker >= 0xffc1 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (otherFrame || marker === 0xffda || marker < 0xff01) return refuse('picture-format')
    at += 2 + picture.readUInt16BE(at + 2)
  }
  return refuse('picture-format')
}
