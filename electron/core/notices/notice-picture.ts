import { inspectPicture } from '#core/enrolment/picture.ts'
import { AppError } from '#domain/failure/index.ts'

export const mostPictureBytes = 10 * 1024 * 1024
const mostPixels = 30_000_000

/** Media type of a JPEG, PNG or WebP whose header says its size. Throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE. */
export function inspectNoticePicture(bytes: Uint8Array): { readonly mediaType: string } {
  const facts = webpFacts(bytes) ?? inspectPicture(bytes, mostPictureBytes)
  if (facts.width * facts.height > mostPixels)
    throw new AppError('IMAGE_TOO_LARGE', 'notices.picture', { context: { width: facts.width, height: facts.height } })
  return { mediaType: facts.mediaType }
}

/** RFC 9649: the first chunk of a RIFF file tells the size, in one of three ways. */
function webpFacts(bytes: Uint8Array) {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.length < 30 || view.toString('latin1', 0, 4) !== 'RIFF' || view.toString('latin1', 8, 12) !== 'WEBP')
    return undefined
  const size = webpSize(view, view.toString('latin1', 12, 16))
  if (!size || size.width === 0 || size.height === 0 || view.readUInt32LE(4) + 8 > view.length)
    throw new AppError('IMAGE_UNREADABLE', 'notices.picture')
  return { mediaType: 'image/webp', ...size }
}

function webpSize(view: Buffer, chunk: string): { readonly width: number; readonly height: number } | undefined {
  switch (chunk) {
    case 'VP8 ':
      if (view.readUIntBE(23, 3) !== 0x9d012a) return undefined
      return { width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      if (view[20] !== 0x2f) return undefined
      const packed = view.readUInt32LE(21)
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}
