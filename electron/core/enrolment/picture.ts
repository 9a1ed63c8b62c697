import { AppError } from '#domain/failure/index.ts'

export type PictureFacts = {
  readonly mediaType: 'image/jpeg' | 'image/png'
  readonly width: number
  readonly height: number
}

/** No camera at a desk is larger; a picture that says so is a mistake or an attack. */
const mostPixels = 60_000_000
const mostBytesTaken = 24 * 1024 * 1024
/** Pictures of the device process itself: a page without loss. */
export const mostBytesMade = 200 * 1024 * 1024

/**
 * Reads format and size from the headers of a JPEG (ISO/IEC 10918-1 B.2) or PNG (ISO/IEC 15948) that is whole up to
 * its end mark. Throws IMAGE_UNREADABLE or IMAGE_TOO_LARGE.
 */
export function inspectPicture(bytes: Uint8Array, mostBytes = mostBytesTaken): PictureFacts {
  if (bytes.length > mostBytes)
    throw new AppError('IMAGE_TOO_LARGE', 'picture.inspect', { context: { bytes: bytes.length } })
  const facts = pngFacts(bytes) ?? jpegFacts(bytes)
  if (!facts || facts.width === 0 || facts.height === 0) {
    throw new AppError('IMAGE_UNREADABLE', 'picture.inspect', { context: { bytes: bytes.length } })
  }
  if (facts.width * facts.height > mostPixels) {
    throw new AppError('IMAGE_TOO_LARGE', 'picture.inspect', { context: { width: facts.width, height: facts.height } })
  }
  return facts
}

function pngFacts(bytes: Uint8Array): PictureFacts | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 57 || view.readUInt32BE(0) !== 0x89504e47 || view.toString('latin1', 12, 16) !== 'IHDR')
    return undefined
  if (view.toString('latin1', view.length - 8, view.length - 4) !== 'IEND') return undefined
  return { mediaType: 'image/png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) }
}

function jpegFacts(bytes: Uint8Array): PictureFacts | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (
    bytes.length < 20 ||
    view.readUInt16BE(0) !== 0xffd8 ||
    view.lastIndexOf(Buffer.from([0xff, 0xd9])) < view.length - 64
  ) {
    return undefined
  }
  for (let at = 2; at + 9 < view.length;) {
    if (view[at] !== 0xff) return undefined
    const marker = view[at + 1] ?? 0
    // SOF0 … SOF15 without DHT, JPG and DAC, which share the range.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { mediaType: 'image/jpeg', height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) }
    }
    at += 2 + view.readUInt16BE(at + 2)
  }
  return undefined
}

/** Media type of a stored picture, by its first bytes. */
export function mediaTypeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png'
  return 'application/octet-stream'
}
