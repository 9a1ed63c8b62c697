export type PictureHeader = {
  readonly format: 'png' | 'jpeg'
  readonly width: number
  readonly height: number
  /** Bits of one sample. */
  readonly depth: number
  /** Samples of one pixel; 1 is grey. */
  readonly channels: number
}

const PNG_SIGNATURE = '89504e470d0a1a0a'
const PNG_END = '0000000049454e44ae426082'
/** By colour type: grey, true colour, palette, grey and colour with transparency. */
const pngChannels: readonly (number | undefined)[] = [1, undefined, 3, 3, 2, undefined, 4]

/** What the header says of a whole PNG or a baseline JPEG (ITU-T T.81, SOF0); undefined for anything else. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (picture.toString('hex', 0, 8) === PNG_SIGNATURE) return pngHeader(picture)
  if (picture.length > 4 && picture.readUInt16BE(0) === 0xffd8) return jpegHeader(picture)
  return undefined
}

function pngHeader(picture: Buffer): PictureHeader | undefined {
  const whole = picture.length >= 45 && picture.toString('hex', picture.length - 12) === PNG_END
  if (!whole || picture.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return {
    format: 'png',
    width: picture.readUInt32BE(16),
    height: picture.readUInt32BE(20),
    depth: picture[24]!,
    channels: pngChannels[picture[25]!] ?? 0,
  }
}

function jpegHeader(picture: Buffer): PictureHeader | undefined {
  for (let at = 2; at + 10 <= picture.length;) {
    const marker = picture.readUInt16BE(at)
    if (marker === 0xffc0) {
      return {
        format: 'jpeg',
        depth: picture[at + 4]!,
        height: picture.readUInt16BE(at + 5),
        width: picture.readUInt16BE(at + 7),
        channels: picture[at + 9]!,
      }
    }
    // Another frame header, or the scan before any frame header.
    const otherFrame = marker >= 0xffc1 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (otherFrame || marker === 0xffda || marker < 0xff01) return undefined
    at += 2 + picture.readUInt16BE(at + 2)
  }
  return undefined
}
