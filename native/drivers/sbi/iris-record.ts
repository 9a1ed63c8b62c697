import type { Eye } from '#native/capability/iris-camera.ts'
import type { ImageCoding } from './image-data.ts'
import { malformed, openRecord, takeImage } from './record.ts'

export type IrisRecord = {
  readonly eye: Eye
  readonly width: number
  readonly height: number
  readonly coding: ImageCoding
  readonly image: Uint8Array
}

const eyes: Readonly<Record<number, Eye>> = { 1: 'right', 2: 'left' }
/** Image formats without colour, ISO/IEC 19794-6:2011 table 4. */
const codings: Readonly<Record<number, ImageCoding>> = { 2: 'raw', 6: 'jpeg', 10: 'jpeg2000', 14: 'png' }
/** Range, roll angle and its uncertainty, centre and diameter of the iris: 9 numbers of 2 bytes. */
const measures = 18

/** Reads an iris image record (ISO/IEC 19794-6:2011, tables 3 and 4) of one eye. DEVICE_GARBLED when it is none. */
export function readIrisRecord(bytes: Uint8Array): IrisRecord {
  const cursor = openRecord(bytes, 'IIR\0')
  cursor.u16()
  const eye = eyes[cursor.u8()]
  if (!eye) throw malformed('eye')
  cursor.u8()
  const coding = codings[cursor.u8()]
  if (!coding) throw malformed('format')
  cursor.u8()
  const [width, height] = [cursor.u16(), cursor.u16()]
  if (cursor.u8() !== 8) throw malformed('depth')
  cursor.take(measures)
  return { eye, width, height, coding, image: takeImage(cursor, false) }
}
