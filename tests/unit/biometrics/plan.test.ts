import { capturePlanOn, captureSteps, fingerPositions } from '#domain/biometrics/index.ts'
import { describe, expect, it } from 'vitest'

describe('fingers', () => {
  it('have the codes of ANSI/NIST-ITL table 8: right thumb to little 1 to 5, left 6 to 10', () => {
    const names = ['thumb', 'index', 'middle', 'ring', 'little']
    const expected = ['right', 'left']
      .flatMap((hand) => names.map((name) => `${hand}-${name}`))
      .map((name, at) => [name, at + 1])
    expect(Object.entries(fingerPositions)).toEqual(expected)
  })

  it('of the flat captures have the codes 13, 14 and 15', () => {
    expect(captureSteps['right-four'].fgp).toBe(13)
    expect(captureSteps['left-four'].fgp).toBe(14)
    expect(captureSteps['two-thumbs'].fgp).toBe(15)
  })

  it('lie on the platen from left to right as a person sees their own hands', () => {
    expect(captureSteps['right-four'].fingers[0]).toBe('right-index')
    expect(captureSteps['left-four'].fingers[0]).toBe('left-little')
    expect(captureSteps['two-thumbs'].fingers).toEqual(['left-thumb', 'right-thumb'])
  })
})

describe('capture plan', () => {
  it('takes right four, left four, then the thumbs: every finger exactly once', () => {
    const plan = capturePlanOn('2026-11-12')
    expect(plan.steps).toEqual(['right-four', 'left-four', 'two-thumbs'])
    const fingers = plan.steps.flatMap((step) => [...captureSteps[step].fingers])
    expect(fingers.toSorted()).toEqual(Object.keys(fingerPositions).toSorted())
  })

  it('asks a quality of every finger and lets an officer go on after some tries', () => {
    const plan = capturePlanOn('2026-11-12')
    expect(plan.minimumQuality).toBeGreaterThan(0)
    expect(plan.minimumQuality).toBeLessThanOrEqual(100)
    expect(plan.triesBeforeAccepting).toBeGreaterThan(0)
  })

  it('exists for a day before the first plan and for a far one', () => {
    expect(capturePlanOn('1999-01-01')).toBe(capturePlanOn('2021-07-01'))
    expect(capturePlanOn('2099-01-01').from <= '2099-01-01').toBe(true)
  })
})
