import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import jpeg from 'jpeg-js'
import { encodeTlv } from '#native/chip/tlv.ts'
import type { ChipOptions } from './chip-options.ts'
import { drawPortrait } from '../people/portrait.ts'

const width = 300
const height = 400

/** The drawn portrait as it lies in DG2. */
export async function encodePortrait(seed: number, kind: NonNullable<ChipOptions['portrait']>): Promise<Uint8Array> {
  const drawing = drawPortrait({ seed, width, height })
  if (kind === 'jpeg') return new Uint8Array(jpeg.encode(drawing, 83).data)
  const { default: load } = await import('@cornerstonejs/codec-openjpeg/wasmjs')
  const path = createRequire(import.meta.url).resolve('@cornerstonejs/codec-openjpeg/wasm')
  const { J2KEncoder } = await load({ wasmBinary: await readFile(path), print: () => {}, printErr: () => {} })
  const encoder = new J2KEncoder()
  const frame = { width, height, bitsPerSample: 8, componentCount: 3, isSigned: false, isUsingColorTransform: true }
  const samples = encoder.getDecodedBuffer(frame)
  for (let pixel = 0; pixel < width * height; pixel++) {
    samples.set(drawing.data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel)
  }
  encoder.setQuality(false, 0)
  encoder.setCompressionRatio(0, 24)
  encoder.encode()
  const encoded = Uint8Array.from(encoder.getEncodedBuffer())
  encoder.delete()
  return encoded
}

/** DG2 with one frontal face, in the CBEFF template of ICAO 9303-10 4.7.2. */
export function encodeDg2(
  picture: Uint8Array,
  sex: 'M' | 'F',
  container: NonNullable<ChipOptions['container']>,
): Uint8Array {
  const header = encodeTlv(
    0xa1,
    encodeTlv(0x81, Uint8Array.of(0x02)),
    encodeTlv(0x82, Uint8Array.of(0x00)),
    encodeTlv(0x87, Uint8Array.of(0x01, 0x01)),
    encodeTlv(0x88, Uint8Array.of(0x00, container === 'iso19794' ? 0x08 : 0x2a)),
  )
  const block =
    container === 'iso19794' ? encodeTlv(0x5f2e, facialRecord(picture, sex)) : encodeTlv(0x7f2e, facialBlock(picture))
  const template = encodeTlv(0x7f60, header, block)
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(1)), template))
}

/** ISO/IEC 19794-5 record with one face and no feature points. */
function facialRecord(picture: Uint8Array, sex: 'M' | 'F'): Uint8Array {
  const faceLength = 20 + 12 + picture.length
  const record = new Uint8Array(14 + faceLength)
  const view = new DataView(record.buffer)
  record.set(Buffer.from('FAC\u0000010\u0000', 'latin1'))
  view.setUint32(8, record.length)
  view.setUint16(12, 1)
  view.setUint32(14, faceLength)
  view.setUint8(20, sex === 'M' ? 1 : 2)
  // Image information: full frontal, JPEG or JPEG 2000, 24 bit sRGB, source unspecified.
  const information = 14 + 20
  view.setUint8(information, 1)
  view.setUint8(information + 1, picture[0] === 0xff && picture[1] === 0xd8 ? 0 : 1)
  view.setUint16(information + 2, width)
  view.setUint16(information + 4, height)
  view.setUint8(information + 6, 1)
  record.set(picture, information + 12)
  return record
}

/** ISO/IEC 39794-5 data block with its mandatory members only. */
function facialBlock(picture: Uint8Array): Uint8Array {
  const version = encodeTlv(0xa0, encodeTlv(0x80, Uint8Array.of(3)), encodeTlv(0x81, Uint8Array.of(0x07, 0xe3)))
  const information = encodeTlv(0xa1, encodeTlv(0xa0, encodeTlv(0x80, Uint8Array.of(picture[1] === 0xd8 ? 2 : 3))))
  const flat = encodeTlv(0xa0, encodeTlv(0x80, picture), information)
  const representation = encodeTlv(0x30, encodeTlv(0x80, Uint8Array.of(0)), encodeTlv(0xa1, encodeTlv(0xa0, flat)))
  return encodeTlv(0xa1, encodeTlv(0x65, version, encodeTlv(0xa1, representation)))
}
