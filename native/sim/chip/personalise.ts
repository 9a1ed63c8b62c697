import jpeg from 'jpeg-js'
import { encodeTlv } from '#native/chip/tlv.ts'
import { ldsFiles, type LdsFile } from '#native/chip/lds/files.ts'
import { composeMrz } from '#domain/person/mrz.ts'
import { drawPortrait } from '../people/portrait.ts'
import type { Personalisation } from '../people/people.ts'
import { signSecurityObject } from './security-object.ts'

/** What lies in the chip, and what is printed on the card around it. */
export type ChipImage = {
  readonly files: Readonly<Partial<Record<LdsFile, Uint8Array>>>
  readonly mrz: readonly [string, string, string]
  readonly can: string
  /** The portrait in DG2, JPEG. */
  readonly portrait: Uint8Array
  /** The test authority that signed for the signer of this chip, DER. */
  readonly csca: Uint8Array
}

/** Writes a person into a chip: DG1, DG2, DG3 (never readable), DG13, COM and a signed SOD. */
export async function personalise(person: Personalisation): Promise<ChipImage> {
  const mrz = composeMrz({
    personalNumber: person.personalNumber,
    fullName: person.fullName,
    birthDate: shortDate(person.birthDate),
    sex: person.sex,
    expiryDate: shortDate(person.expires),
  })
  const portrait = portraitJpeg(person.portraitSeed)
  const groups = {
    DG1: encodeTlv(0x61, encodeTlv(0x5f1f, Buffer.from(mrz.join(''), 'latin1'))),
    DG2: encodeDg2(portrait, person.sex),
    DG3: encodeTlv(0x63, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(0)))),
    DG13: encodeDg13(person),
  }
  const { sod, csca } = await signSecurityObject(groups)
  const tags = Uint8Array.from(Object.keys(groups), (name) => ldsFiles[name as LdsFile].tag)
  const text = (characters: string) => Buffer.from(characters, 'latin1')
  const com = encodeTlv(0x60, encodeTlv(0x5f01, text('0107')), encodeTlv(0x5f36, text('040000')), encodeTlv(0x5c, tags))
  return { files: { ...groups, COM: com, SOD: sod }, mrz, can: person.personalNumber.slice(-6), portrait, csca }
}

function portraitJpeg(seed: number): Uint8Array {
  const drawing = drawPortrait({ seed, width: 300, height: 400 })
  return new Uint8Array(jpeg.encode(drawing, 83).data)
}

/** ISO/IEC 19794-5 record with one frontal face and no feature points, in the CBEFF template of ICAO 9303-10 4.7.2. */
function encodeDg2(picture: Uint8Array, sex: Personalisation['sex']): Uint8Array {
  const faceLength = 20 + 12 + picture.length
  const record = new Uint8Array(14 + faceLength)
  const view = new DataView(record.buffer)
  record.set(Buffer.from('FAC\u0000010\u0000', 'latin1'))
  view.setUint32(8, record.length)
  view.setUint16(12, 1)
  view.setUint32(14, faceLength)
  view.setUint8(20, sex === 'M' ? 1 : 2)
  // Image information: full frontal, JPEG, 300 × 400, 24 bit sRGB, source unspecified.
  const information = 14 + 20
  view.setUint8(information, 1)
  view.setUint16(information + 2, 300)
  view.setUint16(information + 4, 400)
  view.setUint8(information + 6, 1)
  record.set(picture, information + 12)
  const header = encodeTlv(
    0xa1,
    encodeTlv(0x81, Uint8Array.of(0x02)),
    encodeTlv(0x82, Uint8Array.of(0x00)),
    encodeTlv(0x87, Uint8Array.of(0x01, 0x01)),
    encodeTlv(0x88, Uint8Array.of(0x00, 0x08)),
  )
  const template = encodeTlv(0x7f60, header, encodeTlv(0x5f2e, record))
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(1)), template))
}

function encodeDg13(person: Personalisation): Uint8Array {
  const utf8 = (text: string) => encodeTlv(0x0c, Buffer.from(text, 'utf8'))
  const printable = (text: string) => encodeTlv(0x13, Buffer.from(text, 'latin1'))
  const sequence = (...parts: Uint8Array[]) => encodeTlv(0x30, ...parts)
  const entry = (number: number, ...parts: Uint8Array[]) => sequence(encodeTlv(0x02, Uint8Array.of(number)), ...parts)
  return encodeTlv(
    0x6d,
    sequence(
      entry(1, printable(person.personalNumber)),
      entry(2, utf8(person.fullName)),
      entry(3, printable(printedDate(person.birthDate))),
      entry(4, utf8(person.sex === 'M' ? 'Nam' : 'Nữ')),
      entry(5, utf8(person.nationality)),
      entry(6, utf8(person.ethnicity)),
      entry(7, utf8(person.religion)),
      entry(8, utf8(person.origin)),
      entry(9, utf8(person.residence)),
      entry(10, utf8(person.features)),
      entry(11, printable(printedDate(person.issued))),
      entry(12, utf8(printedDate(person.expires))),
      entry(13, sequence(utf8(person.father)), sequence(utf8(person.mother))),
      person.spouse === undefined ? entry(14) : entry(14, sequence(utf8(person.spouse))),
      ...(person.oldNumber === undefined ? [] : [entry(15, printable(person.oldNumber))]),
      // Seen on real chips, purpose unknown.
      entry(16, printable('0000000000000000')),
    ),
  )
}

/** YYMMDD of an ISO date. */
function shortDate(iso: string): string {
  return iso.slice(2).replaceAll('-', '')
}

/** dd/MM/yyyy of an ISO date. */
function printedDate(iso: string): string {
  return iso.split('-').reverse().join('/')
}
