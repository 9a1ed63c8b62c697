import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, composeMrz, expiryCandidates, mrzCheckDigit, parseMrz } from '#domain/person/mrz.ts'

// Invented people.
const lo = [
  'IDVNM1900001230014190000123<<7',
  '9003152F3003150VNM<<<<<<<<<<<2',
  'LO<<THI<MAU<<<<<<<<<<<<<<<<<<<',
] as const
const quang = [
  'IDVNM0880045676014088004567<<3',
  '8806013M2806011VNM<<<<<<<<<<<4',
  'QUANG<<VAN<MAU<<<<<<<<<<<<<<<<',
] as const
const giang = [
  'IDVNM2010000452012201000045<<7',
  '0109109M2609108VNM<<<<<<<<<<<6',
  'GIANG<<A<MAU<<<<<<<<<<<<<<<<<<',
] as const

function failureOf(act: () => unknown) {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, ...error.context }
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('the machine readable zone', () => {
  it('has the check digits of the worked example of ICAO 9303-3', () => {
    expect(mrzCheckDigit('520727')).toBe('3')
    expect(mrzCheckDigit('AB2134<<<')).toBe('5')
  })

  it('of a specimen of ICAO 9303-5, which is not Vietnamese, is read', () => {
    const mrz = parseMrz(
      'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    )
    expect(mrz).toMatchObject({
      issuer: 'UTO',
      documentNumber: 'D23145890',
      surname: 'ERIKSSON',
      givenNames: 'ANNA MARIA',
      sex: 'F',
    })
    expect(mrz.personalNumber).toBeUndefined()
  })

  it('gives number, dates, sex and name of a căn cước card', () => {
    expect(parseMrz(lo.join('\n'))).toEqual({
      lines: lo,
      documentCode: 'ID',
      issuer: 'VNM',
      documentNumber: '190000123',
      personalNumber: '014190000123',
      birthDate: '900315',
      sex: 'F',
      expiryDate: '300315',
      nationality: 'VNM',
      surname: 'LO',
      givenNames: 'THI MAU',
    })
  })

  it('is composed with the same digits that stand on the cards', () => {
    expect(
      composeMrz({
        personalNumber: '014190000123',
        fullName: 'Lò Thị Mẫu',
        birthDate: '900315',
        sex: 'F',
        expiryDate: '300315',
      }),
    ).toEqual(lo)
    expect(
      composeMrz({
        personalNumber: '014088004567',
        fullName: 'Quàng Văn Mẫu',
        birthDate: '880601',
        sex: 'M',
        expiryDate: '280601',
      }),
    ).toEqual(quang)
    expect(
      composeMrz({
        personalNumber: '012201000045',
        fullName: 'Giàng A Mẫu',
        birthDate: '010910',
        sex: 'M',
        expiryDate: '260910',
      }),
    ).toEqual(giang)
  })

  it('is read however it was typed', () => {
    const canonical = parseMrz(quang.join('\n'))
    expect(parseMrz(quang.join(''))).toEqual(canonical)
    expect(parseMrz(quang.join('\r\n\r\n').toLowerCase())).toEqual(canonical)
    expect(parseMrz(quang.map((line) => line.replace(/(.{5})/g, '$1 ')).join('\n'))).toEqual(canonical)
    expect(parseMrz(`${quang[0]}\n${quang[1]}\nQUANG<<VAN<MAU`)).toEqual(canonical)
  })

  it('takes the letter O for a zero where a digit must stand and the check digit agrees', () => {
    expect(parseMrz(lo.map((line, at) => (at < 2 ? line.replaceAll('0', 'O') : line)).join('\n')).lines).toEqual(lo)
  })

  it('does not take the letter O for a zero when the check digit then fails', () => {
    const wrong = `${quang[0].slice(0, 7)}O${quang[0].slice(8)}`
    expect(failureOf(() => parseMrz([wrong, quang[1], quang[2]].join('\n')))).toEqual({
      code: 'MRZ_CHECK_DIGIT',
      line: 1,
      field: 'documentNumber',
    })
  })

  it.each([
    [0, 6, 1, 'documentNumber'],
    [0, 16, 1, 'personalNumber'],
    [1, 1, 2, 'birthDate'],
    [1, 9, 2, 'expiryDate'],
    [1, 29, 2, 'composite'],
  ])('with one wrong digit (line %i, position %i) names the line and the field', (index, at, line, field) => {
    const lines: string[] = [...lo]
    const text = lines[index] ?? ''
    lines[index] = text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1)
    expect(failureOf(() => parseMrz(lines.join('\n')))).toEqual({ code: 'MRZ_CHECK_DIGIT', line, field })
  })

  it.each([
    ['', 0, 'length'],
    ['x'.repeat(1_000_000), 0, 'length'],
    ['Lò Thị Mẫu'.repeat(9), 0, 'characters'],
    [[lo[0].slice(1), lo[1], lo[2]].join('\n'), 1, 'length'],
    [[lo[0], lo[1].replace('F', '7'), lo[2]].join('\n'), 2, 'sex'],
    [[lo[0], `A${lo[1].slice(1)}`, lo[2]].join('\n'), 2, 'birthDate'],
    [[lo[0], lo[1], lo[2].replace('MAU', 'MA8')].join('\n'), 3, 'name'],
  ])('in no such form is refused with the place (%#)', (text, line, field) => {
    expect(failureOf(() => parseMrz(text))).toEqual({ code: 'MRZ_FORMAT', line, field })
  })

  it('gives the three values that open the chip', () => {
    const { documentNumber, birthDate, expiryDate } = bacInputs(parseMrz(giang.join('')))
    const key = [documentNumber, birthDate, expiryDate].map((part) => part + mrzCheckDigit(part)).join('')
    expect(key).toBe('201000045201091092609108')
    expect(bacInputs({ documentNumber: 'L898902C', birthDate: '690806', expiryDate: '940623' }).documentNumber).toBe(
      'L898902C<',
    )
  })
})

describe('the expiry of a card that only shows birth and issue', () => {
  it('is the next age threshold', () => {
    expect(expiryCandidates('1990-03-15', '2024-08-01')[0]).toBe('300315')
    expect(expiryCandidates('2001-09-10', '2021-04-20')[0]).toBe('260910')
  })

  it('is the threshold after next when the card was issued within two years before one', () => {
    expect(expiryCandidates('2001-09-10', '2024-09-09')).toEqual(['260910', '410910'])
    expect(expiryCandidates('2001-09-10', '2024-09-10')).toEqual(['410910', '260910'])
  })

  it('falls away from the age of 60', () => {
    expect(expiryCandidates('1960-01-02', '2024-01-02')).toEqual(['991231'])
    expect(expiryCandidates('1966-01-02', '2024-06-02')[0]).toBe('991231')
  })

  it('allows both neighbours of a leap day', () => {
    expect(expiryCandidates('2000-02-29', '2021-05-01').slice(0, 2)).toEqual(['250228', '250301'])
  })

  it('is unknown when a date is incomplete', () => {
    expect(expiryCandidates('1950', '2021-05-01')).toEqual([])
    expect(expiryCandidates('1990-02-30', '2021-05-01')).toEqual([])
  })
})
