import { allFingers } from '#domain/biometrics/index.ts'
import { citizenScene, findings, next, type DossierEvent, type DossierState } from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'
import {
  childAt,
  childsMother,
  dossierAt,
  ink,
  person,
  picture,
  samples,
  shownPage,
  pageConfirmed,
  signed,
  witness,
} from './dossiers.ts'

const refused = expect.objectContaining({ code: 'EVENT_NOT_ALLOWED' })
const unfit = (reason: string) => expect.objectContaining({ code: 'REPRESENTATIVE_UNFIT', context: { reason } })
const refuse = (state: DossierState, event: DossierEvent) => expect(() => next(state, event)).toThrow(refused)
const blocking = (state: DossierState) =>
  findings(state)
    .filter(({ blocks }) => blocks)
    .map(({ code }) => code)
const excepted = samples.signingExcepted
const { markTaken, witnessSigned } = samples
const seal: DossierEvent = { type: 'sealRequested', attempt: 's1' }
const witnessedBy = (number: string): DossierEvent => ({ ...excepted, witness: { ...witness, number } })

/** Nobody's finger can be taken: each is missing, with the picture of the arm. */
const withoutFingers = allFingers.map((finger): DossierEvent => ({
  type: 'fingerExcepted',
  finger,
  reason: 'missing',
  photo: picture(`arm-${finger}`),
}))

describe('a citizen who cannot sign', () => {
  it('lays down a finger, a witness signs, and the dossier is sealed', () => {
    expect(blocking(dossierAt('page', excepted))).toEqual(['mark-missing', 'witness-missing'])
    expect(blocking(dossierAt('page', excepted, markTaken))).toEqual(['witness-missing'])
    const state = dossierAt('page', excepted, markTaken, witnessSigned)
    expect(blocking(state)).toEqual([])
    expect(next(state, seal).state).toMatchObject({
      status: 'sealing',
      signingException: { reason: 'hand-injured', witness, mark: { finger: 'right-index', score: 90 } },
    })
  })

  it('sees the finger asked for, then the witness is asked to sign, then nothing more', () => {
    expect(citizenScene(dossierAt('page', excepted))).toMatchObject({ scene: 'mark', address: 'chị' })
    const scene = citizenScene(dossierAt('page', excepted, markTaken))
    expect(scene).toMatchObject({ scene: 'sign', who: 'witness', address: 'em', portrait: { name: 'portrait' } })
    expect(scene).not.toHaveProperty('about')
    expect(citizenScene(dossierAt('page', excepted, markTaken, witnessSigned))).toMatchObject({ scene: 'wait' })
  })

  it('without any finger needs no mark, only the witness', () => {
    const state = dossierAt('page', ...withoutFingers, excepted)
    expect(blocking(state)).toEqual(['witness-missing'])
    expect(citizenScene(state)).toMatchObject({ scene: 'sign', who: 'witness' })
    expect(dossierAt('page', ...withoutFingers, excepted, witnessSigned, seal).status).toBe('sealing')
  })

  it('needs the mark all the same once a finger can be taken again', () => {
    const state = dossierAt('page', ...withoutFingers, excepted, witnessSigned, samples.fingerExceptionDropped)
    expect(blocking(state)).toContain('mark-missing')
    expect(citizenScene(state)).toMatchObject({ scene: 'mark' })
  })

  it('does not sign, nor lay down a finger or see a witness sign before the page was confirmed', () => {
    refuse(dossierAt('page', excepted), signed)
    for (const event of [markTaken, witnessSigned]) {
      refuse(dossierAt('answers', shownPage(), excepted), event)
      refuse(dossierAt('page'), event)
      refuse(dossierAt('page', excepted, { type: 'stepEntered', from: 'check', to: 'compare' }), event)
    }
  })

  it('is witnessed beside the mark, not before it; another mark is witnessed again', () => {
    refuse(dossierAt('page', excepted), witnessSigned)
    const again = dossierAt('page', excepted, markTaken, witnessSigned, { ...markTaken, finger: 'left-index' })
    expect(again.signingException).toMatchObject({ mark: { finger: 'left-index' } })
    expect(again.signingException).not.toHaveProperty('witnessed')
  })

  it('who signed before keeps no signature, and signs again when the exception is taken back', () => {
    const state = dossierAt('signed', excepted)
    expect(state).not.toHaveProperty('signature')
    const back = next(next(state, samples.signingExceptionDropped).state, signed).state
    expect(back).not.toHaveProperty('signingException')
    expect(blocking(back)).toEqual([])
  })

  it('clearing takes mark and witness away, and keeps the page and why', () => {
    const state = dossierAt('page', excepted, markTaken, witnessSigned, samples.signatureCleared)
    expect(state.signingException).toEqual({ reason: 'hand-injured', witness })
    expect(state.pageConfirmed).toEqual({ by: 'citizen' })
    expect(citizenScene(state)).toMatchObject({ scene: 'mark' })
  })

  it('another reason or witness is begun anew', () => {
    const other = witnessedBy('014088004567')
    const state = dossierAt('page', excepted, markTaken, witnessSigned, other)
    expect(state.signingException).toEqual({ reason: 'hand-injured', witness: { ...witness, number: '014088004567' } })
  })

  it('keeps why it cannot sign when a value is corrected, and confirms, marks and is witnessed again', () => {
    const state = dossierAt('page', excepted, markTaken, witnessSigned, samples.portraitTaken)
    expect(state.signingException).toEqual({ reason: 'hand-injured', witness })
    expect(citizenScene(state)).toMatchObject({ scene: 'page' })
    const done = [shownPage(person, 'portrait2'), pageConfirmed(), markTaken, witnessSigned, seal]
    expect(done.reduce((before, event) => next(before, event).state, state).status).toBe('sealing')
  })
})

describe('a witness', () => {
  it('is grown up and neither the citizen nor the representative', () => {
    expect(() => dossierAt('page', witnessedBy(person.personalNumber ?? ''))).toThrow(unfit('same-person'))
    expect(() => dossierAt('chip', witnessedBy(person.personalNumber ?? ''))).toThrow(unfit('same-person'))
    expect(() => childAt('page', witnessedBy(childsMother.number))).toThrow(unfit('same-person'))
    expect(() => dossierAt('page', witnessedBy('012215000045'))).toThrow(unfit('too-young'))
  })

  it('who turns out to be the citizen when the values are compared is no witness', () => {
    const self = witnessedBy(person.personalNumber ?? '')
    expect(dossierAt('opened', self).signingException).toBeDefined()
    const events: DossierEvent[] = [
      self,
      samples.chipReadStarted,
      { ...samples.chipRead, details: person },
      { type: 'compared' },
    ]
    expect(dossierAt('opened', ...events)).not.toHaveProperty('signingException')
  })
})

describe('a representative who cannot sign', () => {
  const atPage = (...events: DossierEvent[]) => childAt('page', excepted, ...events)

  it('lays down a finger of their own, and a witness signs', () => {
    expect(citizenScene(atPage())).toMatchObject({ scene: 'mark', address: 'chị', about: 'cháu' })
    const { score: _, ...withoutScore } = markTaken
    expect(blocking(atPage(withoutScore))).toEqual(['witness-missing'])
    expect(atPage(withoutScore, witnessSigned, seal).status).toBe('sealing')
  })

  it('does so also where the citizen has no finger to lay down', () => {
    const state = atPage(...withoutFingers)
    expect(blocking(state)).toEqual(['mark-missing', 'witness-missing'])
    expect(citizenScene(state)).toMatchObject({ scene: 'mark' })
  })
})

it('a signature may be written once more over the one before', () => {
  const state = dossierAt('signed', { type: 'signed', ...ink('second'), by: 'citizen' })
  expect(state.signature?.picture.name).toBe('second')
})
