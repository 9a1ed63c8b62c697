import { AppError } from '#domain/failure/index.ts'
import { pick, readAll, readOne } from '../tlv.ts'
import { ldsFiles } from './files.ts'

export type Portrait = { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' | 'image/jp2' }

const facialHeaderLength = 14
const facialInformationLength = 20
const featurePointLength = 8
const imageInformationLength = 12
/** FAC and a zero byte. */
const facialRecord = [0x46, 0x41, 0x43, 0x00] as const

/**
 * The first facial image of DG2: the biometric template of ICAO 9303-10 4.7.2 around an ISO/IEC 19794-5 record or an
 * ISO/IEC 39794-5 data block.
 * The kind of picture is taken from its own first bytes, since chips are known to announce the wrong one.
 * Throws CHIP_MALFORMED. The picture is not decoded here.
 */
export function parseDg2(file: Uint8Array): Portrait {
  const group = readAll(readOne(file, ldsFiles.DG2.tag).value)
  const templates = readAll(pick(group, 0x7f61).value)
  const template = readAll(pick(templates, 0x7f60).value)
  const { value } = pick(template, 0x5f2e, 0x7f2e)
  return startsWith(value, ...facialRecord) ? parseFacialRecord(value) : parseFacialBlock(value)
}

/**
 * ISO/IEC 39794-5:2019: FaceImageDataBlock [APPLICATION 5], in it the representation blocks [1], and in the first of
 * them image [1], base [0], two-dimensional block [0], data [0]. Other members are optional and passed over.
 */
export function parseFacialBlock(block: Uint8Array): Portrait {
  const [outer] = readAll(block)
  const inner = outer?.tag === 0xa1 ? pick(readAll(outer.value), 0x65) : outer
  if (inner?.tag !== 0x65) throw malformed('format')
  const [representation] = readAll(pick(readAll(inner.value), 0xa1).value)
  if (!representation) throw malformed('faces')
  const image = pick(readAll(representation.value), 0xa1)
  const flat = pick(readAll(pick(readAll(image.value), 0xa0).value), 0xa0)
  const { value: bytes } = pick(readAll(flat.value), 0x80)
  const mediaType = mediaTypeOf(bytes)
  if (!mediaType) throw malformed('picture')
  return { bytes, mediaType }
}

/** ISO/IEC 19794-5:2005 5.4–5.7: record header, facial information, feature points, image information, image. */
export function parseFacialRecord(record: Uint8Array): Portrait {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  if (record.length < facialHeaderLength + facialInformationLength + imageInformationLength) throw malformed('short')
  if (!startsWith(record, ...facialRecord)) throw malformed('format')
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
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  // The JP2 box, or a bare JPEG 2000 code stream.
  const jp2 = startsWith(bytes, 0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50) || startsWith(bytes, 0xff, 0x4f, 0xff, 0x51)
  return jp2 ? 'image/jp2' : undefined
}

function startsWith(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte)
}

function malformed(what: string): AppError {
  return new AppError('CHIP_MALFORMED', 'chip.read/DG2', { context: { what } })
}
