import { describe, expect, it } from 'vitest'
import type { ChipAccess, ChipHints } from '#native/capability/card-reader.ts'
import { likelyWrong } from '#native/chip/access-hints.ts'

// The card of Lò Thị Mẫu, who is invented.
const typed = (change: Partial<Record<'documentNumber' | 'birthDate' | 'expiryDate', string>> = {}): ChipAccess => ({
  kind: 'mrz',
  documentNumber: '190000123',
  birthDate: '900315',
  expiryDate: '300315',
  ...change,
})
const known: ChipHints = { personalNumber: '014190000123', birthDate: '900315', expiryDates: ['300315', '500315'] }

describe('what is likely wrong when the chip refuses', () => {
  it.each<[string, ChipAccess, ChipHints | undefined, string]>([
    ['the access number, when that was used', { kind: 'can', can: '000123' }, known, 'can'],
    ['the number that differs from the QR code', typed({ documentNumber: '190000132' }), known, 'document-number'],
    ['the birth date that differs from the QR code', typed({ birthDate: '910315' }), known, 'birth-date'],
    ['the date of expiry that the card cannot carry', typed({ expiryDate: '310315' }), known, 'expiry-date'],
    ['both dates, when both differ', typed({ birthDate: '910315', expiryDate: '310315' }), known, 'dates'],
    ['a birth date that is no date', typed({ birthDate: '901315' }), undefined, 'birth-date'],
    ['a date of expiry that is no date', typed({ expiryDate: '300332' }), undefined, 'expiry-date'],
    [
      'one of the dates, when the card would not expire on a birthday',
      typed({ expiryDate: '300316' }),
      undefined,
      'dates',
    ],
    [
      'the date of expiry, when only that is not known elsewhere',
      typed(),
      { ...known, expiryDates: undefined } as never,
      'expiry-date',
    ],
    ['the number, when the dates go together', typed({ documentNumber: '190000132' }), undefined, 'document-number'],
    ['nothing, when all agrees', typed(), known, 'unknown'],
    [
      'nothing about a card that never expires',
      typed({ expiryDate: '991231' }),
      { ...known, expiryDates: ['991231'] },
      'unknown',
    ],
  ])('is %s', (_what, access, hints, expected) => {
    expect(likelyWrong(access, hints)).toBe(expected)
  })

  it('takes both neighbours of a leap day for a birthday', () => {
    const leap = (expiryDate: string) => likelyWrong(typed({ birthDate: '000229', expiryDate }))
    expect([leap('250228'), leap('250301'), leap('250302')]).toEqual(['document-number', 'document-number', 'dates'])
  })
})
