import {
  citizenScene,
  next,
  usualViewing,
  visitParts,
  type DossierEvent,
  type DossierState,
} from '#domain/enrolment/index.ts'
import { allFingers } from '#domain/biometrics/index.ts'
import { describe, expect, it } from 'vitest'
import { childAt, dossierAt, person, picture, samples } from './dossiers.ts'

const reads = (...events: DossierEvent[]) => citizenScene(dossierAt('check', ...events))
const parts = (state: DossierState) => {
  const scene = citizenScene(state)
  return scene.scene === 'greeting' ? { parts: scene.parts, minutes: scene.minutes } : undefined
}
const born = (birthDate: string): DossierEvent => ({ type: 'declared', field: 'birthDate', value: birthDate })

describe('how the screen speaks to a person', () => {
  const high = { ...usualViewing, language: 'blt-Tavt', contrast: 'high', hand: 'left', scanning: true } as const

  it('is Vietnamese, spoken, of usual size until somebody chooses', () => {
    expect(citizenScene(dossierAt('opened'))).toMatchObject({ viewing: usualViewing })
    expect(usualViewing).toMatchObject({ language: 'vi', textSize: 100, sound: true })
  })

  it('stays as chosen on every screen of the visit, and is gone with the person', () => {
    const chosen: DossierEvent = { type: 'viewingChosen', viewing: high }
    for (const part of [
      'opened',
      'compared',
      'portrait',
      'fingers',
      'check',
      'answers',
      'page',
      'review',
      'sealed',
    ] as const)
      expect(citizenScene(dossierAt(part, chosen)), part).toMatchObject({ viewing: high })
    expect(citizenScene(dossierAt('sealed', chosen, samples.closed))).toEqual({ scene: 'idle' })
    expect(citizenScene(next(dossierAt('sealing', chosen), { ...samples.sealed, attempt: 's1' }).state)).toMatchObject({
      scene: 'thanks',
      viewing: high,
    })
  })

  it('changes neither what was answered nor what was signed', () => {
    const before = dossierAt('signed')
    const after = next(before, samples.viewingChosen).state
    expect(after).toEqual({ ...before, viewing: samples.viewingChosen.viewing })
  })
})

describe('how a person is addressed', () => {
  it('is what age and sex suggest, then what the officer chose, then what they suggest again', () => {
    expect(reads()).toMatchObject({ address: 'chị' })
    expect(reads(samples.addressChosen)).toMatchObject({ address: 'bác' })
    expect(reads(samples.addressChosen, { type: 'addressChosen', address: '' })).toMatchObject({ address: 'chị' })
  })

  it('chosen for the citizen is not used for whoever acts for them', () => {
    const scene = citizenScene(childAt('check', { type: 'addressChosen', address: 'em' }))
    expect(scene).toMatchObject({ address: 'chị', about: 'em' })
  })
})

describe('the greeting', () => {
  it('tells an adult of everything, with minutes that add up', () => {
    expect(parts(dossierAt('chip'))).toEqual({ parts: visitParts, minutes: 6 })
  })

  it('tells of no portrait and no prints who is too young for them, and of less time', () => {
    expect(parts(dossierAt('opened', born('05/02/2022')))).toEqual({ parts: ['papers', 'check', 'sign'], minutes: 3 })
    expect(parts(childAt('declared'))).toEqual({ parts: visitParts, minutes: 6 })
  })

  it('tells of no prints whoever has no finger to lay down', () => {
    const withoutFingers = allFingers.map((finger): DossierEvent => ({
      type: 'fingerExcepted',
      finger,
      reason: 'missing',
      photo: picture('arm'),
    }))
    expect(parts(dossierAt('chip', ...withoutFingers))?.parts).toEqual(['papers', 'portrait', 'check', 'sign'])
  })

  it('holds nothing of the person but how to speak to them', () => {
    const scene = JSON.stringify(citizenScene(dossierAt('chip')))
    for (const value of Object.values(person).filter((each) => each.length > 4)) expect(scene).not.toContain(value)
  })
})

describe('the scenes of who is too young', () => {
  it('wait where no portrait and no prints are taken', () => {
    const infant = [born('05/02/2022'), samples.representativeNamed]
    const enter = (to: 'portrait' | 'fingers'): DossierEvent => ({ type: 'stepEntered', from: 'arrival', to })
    for (const to of ['portrait', 'fingers'] as const)
      expect(citizenScene(dossierAt('opened', ...infant, enter(to)))).toMatchObject({ scene: 'wait' })
  })
})
