import { AppError } from '#domain/failure/index.ts'
import { foldText, parseCardQr } from '#domain/person/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

// An invented citizen.
const fields = [
  '014088004567',
  '050123456',
  'Quàng Văn Mẫu',
  '01061988',
  'Nam',
  'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La',
  '15082021',
] as const
const text = (changes: Readonly<Record<number, string>> = {}) =>
  fields.map((field, at) => changes[at] ?? field).join('|')

/** What must be found again: digits of dates and numbers, letters without their marks and case. */
const bare = (each: string) =>
  /^[\d/\s.-]+$/u.test(each) ? each.replace(/\D|^0+/gu, '').replace(/^0+/u, '') : foldText(each)

describe('QR text of a card', () => {
  it('gives the details, the old number and the date of issue', () => {
    expect(parseCardQr(text())).toEqual({
      details: {
        personalNumber: '014088004567',
        fullName: 'Quàng Văn Mẫu',
        birthDate: '01/06/1988',
        sex: 'Nam',
        residence: 'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La',
      },
      oldNumber: '050123456',
      issued: '15/08/2021',
      more: [],
    })
  })

  it('may have no old number: absent, not empty', () => {
    expect(parseCardQr(text({ 1: '' }))).not.toHaveProperty('oldNumber')
  })

  it('may know only the year of birth, and no day is invented', () => {
    expect(parseCardQr(text({ 3: '1988' })).details.birthDate).toBe('1988')
    expect(parseCardQr(text({ 3: '00001988' })).details.birthDate).toBe('1988')
  })

  it('may carry more fields than seven: they are kept as they came', () => {
    expect(parseCardQr(`${text()}|Lò Thị Mẫu||x`).more).toEqual(['Lò Thị Mẫu', '', 'x'])
  })

  it.each([']Q1', ']d2', 'Q', 's', 'P01', '\uFEFF]Q3', '\u0002]Q1'])(
    'may have %j in front, as scanners put it there',
    (prefix) => {
      expect(parseCardQr(prefix + text())).toEqual(parseCardQr(text()))
    },
  )

  it.each(['\r', '\n', '\r\n', '\t', '\u0003', '\r\n\r\n', '  '])('may have %j behind', (end) => {
    expect(parseCardQr(text() + end)).toEqual(parseCardQr(text()))
  })

  it('keeps an old number, a sex and a date that it does not understand beside the fields it knows', () => {
    const qr = parseCardQr(`${text({ 1: 'C1234567', 4: 'X', 6: 'C06' })}|x`)
    expect(qr).not.toHaveProperty('oldNumber')
    expect(qr.details).not.toHaveProperty('sex')
    expect(qr.more).toEqual(['C1234567', 'X', 'C06', 'x'])
  })

  it('knows the sex in capitals and without its mark', () => {
    expect(parseCardQr(text({ 4: 'NỮ' })).details.sex).toBe('Nữ')
    expect(parseCardQr(text({ 4: 'nu' })).details.sex).toBe('Nữ')
  })

  it.each([
    ['https://example.invalid/?a=1', 'link'],
    ['www.example.invalid', 'link'],
    ['WIFI:S:quay;T:WPA;P:x;;', 'link'],
    ['<script>alert(1)</script>', 'script'],
    ['javascript:alert(1)', 'script'],
    [text({ 2: '<img src=x onerror=alert(1)>' }), 'script'],
    ['http://a|b|c|d|e|f|g', 'link'],
    ['xin chào', 'fields'],
    [text({ 0: '' }), 'fields'],
  ])('refuses %s as no card, and says why', (wrong, reason) => {
    expect(() => parseCardQr(wrong)).toThrow(expect.objectContaining({ code: 'QR_FORMAT' }))
    try {
      parseCardQr(wrong)
    } catch (error) {
      expect((error as AppError).context.reason).toBe(reason)
    }
  })

  it('loses no field of a card, whatever stands in it', () => {
    const free = fc.string({ unit: 'grapheme', maxLength: 20 }).map((each) => each.replaceAll('|', ''))
    const day = fc.constantFrom('01061988', '1988', '00001988', '00061988')
    fc.assert(
      fc.property(
        free,
        free,
        free,
        free,
        day,
        fc.array(free, { maxLength: 4 }),
        (old, sex, home, issued, born, rest) => {
          const given = [fields[0], old, fields[2], born, sex, home, issued, ...rest]
          let qr
          try {
            qr = parseCardQr(given.join('|'))
          } catch (error) {
            // A field that looks like markup is no reason; the name and the number decide.
            expect(error).toBe('a card')
            return
          }
          const held = [...Object.values(qr.details), qr.oldNumber, qr.issued, ...qr.more].filter(
            (each) => each !== undefined,
          )
          const wanted = given.map((each) => bare(each)).filter((each) => each !== '')
          for (const each of wanted) expect(held.map((one) => bare(one)).join('|')).toContain(each)
        },
      ),
    )
  })

  it('is still a card when the date of issue is something else', () => {
    const qr = parseCardQr(text({ 6: 'C06' }))
    expect(qr).not.toHaveProperty('issued')
    expect(qr.more).toEqual(['C06'])
  })

  it('is stored composed when a scanner sends decomposed letters, and with a byte order mark', () => {
    expect(parseCardQr(`\uFEFF${text().normalize('NFD')}\r\n`)).toEqual(parseCardQr(text()))
  })

  it('keeps names in other alphabets', () => {
    for (const name of ['ꪹꪄꪱ ꪎꪮꪙ', 'សុខ ម៉ៅ', "K'Brôi", '王某某']) {
      expect(parseCardQr(text({ 2: name })).details.fullName).toBe(name.normalize('NFC'))
    }
  })

  it.each([
    ['fewer fields', fields.slice(0, 6).join('|')],
    ['no fields', ''],
    ['a web address', 'https://example.invalid/014088004567'],
    ['a short number', text({ 0: '1234' })],
    ['no name', text({ 2: '' })],
    ['digits for a name', text({ 2: '12345' })],
    ['an impossible birth date', text({ 3: '31021988' })],
  ])('is refused with %s', (_, wrong) => {
    expect(() => parseCardQr(wrong)).toThrow(expect.objectContaining({ code: 'QR_FORMAT' }))
  })

  it('is refused by its size alone when it is a megabyte of noise, pipes or not', () => {
    for (const noise of ['\u0e01'.repeat(1 << 20), '|'.repeat(1 << 20), `${text()}${'|x'.repeat(1 << 19)}`]) {
      expect(() => parseCardQr(noise)).toThrow(expect.objectContaining({ code: 'QR_TOO_LARGE' }))
    }
  })

  it('never throws anything but a failure of the table, and never quotes what it read', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 12 }).map((parts) => parts.join('|')),
    )
    fc.assert(
      fc.property(noise, (each) => {
        try {
          parseCardQr(each)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          if (error instanceof AppError)
            expect(Object.keys(error.context).every((key) => ['reason', 'fields', 'length'].includes(key))).toBe(true)
        }
      }),
    )
  })
})
