import { AppError } from '#domain/failure/index.ts'
import { ageOn, formatPartialDate, parsePartialDate, toMrzDate } from '#domain/person/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('partial dates', () => {
  it.each([
    ['01/06/1988', { year: 1988, month: 6, day: 1 }],
    ['1/6/1988', { year: 1988, month: 6, day: 1 }],
    ['01061988', { year: 1988, month: 6, day: 1 }],
    ['06/1988', { year: 1988, month: 6 }],
    ['1988', { year: 1988 }],
    ['00/00/1988', { year: 1988 }],
    ['00001988', { year: 1988 }],
    ['00/06/1988', { year: 1988, month: 6 }],
    ['29/02/2024', { year: 2024, month: 2, day: 29 }],
  ])('reads %s', (text, date) => {
    expect(parsePartialDate(text)).toEqual(date)
  })

  it.each([
    '',
    '31/02/1988',
    '29/02/2023',
    '13/1988',
    '05/00/1988',
    '88',
    '1/1/88',
    '1500',
    '9999',
    '01/06/1988x',
    '٠١/٠٦/١٩٨٨',
    'không rõ',
  ])('refuses %j as no date', (text) => {
    expect(() => parsePartialDate(text)).toThrow(expect.objectContaining({ code: 'FIELD_FORMAT' }))
  })

  it('are written as precisely as they are known, and read back the same', () => {
    const date = fc
      .record({
        year: fc.integer({ min: 1850, max: 2200 }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
      })
      .chain(({ year, month, day }) => fc.constantFrom({ year }, { year, month }, { year, month, day }))
    fc.assert(
      fc.property(date, (each) => {
        expect(parsePartialDate(formatPartialDate(each))).toEqual(each)
      }),
    )
    expect(formatPartialDate({ year: 1988 })).toBe('1988')
  })

  it('give no MRZ date when the day is not known', () => {
    expect(toMrzDate({ year: 1988, month: 6, day: 1 })).toBe('880601')
    expect(toMrzDate({ year: 1988, month: 6 })).toBeUndefined()
    expect(toMrzDate({ year: 1988 })).toBeUndefined()
  })

  it('never throw anything but a failure of the table', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parsePartialDate(text)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
    )
  })
})

describe('age', () => {
  it('changes on the birthday, not the day before', () => {
    const birth = { year: 1988, month: 6, day: 1 }
    expect(ageOn(birth, '2026-05-31')).toBe(37)
    expect(ageOn(birth, '2026-06-01')).toBe(38)
  })

  it('takes nobody for older than they are sure to be', () => {
    expect(ageOn({ year: 2012 }, '2026-12-30')).toBe(13)
    expect(ageOn({ year: 2012 }, '2026-12-31')).toBe(14)
    expect(ageOn({ year: 2012, month: 6 }, '2026-06-29')).toBe(13)
    expect(ageOn({ year: 2012, month: 6 }, '2026-07-01')).toBe(14)
  })
})
