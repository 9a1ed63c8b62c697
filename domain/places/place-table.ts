import { AppError } from '../failure/index.ts'
import { readName, type NameReading } from './names.ts'

/** A commune of now. */
export type NewUnit = NameReading & {
  /** `Xã Thuận Châu` */
  readonly full: string
  /** `Tỉnh Sơn La` */
  readonly province: string
}

export type OldCommune = NameReading & {
  readonly full: string
  /** Where its people live now; more than one when it was divided. */
  readonly now: readonly NewUnit[]
}

export type OldDistrict = NameReading & {
  readonly full: string
  readonly communes: readonly OldCommune[]
  /** An island district without communes became a unit as a whole. */
  readonly now: readonly NewUnit[]
}

export type OldProvince = NameReading & { readonly full: string; readonly districts: readonly OldDistrict[] }
export type NewProvince = NameReading & { readonly full: string; readonly communes: readonly NewUnit[] }

export type PlaceTable = {
  readonly old: readonly OldProvince[]
  readonly now: readonly NewProvince[]
  /** Names with ` - ` inside, which also stands between the parts of an address; folded. */
  readonly hyphenated: ReadonlySet<string>
  readonly size: {
    readonly oldCommunes: number
    readonly divided: number
    readonly newCommunes: number
    readonly newProvinces: number
  }
}

const columns = ['old_commune', 'old_district', 'old_province', 'new_commune', 'new_province'] as const
/** Stands for the commune of a district that had none. */
const none = '-'
const mostLines = 100_000
const linesInSlice = 400

/**
 * Reads the table of units of before and after 1 July 2025: tab-separated, a heading, one line per old and new commune,
 * full names with their types; an empty cell repeats the one above it; `#` begins a remark. An old commune that was divided
 * has several lines. Throws FIELD_FORMAT; `context.line` says where.
 */
export function readPlaceTable(tsv: string): PlaceTable {
  const reading = readPlaceTableInSlices(tsv)
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
  }
}

/** The same, some milliseconds at a time: whoever reads decides what else happens in between. */
export function* readPlaceTableInSlices(tsv: string): Generator<undefined, PlaceTable, undefined> {
  const refuse = (line: number, what: string) =>
    new AppError('FIELD_FORMAT', 'places.table', { context: { line, what } })
  const lines = tsv.replace(/^\uFEFF/u, '').split(/\r?\n/u)
  if (lines.length > mostLines) throw refuse(mostLines, 'lines')
  const builder = tableBuilder()
  let headed = false
  let above: readonly string[] = []
  for (const [at, line] of lines.entries()) {
    if (at % linesInSlice === linesInSlice - 1) yield
    if (line.trim() === '' || line.startsWith('#')) continue
    const cells = line.split('\t')
    if (!headed) {
      if (columns.some((name, column) => cells[column] !== name)) throw refuse(at + 1, 'heading')
      headed = true
      continue
    }
    if (cells.length !== columns.length) throw refuse(at + 1, 'columns')
    const full = cells.map((cell, column) => cell.trim() || (above[column] ?? ''))
    const empty = full.findIndex((cell) => cell === '')
    if (empty >= 0) throw refuse(at + 1, columns[empty] ?? 'columns')
    above = full
    builder.add(full as unknown as Row)
  }
  if (!headed) throw refuse(1, 'heading')
  return builder.done()
}

type Row = readonly [commune: string, district: string, province: string, newCommune: string, newProvince: string]

function tableBuilder() {
  const now = new Map<string, NewProvince & { readonly communes: NewUnit[] }>()
  const units = new Map<string, NewUnit>()
  const old = new Map<string, OldProvince & { readonly districts: OldDistrict[] }>()
  const districts = new Map<string, OldDistrict & { readonly communes: OldCommune[]; readonly now: NewUnit[] }>()
  const communes = new Map<string, OldCommune & { readonly now: NewUnit[] }>()

  return {
    add([commune, district, province, newCommune, newProvince]: Row) {
      const target = had(now, newProvince, () => official(newProvince, { communes: [] as NewUnit[] }))
      const unit = had(units, `${newCommune}\t${newProvince}`, () => {
        const made = official(newCommune, { province: newProvince })
        target.communes.push(made)
        return made
      })
      const inProvince = had(old, province, () => official(province, { districts: [] as OldDistrict[] }))
      const inDistrict = had(districts, `${district}\t${province}`, () => {
        const made = official(district, { communes: [] as OldCommune[], now: [] as NewUnit[] })
        inProvince.districts.push(made)
        return made
      })
      if (commune === none) {
        inDistrict.now.push(unit)
        return
      }
      const was = had(communes, `${commune}\t${district}\t${province}`, () => {
        const made = official(commune, { now: [] as NewUnit[] })
        inDistrict.communes.push(made)
        return made
      })
      if (!was.now.includes(unit)) was.now.push(unit)
    },
    done: (): PlaceTable => ({
      old: [...old.values()],
      now: [...now.values()],
      hyphenated: hyphenated([...old.values(), ...now.values(), ...units.values()]),
      size: {
        oldCommunes: communes.size,
        divided: [...communes.values()].filter((each) => each.now.length > 1).length,
        newCommunes: units.size,
        newProvinces: now.size,
      },
    }),
  }
}

function hyphenated(places: readonly (NameReading & { readonly full: string })[]): ReadonlySet<string> {
  return new Set(places.filter(({ full }) => full.includes(' - ')).map(({ folded }) => folded))
}

function had<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Its name is read when it is first asked for: of 14,000 names an address needs some hundred. */
function official<More extends object>(full: string, more: More): NameReading & { readonly full: string } & More {
  let read: NameReading | undefined
  const reading = () => (read ??= readName(full)[0] ?? { type: undefined, name: full, spelled: full, folded: full })
  const unit = {
    full,
    get type() {
      return reading().type
    },
    get name() {
      return reading().name
    },
    get spelled() {
      return reading().spelled
    },
    get folded() {
      return reading().folded
    },
  }
  return Object.assign(unit, more)
}
