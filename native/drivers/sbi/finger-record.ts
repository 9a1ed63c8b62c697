import { fingerPositions, type FingerPosition } from '#domain/biometrics/index.ts'
import type { ImageCoding } from './image-data.ts'
import { malformed, openRecord, takeImage } from './record.ts'

export type FingerRecord = {
  readonly position: FingerPosition
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly coding: ImageCoding
  readonly image: Uint8Array
}

/** Compression algorithm codes, ISO/IEC 19794-4:2011 table 9. */
const codings: readonly ImageCoding[] = ['raw', 'packed', 'wsq', 'jpeg', 'jpeg2000', 'jpeg2000', 'png']
/** Live-scan plain, and unknown: table 10. */
const plain = [0, 29]
const perInch = 1
const perCentimetre = 2
const centimetresPerInch = 2.54

/** Reads a finger image record (ISO/IEC 19794-4:2011, tables 3 to 5) of one finger. DEVICE_GARBLED when it is none. */
export function readFingerRecord(bytes: Uint8Array): FingerRecord {
  const cursor = openRecord(bytes, 'FIR\0')
  const code = cursor.u8()
  const position = (Object.keys(fingerPositions) as FingerPosition[]).find((finger) => fingerPositions[finger] === code)
  if (!position) throw malformed('position')
  cursor.u8()
  const unit = cursor.u8()
  if (unit !== perInch && unit !== perCentimetre) throw malformed('scale')
  // Of the sensor, then of the image.
  cursor.take(4)
  const [across, down] = [cursor.u16(), cursor.u16()]
  if (across !== down) throw malformed('sampling')
  if (cursor.u8() !== 8) throw malformed('depth')
  const coding = codings[cursor.u8()]
  if (!coding) throw malformed('compression')
  if (!plain.includes(cursor.u8())) throw malformed('impression')
  const [width, height] = [cursor.u16(), cursor.u16()]
  const dpi = unit === perInch ? across : Math.round(across * centimetresPerInch)
  return { position, width, height, dpi, coding, image: takeImage(cursor, true) }
}
