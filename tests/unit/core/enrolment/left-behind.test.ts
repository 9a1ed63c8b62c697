import { expect, test } from 'vitest'
import { watchCards } from '#core/enrolment/left-behind.ts'

const reader = (session?: number, id = 'reader') =>
  ({
    id,
    kind: 'card-reader',
    cardPresent: session !== undefined,
    ...(session === undefined ? {} : { cardSession: session }),
  }) as const

test('a card that lay there during the dossier before is left behind until it has been out', () => {
  const cards = watchCards()
  cards.see([reader(1)], 'first')
  expect(cards.leftBehind('reader', 'first')).toBe(false)
  cards.see([reader(1)], undefined)
  cards.see([reader(1)], 'second')
  expect(cards.leftBehind('reader', 'second')).toBe(true)
  cards.see([reader()], 'second')
  cards.see([reader(2)], 'second')
  expect(cards.leftBehind('reader', 'second')).toBe(false)
})

test('a card that was put in between two dossiers is for the next one', () => {
  const cards = watchCards()
  cards.see([reader(1)], 'first')
  cards.see([reader()], 'first')
  cards.see([reader(2)], undefined)
  cards.see([], 'second')
  expect(cards.leftBehind('reader', 'second')).toBe(false)
  cards.see([], 'third')
  expect(cards.leftBehind('reader', 'third')).toBe(true)
})

test('a swap so fast that nobody saw the reader empty is a new card', () => {
  const cards = watchCards()
  cards.see([reader(1)], 'first')
  cards.see([reader(2)], 'second')
  expect(cards.leftBehind('reader', 'second')).toBe(false)
})

test('a reader that was opened again, or a device process that counts from one again, has not seen the card leave', () => {
  const cards = watchCards()
  cards.see([reader(3)], 'first')
  cards.see([{ id: 'reader', kind: 'card-reader' }], 'second')
  cards.see([reader(1)], 'second')
  expect(cards.leftBehind('reader', 'second')).toBe(true)
  cards.see([reader()], 'second')
  cards.see([reader(2)], 'second')
  expect(cards.leftBehind('reader', 'second')).toBe(false)
})

test('each reader has its own card, and a reader that counts no cards is never blamed', () => {
  const cards = watchCards()
  cards.see([reader(1, 'one'), reader(1, 'two'), { id: 'three', kind: 'card-reader', cardPresent: true }], 'first')
  cards.see([reader(undefined, 'two')], 'second')
  cards.see([reader(2, 'two')], 'second')
  expect(['one', 'two', 'three'].map((id) => cards.leftBehind(id, 'second'))).toEqual([true, false, false])
})
