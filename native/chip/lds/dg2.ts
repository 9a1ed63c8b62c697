import { AppError } from '#domain/failure/index.ts'
import { pick, readAll, readOne } from '../tlv.ts'
import { ldsFiles } from './files.ts'

export type Portrait = { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' | 'image/jp2' }

const facialHeaderLength = 14
const facialInformationLength = 20
const featurePointLength = 8
const imageInformationLength = 12

/**
 * The first facial image of DG2: the biometric template of ICAO 9303-10 4.7.2 around an ISO/IEC 19794-5 record.
 * The kind of picture is taken from its own first bytes, since chips are known to announce the wrong one.
 * Throws CHIP_MALFORMED. The picture is not decoded here.
 */
export function parseDg2(file: Uint8Array): Portrait {
  const group = readAll(readOne(file, ldsFiles.DG2.tag).value)
  const templates = readAll(pick(group, 0x7f61).value)
  const template = readAll(pick(templates, 0x7f60).value)
  return parseFacialRecord(pick(template, 0x5f2e, 0x7f2e).value)
}

/** ISO/IEC 19794-5:2005 5.4–5.7: record header, facial information, feature points, image information, image. */
export function parseFacialRecord(record: Uint8Array): Portrait {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  if (record.length < facialHeaderLength + facialInformationLength + imageInformationLength) throw malformed('short')
  if (view.getUint32(0) !== 0x46414300) throw malformed('format')
  if (view.getUint32(8) > record.length) throw malformed('length')
  if (view.getUint16(12) < 1) throw malformed('faces')
  const faceLength = view.getUint32(facialHeaderLength)
  const points = view.getUint16(facialHeaderLength + 4)
  const start = facialHeaderLength + facialInformationLength + points * featurePointLength + imageInformationLength
  const end = facialHeaderLength + faceLength
  if (end > record.length || start >= end) throw malformed('length')
  const bytes = record.subarray(start, end)
  const mediaType = mediaTypeOf(bytes)
  if (!mediaType) throw malformed('picture')
  return { bytes, mediaType }
}

function mediaTypeOf(bytes: Uint8Array): Portrait['mediaType'] | undefined {
  const starts = (...magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte)
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  // The JP2 box, or a bare JPEG 2000 code stream.
  if (starts(0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50) || starts(0xff, 0x4f, 0xff, 0x51)) return 'image/jp2'
  return undefined
}

function malformed(what: string): AppError {
  return new AppError('CHIP_MALFORMED', 'chip.read/DG2', { context: { what } })
}
