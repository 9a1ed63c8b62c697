import {
  citizenScene,
  findings,
  foldEvents,
  next,
  type DossierEvent,
  type DossierState,
} from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'
import {
  answers,
  asked,
  child,
  childAt,
  childsMother,
  declaredDetails,
  dossierAt,
  ink,
  mother,
  opened,
  pageConfirmed,
  person,
  samples,
  shownPage,
  witness,
} from './dossiers.ts'

const refused = expect.objectContaining({ code: 'EVENT_NOT_ALLOWED' })
const unfit = (reason: string) => expect.objectContaining({ code: 'REPRESENTATIVE_UNFIT', context: { reason } })
const named = (representative = childsMother): DossierEvent => ({ type: 'representativeNamed', representative })
const seal: DossierEvent = { type: 'sealRequested', attempt: 's1' }
const missing = (state: DossierState) => findings(state).filter(({ code }) => code === 'representative-missing')

describe('a child under 14', () => {
  it('is sealed with a representative who confirmed and signed', () => {
    const state = childAt('signed', seal)
    expect(state).toMatchObject({
      status: 'sealing',
      representative: childsMother,
      pageConfirmed: { by: 'representative' },
      signature: { by: 'representative' },
    })
  })

  it('is not sealed without one, whatever was answered', () => {
    const alone = childAt(
      'check',
      { type: 'representativeDropped' },
      ...answers(child),
      shownPage(child),
      pageConfirmed(),
      {
        type: 'signed',
        ...ink('signature'),
      },
    )
    expect(missing(alone)).toHaveLength(1)
    expect(findings(alone).filter(({ blocks }) => blocks)).toEqual(missing(alone))
    expect(() => next(alone, seal)).toThrow(expect.objectContaining({ code: 'DOSSIER_INCOMPLETE' }))
  })

  it('too young for prints and portrait is sealed without them', () => {
    const infant = { ...child, personalNumber: '014222000018', birthDate: '05/02/2022' }
    const state = foldEvents([
      opened,
      ...declaredDetails(infant),
      named(),
      { type: 'compared' },
      { type: 'stepEntered', from: 'arrival', to: 'check' },
      ...answers(infant, 'representative'),
      shownPage(infant, ''),
      pageConfirmed('representative'),
      { type: 'signed', ...ink('signature'), by: 'representative' },
      seal,
    ])
    expect(state.status).toBe('sealing')
  })

  it('is not signed for by the child', () => {
    expect(() => childAt('page', { type: 'signed', ...ink('signature'), by: 'citizen' })).toThrow(refused)
    expect(childAt('page', { type: 'signed', ...ink('signature'), by: 'representative' }).signature).toBeDefined()
  })

  it('keeps its representative while the birth date makes it a child, and no longer', () => {
    const born = (birthDate: string): DossierEvent[] => [
      { type: 'declared', field: 'birthDate', value: birthDate },
      { type: 'compared' },
    ]
    expect(childAt('signed', ...born('06/02/2018'))).toMatchObject({ representative: childsMother })
    const grown = childAt('signed', ...born('05/02/2008'))
    expect(grown).not.toHaveProperty('representative')
    expect(grown).toMatchObject({ answers: {}, shown: {} })
  })
})

describe('a representative', () => {
  it('is grown up and not the citizen, also when the number becomes known only later', () => {
    expect(() => childAt('declared', named({ ...childsMother, number: '014210000018' }))).toThrow(unfit('too-young'))
    const self = { ...mother, number: person.personalNumber ?? '' }
    expect(() => dossierAt('chip', named(self))).toThrow(unfit('same-person'))
    expect(() => dossierAt('compared', named(self))).toThrow(unfit('same-person'))
    expect(dossierAt('opened', named(self))).toMatchObject({ representative: self })
    const known = foldEvents([opened, named(self), ...declaredDetails(person), { type: 'compared' }])
    expect(known).not.toHaveProperty('representative')
  })

  it('acts for a ward of any age, but for a child only who is one', () => {
    expect(dossierAt('compared', named(mother))).toMatchObject({ representative: mother })
    expect(() => dossierAt('compared', named(childsMother))).toThrow(refused)
  })

  it('of a ward confirms and signs, and the ward does not', () => {
    const before = dossierAt('check', named(mother))
    expect(() => [...asked('fullName')].reduce((state, event) => next(state, event).state, before)).toThrow(refused)
    const state = dossierAt(
      'check',
      named(mother),
      ...answers(person, 'representative'),
      shownPage(),
      pageConfirmed('representative'),
      { type: 'signed', ...ink('signature'), by: 'representative' },
      seal,
    )
    expect(state.status).toBe('sealing')
  })

  it('named after somebody was excused from signing makes that void: another hand signs now', () => {
    const state = dossierAt('page', samples.signingExcepted, named(mother))
    expect(state).not.toHaveProperty('signingException')
    const witnessNamed = named({ ...mother, number: witness.number })
    expect(dossierAt('page', samples.signingExcepted, witnessNamed)).not.toHaveProperty('signingException')
  })
})

describe('the scene with a representative', () => {
  it('speaks to the representative of the child, and to the child itself when it is looked at', () => {
    expect(citizenScene(childAt('declared'))).toMatchObject({ scene: 'greeting', address: 'chị', about: 'cháu' })
    expect(citizenScene(childAt('compared'))).toMatchObject({ scene: 'wait', address: 'chị', about: 'cháu' })
    for (const part of ['portrait', 'fingers'] as const) {
      const scene = citizenScene(childAt(part))
      expect(scene).toMatchObject({ scene: part, address: 'cháu' })
      expect(scene).not.toHaveProperty('about')
    }
    expect(citizenScene(childAt('check'))).toMatchObject({ scene: 'check', address: 'chị', about: 'cháu' })
    expect(citizenScene(childAt('answers'))).toMatchObject({ scene: 'page', address: 'chị', about: 'cháu' })
    expect(citizenScene(childAt('page'))).toMatchObject({
      scene: 'sign',
      who: 'representative',
      address: 'chị',
      about: 'cháu',
    })
  })

  it('has nobody it is about where the citizen acts alone', () => {
    expect(citizenScene(dossierAt('check'))).not.toHaveProperty('about')
  })

  it('asks a later representative every detail again', () => {
    expect(citizenScene(dossierAt('signed', named(mother)))).toMatchObject({ scene: 'check', place: 1, about: 'chị' })
  })
})
