import { contradictions, groupPersonalNumber, parsePersonalNumber } from '#domain/person/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('personal number', () => {
  it('says where a birth was registered, the sex and the year', () => {
    expect(parsePersonalNumber('014190000123')).toEqual({
      number: '014190000123',
      province: 'Sơn La',
      sex: 'Nữ',
      birthYear: 1990,
    })
    expect(parsePersonalNumber('014088004567')).toEqual({
      number: '014088004567',
      province: 'Sơn La',
      sex: 'Nam',
      birthYear: 1988,
    })
    expect(parsePersonalNumber('012201000045')).toEqual({
      number: '012201000045',
      province: 'Lai Châu',
      sex: 'Nam',
      birthYear: 2001,
    })
    expect(parsePersonalNumber('012301000045')).toMatchObject({ sex: 'Nữ', birthYear: 2001 })
  })

  it('is read with the spaces, dots and dashes people write into it', () => {
    for (const text of ['014 088 004 567', '014.088.004.567', ' 0140-8800-4567 ', '014\u00a0088\u00a0004\u00a0567']) {
      expect(parsePersonalNumber(text).number).toBe('014088004567')
    }
  })

  it.each(['', '123456789', '0140880045678', '01408800456x', '٠١٤٠٨٨٠٠٤٥٦٧', '０１４０８８００４５６７'])(
    'refuses %j and does not quote it',
    (text) => {
      expect(() => parsePersonalNumber(text)).toThrow(expect.objectContaining({ code: 'NUMBER_FORMAT' }))
      try {
        parsePersonalNumber(text)
      } catch (error) {
        if (text !== '') expect(JSON.stringify(error)).not.toContain(text)
      }
    },
  )

  it('takes every number of 12 digits, also with a prefix that nobody knows', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 }), (number) => {
        const facts = parsePersonalNumber(number)
        expect(parsePersonalNumber(groupPersonalNumber(number))).toEqual(facts)
      }),
    )
    expect(contradictions(parsePersonalNumber('999088004567'), {})).toEqual(['unknown-prefix'])
  })

  it('is grouped by threes for reading', () => {
    expect(groupPersonalNumber('014088004567')).toBe('014 088 004 567')
    expect(groupPersonalNumber('123456789')).toBe('123 456 789')
  })

  it('is held against sex and year of birth', () => {
    const facts = parsePersonalNumber('014088004567')
    expect(contradictions(facts, { sex: 'Nam', birthYear: 1988 })).toEqual([])
    expect(contradictions(facts, { sex: 'Nữ', birthYear: 1989 })).toEqual(['sex', 'birth-year'])
    expect(contradictions(facts, {})).toEqual([])
  })
})
