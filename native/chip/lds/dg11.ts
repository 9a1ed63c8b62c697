import type { ChipDocumentDetails, ChipPersonalDetails } from '#native/capability/card-reader.ts'
import { readAll, readOne, type Tlv } from '../tlv.ts'
import { ldsFiles } from './files.ts'

type Texts<Field extends string> = Readonly<Record<number, Field>>

const personal: Texts<Exclude<keyof ChipPersonalDetails, 'otherNames'>> = {
  0x5f0e: 'fullName',
  0x5f10: 'personalNumber',
  0x5f2b: 'birthDate',
  0x5f11: 'birthPlace',
  0x5f42: 'address',
  0x5f12: 'telephone',
  0x5f13: 'profession',
  0x5f14: 'title',
  0x5f15: 'summary',
  0x5f17: 'otherDocuments',
  0x5f18: 'custody',
}
const document: Texts<Exclude<keyof ChipDocumentDetails, 'otherPersons'>> = {
  0x5f19: 'authority',
  0x5f26: 'issued',
  0x5f1b: 'endorsements',
  0x5f1c: 'taxOrExit',
  0x5f55: 'personalised',
  0x5f56: 'personalisationSystem',
}
const dates: ReadonlySet<number> = new Set([0x5f2b, 0x5f26, 0x5f55])
const listTag = 0xa0

/** Additional details of the holder (ICAO 9303-10 4.7.11). Throws CHIP_MALFORMED; unknown objects are passed over. */
export function parseDg11(file: Uint8Array): ChipPersonalDetails {
  const objects = readAll(readOne(file, ldsFiles.DG11.tag).value)
  const otherNames = listOf(objects, 0x5f0f)
  return { ...textsOf(objects, personal), ...(otherNames.length > 0 ? { otherNames } : {}) }
}

/** Additional details of the document (ICAO 9303-10 4.7.12). Its pictures stay in the raw file. */
export function parseDg12(file: Uint8Array): ChipDocumentDetails {
  const objects = readAll(readOne(file, ldsFiles.DG12.tag).value)
  const otherPersons = listOf(objects, 0x5f1a)
  return { ...textsOf(objects, document), ...(otherPersons.length > 0 ? { otherPersons } : {}) }
}

function textsOf<Field extends string>(objects: readonly Tlv[], names: Texts<Field>): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {}
  for (const { tag, value } of objects) {
    const name = names[tag]
    const text = name && (dates.has(tag) ? dateText(value) : textOf(value))
    if (name && text) found[name] ??= text
  }
  return found
}

/** The objects with one tag inside the DO'A0' that counts them. */
function listOf(objects: readonly Tlv[], tag: number): string[] {
  const list = objects.find((object) => object.tag === listTag)
  try {
    const inside = list ? readAll(list.value) : []
    return inside.filter((object) => object.tag === tag).map((object) => textOf(object.value))
  } catch {
    return []
  }
}

/** Eight digits, or fourteen with a time, written as text or packed two to a byte. */
function dateText(value: Uint8Array): string {
  const text = Buffer.from(value).toString('latin1')
  return /^\d+$/.test(text) ? text : Buffer.from(value).toString('hex')
}

/** Fillers separate parts as in the machine readable zone. */
function textOf(value: Uint8Array): string {
  return new TextDecoder().decode(value).replace(/<<+/g, ', ').replaceAll('<', ' ').normalize('NFC').trim()
}
