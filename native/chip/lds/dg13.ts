import type { ChipDetails } from '#native/capability/card-reader.ts'
import { readAll, readOne, type Tlv } from '../tlv.ts'
import { ldsFiles } from './files.ts'

type Known = Exclude<keyof ChipDetails, 'unknown'>

const fields: Readonly<Record<number, Known>> = {
  1: 'personalNumber',
  2: 'fullName',
  3: 'birthDate',
  4: 'sex',
  5: 'nationality',
  6: 'ethnicity',
  7: 'religion',
  8: 'origin',
  9: 'residence',
  10: 'features',
  11: 'issued',
  12: 'expires',
  14: 'spouse',
}

const deepest = 4

/**
 * DG13 of the Vietnamese card: numbered entries of strings. Only observed, never published, so it is read tolerantly:
 * any wrapping down to four levels, any string type, entries in any order, the first of doubles.
 * What is not known is kept by its number. Parts that cannot be read are passed over.
 * A file that is not DG13 at all: CHIP_MALFORMED.
 */
export function parseDg13(file: Uint8Array): ChipDetails {
  const details: Partial<Record<Known, string>> = {}
  const unknown: Record<number, string> = {}
  const keep = (field: Known, text: string | undefined) => {
    if (text !== undefined && text !== '') details[field] ??= text
  }
  for (const { number, texts } of entriesOf(readOne(file, ldsFiles.DG13.tag).value)) {
    const field = fields[number]
    if (number === 13) {
      keep('father', texts[0])
      keep('mother', texts[1])
    } else if (field) {
      keep(field, texts.join(' '))
    } else if ((number === 15 || number === 16) && /^\d{9}$/.test(texts[0] ?? '')) {
      // Observers disagree on which of the two is the old number; only one of them has its nine digits.
      keep('oldNumber', texts[0])
    } else if (texts.length > 0) {
      unknown[number] ??= texts.join(' | ')
    }
  }
  return { ...details, unknown }
}

type Entry = { readonly number: number; readonly texts: readonly string[] }

/** An entry is a constructed object whose first child is an integer; anything else is wrapping. */
function entriesOf(bytes: Uint8Array): Entry[] {
  const entries: Entry[] = []
  let level = tolerantly(bytes)
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: Tlv[] = []
    for (const object of level) {
      if (!object.constructed) continue
      const children = tolerantly(object.value)
      const [first, ...rest] = children
      if (first?.tag === 0x02 && first.value.length >= 1 && first.value.length <= 2) {
        entries.push({ number: first.value.reduce((sum, byte) => sum * 256 + byte, 0), texts: textsOf(rest) })
      } else {
        next.push(...children)
      }
    }
    level = next
  }
  return entries
}

/** One text per object after the number. An empty sequence is an empty text, so that a mother never becomes a father. */
function textsOf(objects: readonly Tlv[]): string[] {
  return objects.map((object) => {
    let inner: Tlv | undefined = object
    for (let depth = 0; depth < deepest && inner?.constructed; depth++) inner = tolerantly(inner.value)[0]
    return inner && !inner.constructed ? textOf(inner) : ''
  })
}

function tolerantly(bytes: Uint8Array): Tlv[] {
  try {
    return readAll(bytes)
  } catch {
    return []
  }
}

function textOf(object: Tlv): string {
  const bytes = object.value
  // BMPString
  if (object.tag === 0x1e) return new TextDecoder('utf-16be').decode(bytes).normalize('NFC').trim()
  return new TextDecoder().decode(bytes).normalize('NFC').trim()
}
