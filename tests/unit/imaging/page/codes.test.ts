import { expect, it } from 'vitest'
import { readCodes } from '#native/imaging/page/index.ts'
import { drawCodeSlip, photograph, photographTable } from '#native/sim/papers/index.ts'
import { loThiMau } from '../../../support/invented.ts'
import { coloursOf } from './pictures.ts'

const shot = { seed: 11, width: 640, height: 480, table: 'grey', noise: 3 } as const

it.each([0, 45, 90, 200])(
  'the code of a card is read with all its Vietnamese letters, turned by %i degrees',
  async (turn) => {
    const photo = photograph(await drawCodeSlip(loThiMau.qr), { ...shot, turn, fill: 0.7, blur: 0.7 })
    expect(await readCodes(coloursOf(photo))).toEqual([loThiMau.qr])
  },
)

it('a code of little more than two pixels a module is read', async () => {
  const photo = photograph(await drawCodeSlip(loThiMau.qr), { ...shot, turn: 5, fill: 0.34, blur: 0.5 })
  expect(await readCodes(coloursOf(photo))).toEqual([loThiMau.qr])
})

it.each(['https://example.invalid/?next=014190000123', '<script>alert(1)</script>', 'javascript:alert(1)'])(
  'a code with a link or a script is text like any other: %s',
  async (text) => {
    expect(await readCodes(coloursOf(photograph(await drawCodeSlip(text), { ...shot, fill: 0.7, blur: 0.6 })))).toEqual(
      [text],
    )
  },
)

it('a table without codes has none', async () => {
  expect(await readCodes(coloursOf(photographTable({ ...shot, table: 'cluttered' })))).toEqual([])
})
