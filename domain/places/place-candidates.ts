import { tidyText } from '../person/text.ts'
import { named, readName, splitWithin, type NameReading } from './names.ts'
import type { NewUnit, PlaceTable } from './place-table.ts'

export type PlaceCandidates = {
  /**
   * `unchanged`: the address names a commune of now. `one`: it names an old one whose people all live in one new commune.
   * `several`: the officer chooses, also when there is only one candidate that is not sure. `unknown`: nothing to offer.
   */
  readonly known: 'unchanged' | 'one' | 'several' | 'unknown'
  readonly candidates: readonly { readonly address: string; readonly because: string }[]
}

/** Two tiers instead of three, and other communes, from this day on. */
const reform = '2025-07-01'
const longestAddress = 500
const mostCandidates = 12

type Hit = {
  readonly was: string
  readonly now: readonly NewUnit[]
  /** Parts before the commune. */
  readonly detail: readonly string[]
  readonly typed: boolean
  /** Every part was recognised at its place. */
  readonly sure: boolean
}

/**
 * Where an address lies now. `day` is the day it was written down (a card's date of issue), ISO; empty when it is not known.
 * Never guesses: what could be more than one place is `several`.
 */
export function placeCandidates(address: string, day: string, table: PlaceTable): PlaceCandidates {
  const nothing: PlaceCandidates = { known: 'unknown', candidates: [] }
  const text = tidyText(address)
  if (text === '' || text.length > longestAddress) return nothing
  const parts = partsOf(text, table)
  const old = oldPlaces(parts, table)
  const now = newPlaces(parts, table)
  const sure = old.filter((hit) => hit.sure)
  if (sure.length > 0) return offer(sure, parts)
  if (now.length > 0 && day >= reform) return { known: 'unchanged', candidates: [] }
  const doubtful = [...old, ...now]
  if (doubtful.length === 0) return nothing
  return { ...offer(doubtful, parts), known: 'several' }
}

/** Smallest unit first, the province last, without the country. */
function partsOf(text: string, table: PlaceTable): readonly string[] {
  const split = text
    .split(/[,;]| [-–—] /u)
    .flatMap(splitWithin)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const parts = joinProvince(split, table)
  const isCountry = (part: string | undefined) => part !== undefined && readName(part)[0]?.folded === 'vietnam'
  const within = isCountry(parts.at(-1)) ? parts.slice(0, -1) : parts
  const isProvince = (part: string | undefined) => part !== undefined && provinceReadings(part, table).length > 0
  // Written from the province down.
  return !isProvince(within.at(-1)) && isProvince(within[0]) ? within.toReversed() : within
}

/** ` - ` stands between parts and inside names: Bà Rịa - Vũng Tàu, Văn Miếu - Quốc Tử Giám. */
function joinProvince(parts: readonly string[], table: PlaceTable): readonly string[] {
  const joined: string[] = []
  for (const part of parts) {
    const both = `${joined.at(-1) ?? ''} - ${part}`
    if (joined.length > 0 && table.hyphenated.has(folded(both))) joined.splice(-1, 1, both)
    else joined.push(part)
  }
  return joined
}

const folded = (name: string) => readName(name)[0]?.folded ?? ''

/** Other names of provinces, folded. */
const alsoCalled: Readonly<Record<string, string>> = {
  hcm: 'hochiminh',
  tphcm: 'hochiminh',
  hcmcity: 'hochiminh',
  saigon: 'hochiminh',
  hn: 'hanoi',
  brvt: 'bariavungtau',
  vungtau: 'bariavungtau',
  thuathienhue: 'hue',
  tthue: 'hue',
  daclac: 'daklak',
  daclak: 'daklak',
  daklac: 'daklak',
  dacnong: 'daknong',
}

function provinceReadings(part: string, table: PlaceTable) {
  const readings = readName(part).map((each) => {
    const other = alsoCalled[each.folded]
    return other === undefined ? each : { ...each, spelled: other, folded: other }
  })
  return [...named(table.old, readings), ...named(table.now, readings)].length > 0 ? readings : []
}

function oldPlaces(parts: readonly string[], table: PlaceTable): readonly Hit[] {
  const last = parts.at(-1)
  if (last === undefined) return []
  return named(table.old, provinceReadings(last, table)).flatMap((province): readonly Hit[] => {
    const [communePart, districtPart] = [parts.at(-3), parts.at(-2)]
    if (districtPart === undefined) return []
    const districts = named(province.districts, readName(districtPart))
    const whole = districts.flatMap((district): readonly Hit[] => {
      const was = (name: string) => [name, district.full, province.full].filter((each) => each !== '').join(', ')
      if (district.now.length > 0)
        return [{ was: was(''), now: district.now, detail: parts.slice(0, -2), typed: true, sure: true }]
      if (communePart === undefined) return []
      const readings = readName(communePart)
      return named(district.communes, readings).map((commune) => ({
        was: was(commune.full),
        now: commune.now,
        detail: parts.slice(0, -3),
        typed: isTyped(readings, commune),
        sure: true,
      }))
    })
    if (whole.length > 0) return whole
    // The district is left out, or goes by a name of another time.
    const readings = readName(districtPart)
    const without = province.districts.flatMap((district) =>
      named(district.communes, readings).map((commune) => ({
        was: [commune.full, district.full, province.full].join(', '),
        now: commune.now,
        detail: parts.slice(0, -2),
        typed: isTyped(readings, commune),
        sure: false,
      })),
    )
    if (without.length > 0 || communePart === undefined || districts.length > 0) return without
    const further = readName(communePart)
    return province.districts.flatMap((district) =>
      named(district.communes, further).map((commune) => ({
        was: [commune.full, district.full, province.full].join(', '),
        now: commune.now,
        detail: parts.slice(0, -3),
        typed: isTyped(further, commune),
        sure: false,
      })),
    )
  })
}

/** The address read as one of now. */
function newPlaces(parts: readonly string[], table: PlaceTable): readonly Hit[] {
  const [communePart, last] = [parts.at(-2), parts.at(-1)]
  if (last === undefined || communePart === undefined) return []
  const readings = readName(communePart)
  return named(table.now, provinceReadings(last, table)).flatMap((province) =>
    named(province.communes, readings).map((unit) => ({
      was: '',
      now: [unit],
      detail: parts.slice(0, -2),
      typed: isTyped(readings, unit),
      sure: false,
    })),
  )
}

/** Numbers make no name without their type. */
function isTyped(readings: readonly NameReading[], unit: NameReading): boolean {
  return readings[0]?.type !== undefined || /^\d/u.test(unit.name)
}

function offer(hits: readonly Hit[], parts: readonly string[]): PlaceCandidates {
  const typedProvince = readName(parts.at(-1) ?? '')[0]?.type !== undefined
  const candidates = new Map<string, string>()
  const targets = new Set<NewUnit>()
  for (const hit of hits) {
    for (const unit of hit.now) {
      targets.add(unit)
      const commune = hit.typed || /^\d/u.test(unit.name) ? unit.full : unit.name
      const province = typedProvince ? unit.province : (readName(unit.province)[0]?.name ?? unit.province)
      const address = [...hit.detail, commune, province].join(', ')
      if (!candidates.has(address)) candidates.set(address, because(hit, unit))
    }
  }
  return {
    known: targets.size === 1 ? 'one' : 'several',
    candidates: [...candidates].slice(0, mostCandidates).map(([address, why]) => ({ address, because: why })),
  }
}

/** Vietnamese: the officer reads it. */
function because({ was, now }: Hit, unit: NewUnit): string {
  if (was === '') return `Địa chỉ đọc được theo đơn vị mới: ${unit.full}, ${unit.province}`
  const place = `${unit.full}, ${unit.province}`
  if (now.length > 1) return `${was}: một phần nay thuộc ${place}`
  return `${was} nay thuộc ${place}`
}
