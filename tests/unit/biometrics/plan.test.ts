import {
  capturePlanOn,
  captureSteps,
  exceptionReasons,
  exceptionRuleOn,
  fingerPositions,
} from '#domain/biometrics/index.ts'
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
  const adult = capturePlanOn({ day: '2026-11-12', age: 36 })

  it('takes right four, left four and the thumbs flat, then rolls ten fingers from the right thumb to the left little', () => {
    expect(adult.steps).toEqual([
      'right-four',
      'left-four',
      'two-thumbs',
      ...Object.keys(fingerPositions).map((finger) => `rolled-${finger}`),
    ])
  })

  it('takes every finger once flat and once rolled', () => {
    for (const impression of ['flat', 'rolled'] as const) {
      const own = adult.steps.filter((step) => captureSteps[step].impression === impression)
      const fingers = own.flatMap((step) => [...captureSteps[step].fingers])
      expect(fingers.toSorted()).toEqual(Object.keys(fingerPositions).toSorted())
    }
  })

  it('takes somebody of unknown age for grown up', () => {
    expect(capturePlanOn({ day: '2026-11-12' })).toBe(adult)
  })

  it('takes no print of a child under six, whatever else is wished', () => {
    const plan = capturePlanOn({ day: '2026-11-12', age: 5, shortForChildren: true, bedside: true })
    expect(plan.steps).toEqual([])
  })

  it.each([6, 13])('takes only slaps of a child of %i where the station says so', (age) => {
    expect(capturePlanOn({ day: '2026-11-12', age, shortForChildren: true }).steps).toEqual([
      'right-four',
      'left-four',
      'two-thumbs',
    ])
    expect(capturePlanOn({ day: '2026-11-12', age })).toBe(adult)
  })

  it('is not shortened from 14 on', () => {
    expect(capturePlanOn({ day: '2026-11-12', age: 14, shortForChildren: true })).toBe(adult)
  })

  it('at the bedside takes ten single fingers, waits longer and asks less', () => {
    const bedside = capturePlanOn({ day: '2026-11-12', age: 84, bedside: true })
    expect(bedside.steps).toEqual(Object.keys(fingerPositions).map((finger) => `flat-${finger}`))
    expect(bedside.minimumQuality).toBeLessThan(adult.minimumQuality)
    expect(bedside.patienceMs).toBeGreaterThan(adult.patienceMs)
  })

  it('asks a quality of every finger and lets an officer go on after some tries', () => {
    expect(adult.minimumQuality).toBeGreaterThan(0)
    expect(adult.minimumQuality).toBeLessThanOrEqual(100)
    expect(adult.triesBeforeAccepting).toBeGreaterThan(adult.lowTriesBeforeCoaching)
  })

  it('exists for a day before the first plan and for a far one', () => {
    expect(capturePlanOn({ day: '1999-01-01' })).toBe(capturePlanOn({ day: '2021-07-01' }))
    expect(capturePlanOn({ day: '2099-01-01' }).from <= '2099-01-01').toBe(true)
  })
})

describe('the rule of an exception', () => {
  it.each(exceptionReasons)('exists for %s on any day and wants a picture of the hand', (reason) => {
    expect(exceptionRuleOn('1999-01-01', reason).photo).toBe(true)
    expect(exceptionRuleOn('2099-01-01', reason).reason).toBe(reason)
  })

  it('wants a second officer where one alone could be mistaken', () => {
    const wanting = exceptionReasons.filter((reason) => exceptionRuleOn('2026-11-12', reason).secondOfficer)
    expect(wanting).toEqual(['deformed', 'unreadable'])
  })
})
