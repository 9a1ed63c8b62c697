import { inflateSync } from 'node:zlib'
import { AppError } from '#domain/failure/index.ts'
import { checkJpeg2000 } from '#native/chip/lds/jpeg2000-header.ts'
import { decodeJpeg2000 } from '#native/chip/lds/shown-portrait.ts'
import { decodePng } from '#native/imaging/index.ts'
import { malformed } from './record.ts'

/** `packed`: bit-packed without compression. `jpeg`, `wsq`: with loss. */
export type ImageCoding = 'raw' | 'packed' | 'png' | 'jpeg2000' | 'jpeg' | 'wsq'

/** A single finger at 1000 dpi has under 2 million. */
const mostPixels = 4_000_000
const leastEdge = 16

/**
 * 8-bit grey pixels of exactly that size. DEVICE_REFUSED with reason `wsq` or `jpeg` for what this program does not
 * decode; DEVICE_GARBLED when the picture is not what the record says of it.
 */
export async function decodePixels(record: {
  readonly width: number
  readonly height: number
  readonly coding: ImageCoding
  readonly image: Uint8Array
}): Promise<Uint8Array> {
  const { width, height, coding, image } = record
  if (width < leastEdge || height < leastEdge || width * height > mostPixels) throw malformed('size')
  switch (coding) {
    case 'raw':
    // With 8 bits a pixel there is nothing to pack.
    case 'packed': {
      if (image.length !== width * height) throw malformed('image-length')
      // A copy, not a view of the whole answer.
      return Uint8Array.from(image)
    }
    case 'png':
      return decodeGreyPng(image, width, height)
    case 'jpeg2000':
      return decodeGrey2000(image, width, height)
    case 'jpeg':
    case 'wsq':
      throw new AppError('DEVICE_REFUSED', 'sbi.record', { context: { reason: coding } })
  }
}

async function decodeGrey2000(image: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  try {
    const header = checkJpeg2000(image)
    const isAsTold = header.width === width && header.height === height && header.components === 1 && header.bits === 8
    if (!isAsTold) throw malformed('jpeg2000')
    const { data } = await decodeJpeg2000(image)
    return Uint8Array.from({ length: width * height }, (_, pixel) => data[4 * pixel] ?? 0)
  } catch (error) {
    throw garbled(error, 'jpeg2000')
  }
}

function decodeGreyPng(image: Uint8Array, width: number, height: number): Uint8Array {
  try {
    checkPng(image, width, height)
    const png = decodePng(image)
    if (png.pixels.length !== width * height) throw malformed('png')
    return png.pixels
  } catch (error) {
    throw garbled(error, 'png')
  }
}

/** Before the decoder sees it: 8-bit grey of that size, not interlaced, and no more in its data than its rows need. */
function checkPng(image: Uint8Array, width: number, height: number): void {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength)
  const header = [view.getUint32(12), view.getUint32(16), view.getUint32(20), view.getUint32(24), view.getUint8(28)]
  const wanted = [0x49484452, width, height, 0x08000000, 0]
  if (header.some((value, index) => value !== wanted[index])) throw malformed('png')
  const data: Uint8Array[] = []
  for (let at = 8; at + 12 <= image.length;) {
    const length = view.getUint32(at)
    if (length > image.length - at - 12) throw malformed('png')
    if (view.getUint32(at + 4) === 0x49444154) data.push(image.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  inflateSync(Buffer.concat(data), { maxOutputLength: (width + 1) * height })
}

/** What a decoder says of a device's picture is the device's fault, whatever it throws. */
function garbled(error: unknown, at: string): AppError {
  return error instanceof AppError && error.code === 'DEVICE_GARBLED' ? error : malformed(at)
}
