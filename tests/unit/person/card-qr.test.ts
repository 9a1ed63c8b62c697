import { AppError } from '#domain/failure/index.ts'
import { parseCardQr } from '#domain/person/index.ts'
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
            expect(Object.keys(error.context).every((key) => ['fields', 'length'].includes(key))).toBe(true)
        }
      }),
    )
  })
})
