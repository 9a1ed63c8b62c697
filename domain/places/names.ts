import { foldText, tidyText, withTonesAtWordEnd } from '../person/text.ts'

export const unitTypes = [
  'thị trấn',
  'thị xã',
  'thành phố',
  'đặc khu',
  'phường',
  'xã',
  'quận',
  'huyện',
  'tỉnh',
] as const
export type UnitType = (typeof unitTypes)[number]

/** A name as it may be meant: with its type taken off, or whole. */
export type NameReading = {
  readonly type: UnitType | undefined
  readonly name: string
  /** Marks count, their placing and the case do not. */
  readonly spelled: string
  /** Marks do not count either. */
  readonly folded: string
}

/** Full words and the abbreviations in use; without their marks. A number may follow at once: P12, Q1. */
const beginnings: readonly (readonly [UnitType, RegExp])[] = [
  ['thị trấn', /^(?:thi tran\s+|t\.?t(?:\.\s*|\s+))/u],
  ['thị xã', /^(?:thi xa\s+|t\.?x(?:\.\s*|\s+))/u],
  ['thành phố', /^(?:thanh pho\s+|t\.?p(?:\.\s*|\s+|(?=hcm)))/u],
  ['đặc khu', /^dac khu\s+/u],
  ['phường', /^(?:phuong\s+|[pf](?:\.\s*|\s+|(?=\d)))/u],
  ['xã', /^(?:xa\s+|x(?:\.\s*|\s+))/u],
  ['quận', /^(?:quan\s+|q(?:\.\s*|\s+|(?=\d)))/u],
  ['huyện', /^(?:huyen\s+|h(?:\.\s*|\s+))/u],
  ['tỉnh', /^(?:tinh\s+|t(?:\.\s*|\s+))/u],
]

/**
 * The ways to read a part of an address, the likelier first. `Quan Sơn` is a name, `Quận 1` a type and a name, and
 * `Quan Son` may be either.
 */
export function readName(part: string): readonly NameReading[] {
  const text = tidyText(part).replace(/[.;]+$/u, '')
  const folded = foldText(text)
  const whole = reading(text)
  for (const [type, beginning] of beginnings) {
    const length = beginning.exec(folded)?.[0].length
    if (length === undefined || length >= text.length) continue
    const short = reading(text.slice(length), type)
    const spelledOut = text.toLowerCase().startsWith(`${type} `)
    const abbreviated = !folded.startsWith(`${foldText(type)} `)
    if (spelledOut) return [short]
    // A full word with other marks, or with none: `Quan Sơn`, `Phương Mai`.
    return abbreviated ? [short, whole] : [whole, short]
  }
  return [whole]
}

function reading(text: string, type?: UnitType): NameReading {
  const name = text.trim()
  // 01 is 1; marks of punctuation are written in many ways.
  const plain = (each: string) => each.replace(/\b0+(?=\d)/gu, '').replace(/[^\p{L}\p{M}\p{N}]/gu, '')
  return {
    type,
    name,
    spelled: plain(withTonesAtWordEnd(name)),
    // i and y stand for each other: Mỹ, Mĩ.
    folded: plain(foldText(name)).replace(/y/gu, 'i'),
  }
}

/**
 * Of some units those that a part of an address names: with the same type and spelling, or the same spelling, or the same
 * letters without their marks, whichever finds some first.
 */
export function named<Unit extends NameReading>(
  units: readonly Unit[],
  readings: readonly NameReading[],
): readonly Unit[] {
  for (const sameAs of [
    (unit: Unit, wanted: NameReading) => unit.spelled === wanted.spelled,
    (unit: Unit, wanted: NameReading) => unit.folded === wanted.folded,
  ]) {
    for (const wanted of readings) {
      const found = units.filter((unit) => sameAs(unit, wanted) && ofOneTier(unit, wanted))
      const ofType = found.filter(({ type }) => wanted.type !== undefined && type === wanted.type)
      if (ofType.length > 0) return ofType
      if (found.length > 0) return found
    }
  }
  return []
}

const tiers: readonly (readonly UnitType[])[] = [
  ['thị trấn', 'phường', 'xã', 'đặc khu'],
  ['quận', 'huyện', 'thị xã', 'thành phố'],
  ['tỉnh', 'thành phố'],
]

/** A commune that became a ward is the same place; Quận 10 is not Phường 10, and Phường 1 not Xã 1. */
function ofOneTier(unit: NameReading, wanted: NameReading): boolean {
  const { type } = wanted
  if (type === undefined || unit.type === undefined || unit.type === type) return true
  if (/^\d/u.test(unit.name)) return false
  return tiers.some((tier) => tier.includes(type) && unit.type !== undefined && tier.includes(unit.type))
}

/** Where a unit begins in the middle of a part: `Số 5 Phường 1`. Marks, or the dot of an abbreviation, must be there. */
const beginsWithin =
  /(?<!thị|phường)\s+(?=(?:phường|xã|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tỉnh)\s+\S)|\s+(?=(?:p|x|q|h|t|tt|tx|tp)\.\s*\S)/iu

export function splitWithin(part: string): readonly string[] {
  return part.normalize('NFC').split(beginsWithin)
}
