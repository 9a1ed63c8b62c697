import { describe, expect, test } from 'vitest'
import { handActs, holdsAfter, possibleActs, type HandAct } from '#domain/training/index.ts'

const after = (...acts: readonly HandAct[]) => acts.reduce<readonly HandAct[]>(holdsAfter, [])

describe('hands', () => {
  test('lay the one card on the reader or show it, never both', () => {
    expect(after('show-card-back', 'lay-card-on-reader')).toEqual(['lay-card-on-reader'])
    expect(after('lay-card-on-reader', 'show-card-front')).toEqual(['show-card-front'])
    expect(after('lay-card-on-reader', 'take-card-away')).toEqual([])
  })

  test('show one thing at a time', () => {
    expect(after('show-card-front', 'show-card-back', 'show-paper', 'show-face')).toEqual(['show-face'])
  })

  test('leave the card on the reader while something else is shown', () => {
    expect(after('lay-card-on-reader', 'show-face')).toEqual(['lay-card-on-reader', 'show-face'])
  })

  test('offer to take away what lies there and to lay down what does not', () => {
    expect(possibleActs('first-adult', [])).toContain('lay-card-on-reader')
    expect(possibleActs('first-adult', [])).not.toContain('take-card-away')
    expect(possibleActs('first-adult', after('lay-card-on-reader'))).toContain('take-card-away')
    expect(possibleActs('first-adult', after('place-hand'))).toContain('lift-hand')
    expect(possibleActs('first-adult', after('place-hand'))).not.toContain('place-hand')
  })

  test('clean a hand that does not lie on the glass, once', () => {
    expect(possibleActs('worn-hands', [])).toContain('clean-and-moisten-hand')
    expect(possibleActs('worn-hands', after('place-hand'))).not.toContain('clean-and-moisten-hand')
    expect(possibleActs('worn-hands', after('clean-and-moisten-hand'))).not.toContain('clean-and-moisten-hand')
  })

  test.each(['child', 'lost-card'] as const)('of the lesson %s hold no card', (lesson) => {
    const withCard = ['lay-card-on-reader', 'take-card-away', 'show-card-front', 'show-card-back']
    expect(possibleActs(lesson, []).filter((act) => withCard.includes(act))).toEqual([])
    expect(possibleActs(lesson, [])).toContain('show-paper')
  })

  test('can do every act at some time', () => {
    const seen = handActs.filter((act) =>
      [[], ['lay-card-on-reader'], ['place-hand']].some((holds) =>
        possibleActs('first-adult', holds as readonly HandAct[]).includes(act),
      ),
    )
    expect(seen).toEqual([...handActs])
  })
})
