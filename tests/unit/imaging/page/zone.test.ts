import { describe, expect, it } from 'vitest'
import { makePage, decodePicture, readZone } from '#native/imaging/page/index.ts'
import type { Candidates } from '#native/imaging/page/zone/cells.ts'
import { correctZone } from '#native/imaging/page/zone/correct.ts'
import { drawCardBack, inventedZone, photograph } from '#native/sim/papers/index.ts'
import { loThiMau } from '../../../support/invented.ts'
import { cardBack, coloursOf, form, jpegOf, zone } from './pictures.ts'

const shot = { seed: 12, width: 1100, height: 825, table: 'wood', fill: 0.85, noise: 3, blur: 0.8 } as const

/** Every letter seen clearly, with others a little less alike. */
function seen(lines: readonly string[], others: Readonly<Record<string, Readonly<Record<string, number>>>> = {}) {
  const all = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<']
  return lines.map((line, row) =>
    [...line].map((letter, column): Candidates => {
      const own: Record<string, number> = { [letter]: 0.9, ...others[`${row}.${column}`] }
      return all.map((one) => ({ letter: one, score: own[one] ?? 0.2 })).toSorted((a, b) => b.score - a.score)
    }),
  )
}

describe('the zone of a photographed card', () => {
  it.each([0, 14, 95, 180, 265])('is read however the card lies: %i degrees', (turn) => {
    expect(readZone(coloursOf(photograph(cardBack, { ...shot, turn })))).toEqual(zone)
  })

  it('is read from the flat view as well', () => {
    const made = makePage({ picture: jpegOf(photograph(cardBack, shot)), colour: 'colour', turn: 0 })
    expect(readZone(decodePicture(made.view, 'test'))).toEqual(zone)
  })

  it.each([31, 32, 33, 34])(
    'is read or not told, never told wrong, when it is badly blurred: photograph %i',
    (seed) => {
      const lines = inventedZone(seed)
      const read = readZone(
        coloursOf(photograph(drawCardBack(lines, { seed, pixelsPerMm: 12 }), { ...shot, seed, blur: 2.6 })),
      )
      expect([lines, undefined]).toContainEqual(read)
    },
  )

  it('is not told when a check digit on the card is wrong', () => {
    const [one, two, three] = zone
    const digit = two.at(-1) === '0' ? '1' : '0'
    const forged = drawCardBack([one, two.slice(0, -1) + digit, three], { seed: 4, pixelsPerMm: 14 })
    expect(readZone(coloursOf(photograph(forged, { ...shot, turn: 0 })))).toBeUndefined()
  })

  it('is not found on a form', () => {
    expect(readZone(coloursOf(photograph(form, shot)))).toBeUndefined()
  })
})

describe('check digits', () => {
  it('leave a clear zone as it is', () => {
    expect(correctZone(seen(loThiMau.mrz))).toEqual(loThiMau.mrz)
  })

  it('tell O from 0, I from 1, B from 8, S from 5, Z from 2 and G from 6 by where they stand', () => {
    const letters: Record<string, string> = { 0: 'O', 1: 'I', 8: 'B', 5: 'S', 2: 'Z', 6: 'G' }
    const misread = Object.fromEntries(
      loThiMau.mrz.slice(0, 2).flatMap((line, row) =>
        [...line].flatMap((letter, column) => {
          const other = letters[letter]
          return other === undefined ? [] : [[`${row}.${column}`, { [other]: 0.95 }] as const]
        }),
      ),
    )
    expect(correctZone(seen(loThiMau.mrz, misread))).toEqual(loThiMau.mrz)
  })

  it('put right digits that look more like others', () => {
    // The third digit of the birth date, and one of the personal number.
    const misread = { '1.2': { 8: 0.93 }, '0.16': { 7: 0.94 } }
    expect(correctZone(seen(loThiMau.mrz, misread))).toEqual(loThiMau.mrz)
  })

  it('do not put right what was seen clearly', () => {
    const misread = { '1.2': { 8: 1 }, '0.16': { 7: 1 } }
    expect(correctZone(seen(loThiMau.mrz, { ...misread, '1.2': { 8: 1, 0: 0.85 } }))).toBeUndefined()
  })

  it('cannot decide between two readings that are as likely', () => {
    // The check digit of the birth date is hidden: the last digit of the year may be anything that looks alike.
    const [one, two, three] = loThiMau.mrz
    const unclear = {
      '1.1': { 0: 0.9, 1: 0.9, 2: 0.9, 3: 0.9 },
      '1.6': Object.fromEntries([...'0123456789'].map((digit) => [digit, 0.9])),
      '1.29': Object.fromEntries([...'0123456789'].map((digit) => [digit, 0.9])),
    }
    expect(correctZone(seen([one, two, three], unclear))).toBeUndefined()
  })

  it('do not cover names: a letter that may be another one is not told', () => {
    expect(correctZone(seen(loThiMau.mrz, { '2.0': { K: 0.89 } }))).toBeUndefined()
    expect(correctZone(seen(loThiMau.mrz, { '2.0': { K: 0.85 } }))).toEqual(loThiMau.mrz)
  })

  it('refuse a day that no calendar has', () => {
    const [one, , three] = loThiMau.mrz
    // Month 43: 904315 with its own check digit.
    expect(correctZone(seen([one, '9043150F3003150VNM<<<<<<<<<<<0', three]))).toBeUndefined()
  })

  it('refuse what is hardly letters', () => {
    const faint = seen(loThiMau.mrz).map((line) =>
      line.map((candidates) => candidates.map(({ letter, score }) => ({ letter, score: score / 2 }))),
    )
    expect(correctZone(faint)).toBeUndefined()
  })
})
