import { AppError } from '#domain/failure/index.ts'

const version = '020\0'
const generalHeader = 16
const qualityBlock = 5
const certificationBlock = 3
/** 9 for the time of capture, 1 technology, 2 vendor, 2 type of the device. */
const captureFacts = 14

export type Cursor = {
  u8(): number
  u16(): number
  u32(): number
  take(count: number): Uint8Array
  left(): number
}

/** DEVICE_GARBLED: the record is not as the standard lays it out; `at` names the field. */
export function malformed(at: string): AppError {
  return new AppError('DEVICE_GARBLED', 'sbi.record', { context: { reason: 'record', at } })
}

function cursorOver(bytes: Uint8Array): Cursor {
  let at = 0
  const take = (count: number) => {
    if (count > bytes.length - at) throw malformed('length')
    at += count
    return bytes.subarray(at - count, at)
  }
  const number = (count: number) => take(count).reduce((value, byte) => value * 256 + byte, 0)
  return { u8: () => number(1), u16: () => number(2), u32: () => number(4), take, left: () => bytes.length - at }
}

/**
 * What finger and iris image records of 2011 have in common (ISO/IEC 19794-4 and -6, tables 3 and 4): reads the general
 * header and the representation header down to its quality and certification blocks. One representation of one finger or
 * eye, as SBI devices send them. The cursor stands at what is particular, and ends with the representation.
 */
export function openRecord(bytes: Uint8Array, format: 'FIR\0' | 'IIR\0'): Cursor {
  const cursor = cursorOver(bytes)
  const text = () => Buffer.from(cursor.take(4)).toString('latin1')
  if (text() !== format) throw malformed('format')
  if (text() !== version) throw malformed('version')
  if (cursor.u32() !== bytes.length) throw malformed('length')
  if (cursor.u16() !== 1) throw malformed('representations')
  const certified = cursor.u8()
  if (certified > (format === 'FIR\0' ? 1 : 0)) throw malformed('certification')
  if (cursor.u8() > 1) throw malformed('positions')
  if (cursor.u32() !== bytes.length - generalHeader) throw malformed('representation-length')
  cursor.take(captureFacts)
  cursor.take(cursor.u8() * qualityBlock)
  if (certified === 1) cursor.take(cursor.u8() * certificationBlock)
  return cursor
}

/** The length of the image and the image; finger records may go on with extended data blocks (19794-4 8.3.3), passed over. */
export function takeImage(cursor: Cursor, extended: boolean): Uint8Array {
  const image = cursor.take(cursor.u32())
  while (extended && cursor.left() > 0) {
    cursor.u16()
    const length = cursor.u16()
    if (length < 4) throw malformed('extended-data')
    cursor.take(length - 4)
  }
  if (cursor.left() > 0) throw malformed('length')
  if (image.length === 0) throw malformed('image')
  return image
}
