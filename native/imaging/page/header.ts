import { AppError } from '#domain/failure/index.ts'

export type PictureHeader = {
  readonly format: 'jpeg' | 'png'
  readonly width: number
  readonly height: number
  /** EXIF orientation 1–8: how the pixels lie (EXIF 2.32, tag 0x0112). */
  readonly orientation: number
}

/** What a JPEG or PNG file says of itself, without unpacking anything. Throws IMAGE_UNREADABLE. */
export function readHeader(bytes: Uint8Array, step: string): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let header: PictureHeader | undefined
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8) header = readJpeg(view)
    else if (bytes.length > 32 && view.getUint32(0) === 0x89504e47) header = readPng(view)
  } catch (cause) {
    // A length that points behind the end.
    if (!(cause instanceof RangeError)) throw cause
  }
  if (!header || header.width < 1 || header.height < 1) throw new AppError('IMAGE_UNREADABLE', step)
  return header
}

function readPng(view: DataView): PictureHeader | undefined {
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  let orientation = 1
  for (let at = 8; at + 12 <= view.byteLength;) {
    const size = view.getUint32(at)
    const type = view.getUint32(at + 4)
    // eXIf, which stands before the pixels when anybody wants it to count; IDAT.
    if (type === 0x65584966) orientation = readOrientation(view, at + 8, at + 8 + size)
    if (type === 0x49444154) break
    at += size + 12
  }
  return { format: 'png', width, height, orientation }
}

function readJpeg(view: DataView): PictureHeader | undefined {
  let orientation = 1
  for (let at = 2; at + 4 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    const size = view.getUint16(at + 2)
    // Start of frame of any kind; C4, C8 and CC share the range and are none (ITU-T T.81, table B.1).
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { format: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7), orientation }
    }
    // "Exif" and two zeros.
    if (marker === 0xe1 && size > 10 && view.getUint32(at + 4) === 0x45786966) {
      orientation = readOrientation(view, at + 10, at + 2 + size)
    }
    at += 2 + size
  }
  return undefined
}

function readOrientation(view: DataView, start: number, end: number): number {
  if (end > view.byteLength || end - start < 14) return 1
  const little = view.getUint16(start) === 0x4949
  const first = start + view.getUint32(start + 4, little)
  if (first + 2 > end) return 1
  const count = view.getUint16(first, little)
  for (let at = first + 2; at + 12 <= end && at < first + 2 + count * 12; at += 12) {
    if (view.getUint16(at, little) !== 0x0112) continue
    const value = view.getUint16(at + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}
