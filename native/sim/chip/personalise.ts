import { encodeTlv } from '#native/chip/tlv.ts'
import { ldsFiles, type LdsFile } from '#native/chip/lds/files.ts'
import { composeMrz } from '#domain/person/mrz.ts'
import type { PaceOffer } from '#native/chip/pace.ts'
import type { Personalisation } from '../people/people.ts'
import type { ChipSecrets } from './card-proofs.ts'
import type { ChipOptions } from './chip-options.ts'
import { encodeDg2, encodePortrait } from './portrait-file.ts'
import { makeSecrets, paceOffers } from './secrets.ts'
import { signSecurityObject } from './security-object.ts'

/** What lies in the chip, and what is printed on the card around it. */
export type ChipImage = {
  readonly files: Readonly<Partial<Record<LdsFile, Uint8Array>>>
  readonly mrz: readonly [string, string, string]
  readonly can: string
  /** The portrait in DG2, JPEG unless it was asked for otherwise. */
  readonly portrait: Uint8Array
  /** The test authority that signed for the signer of this chip, DER. */
  readonly csca: Uint8Array
  /** EF.CardAccess and what stands behind it; absent on a chip with BAC only. */
  readonly cardAccess?: Uint8Array
  readonly pace?: readonly PaceOffer[]
  /** What stands behind DG14 and DG15. */
  readonly secrets?: ChipSecrets
}

/** Writes a person into a chip: DG1, DG2, DG3 (never readable), DG13, COM, a signed SOD, and what `options` ask for. */
export async function personalise(person: Personalisation, options: ChipOptions = {}): Promise<ChipImage> {
  const mrz = composeMrz({
    personalNumber: person.personalNumber,
    fullName: person.fullName,
    birthDate: shortDate(person.birthDate),
    sex: person.sex,
    expiryDate: shortDate(person.expires),
  })
  const portrait = await encodePortrait(person.portraitSeed, options.portrait ?? 'jpeg')
  const pace = paceOffers(options)
  const { secrets, infos, dg15 } = makeSecrets(options)
  const cardAccess = pace.infos.length > 0 ? { cardAccess: encodeTlv(0x31, ...pace.infos), pace: pace.offers } : {}
  const securityInfos = [...pace.infos, ...infos]
  const groups = {
    DG1: encodeTlv(0x61, encodeTlv(0x5f1f, Buffer.from(mrz.join(''), 'latin1'))),
    DG2: encodeDg2(portrait, person.sex, options.container ?? 'iso19794'),
    DG3: encodeTlv(0x63, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(0)))),
    ...(options.additionalDetails ? { DG11: encodeDg11(person), DG12: encodeDg12(person) } : {}),
    DG13: encodeDg13(person),
    ...(securityInfos.length > 0 ? { DG14: encodeTlv(0x6e, encodeTlv(0x31, ...securityInfos)) } : {}),
    ...(dg15 ? { DG15: dg15 } : {}),
  }
  const { sod, csca } = await signSecurityObject(groups)
  const tags = Uint8Array.from(Object.keys(groups), (name) => ldsFiles[name as LdsFile].tag)
  const text = (characters: string) => Buffer.from(characters, 'latin1')
  const com = encodeTlv(0x60, encodeTlv(0x5f01, text('0107')), encodeTlv(0x5f36, text('040000')), encodeTlv(0x5c, tags))
  const can = person.personalNumber.slice(-6)
  return { files: { ...groups, COM: com, SOD: sod }, mrz, can, portrait, csca, ...cardAccess, secrets }
}

/** Name, number, birth date and place, with the list of tags that stands first (ICAO 9303-10 4.7.11). */
function encodeDg11(person: Personalisation): Uint8Array {
  return encodeListed(0x6b, [
    [0x5f0e, person.fullName],
    [0x5f10, person.personalNumber],
    [0x5f2b, person.birthDate.replaceAll('-', '')],
    [0x5f11, person.origin],
    [0x5f42, person.residence],
  ])
}

function encodeDg12(person: Personalisation): Uint8Array {
  return encodeListed(0x6c, [
    [0x5f19, 'Cơ quan giả lập'],
    [0x5f26, person.issued.replaceAll('-', '')],
  ])
}

function encodeListed(tag: number, entries: readonly (readonly [number, string])[]): Uint8Array {
  const tags = Uint8Array.from(entries.flatMap(([entry]) => [entry >> 8, entry & 0xff]))
  return encodeTlv(
    tag,
    encodeTlv(0x5c, tags),
    ...entries.map(([entry, text]) => encodeTlv(entry, Buffer.from(text, 'utf8'))),
  )
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
