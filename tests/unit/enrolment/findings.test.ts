import { captureSteps } from '#domain/biometrics/index.ts'
import {
  bestFingers,
  emptyState,
  findings,
  foldEvents,
  requiredDetails,
  stepMarks,
  steps,
  type DossierEvent,
  type DossierState,
} from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'
import { capture, chipRead, dossierAt, opened, person, samples, taken } from './dossiers.ts'

const codes = (state: DossierState, field?: string) =>
  findings(state)
    .filter((each) => field === undefined || each.field === field)
    .map(({ code }) => code)
const declared = (field: keyof typeof person, value: string): DossierEvent => ({ type: 'declared', field, value })

describe('findings', () => {
  it('of a complete dossier without a trust anchor are only that the chip was not verified', () => {
    expect(findings(dossierAt('review'))).toEqual([{ code: 'chip-not-verified', step: 'arrival', blocks: false }])
  })

  it('of a new dossier name every required detail, the captures and the check', () => {
    const state = dossierAt('opened')
    expect(
      findings(state)
        .filter(({ code }) => code === 'detail-missing')
        .map(({ field }) => field),
    ).toEqual(requiredDetails)
    expect(codes(state)).toEqual(
      expect.arrayContaining([
        'chip-not-read',
        'not-compared',
        'no-document',
        'no-portrait',
        'page-not-confirmed',
        'not-signed',
      ]),
    )
    expect(findings(state).filter(({ code }) => code === 'fingers-missing')).toHaveLength(13)
  })

  it('do not ask for a detail that no source needs to know', () => {
    const { religion: _, ...rest } = person
    const state = foldEvents([opened, { ...samples.chipReadStarted }, { ...samples.chipRead, details: rest }])
    expect(codes(state, 'religion')).toEqual([])
  })

  it('doubt a chip whose signature failed, and trust one that was verified', () => {
    const read = (trust: 'verified' | 'failed' | 'expired-or-revoked') =>
      foldEvents([opened, samples.chipReadStarted, { ...samples.chipRead, trust }])
    expect(codes(read('failed'))).toContain('chip-doubtful')
    expect(codes(read('expired-or-revoked'))).toContain('chip-not-verified')
    expect(codes(read('verified')).filter((code) => code.startsWith('chip'))).toEqual([])
  })

  it('see a number that contradicts sex or year, without blocking', () => {
    const state = foldEvents([
      opened,
      declared('personalNumber', '014190000123'),
      declared('sex', 'Nam'),
      declared('birthDate', '1989'),
    ])
    const against = findings(state).filter(({ code }) => code === 'number-contradicts')
    expect(against).toEqual([
      { code: 'number-contradicts', step: 'compare', blocks: false, field: 'sex' },
      { code: 'number-contradicts', step: 'compare', blocks: false, field: 'birthDate' },
    ])
  })

  it('block a malformed number or date', () => {
    const state = foldEvents([opened, declared('personalNumber', '0141'), declared('birthDate', '31/02/1990')])
    expect(codes(state, 'personalNumber')).toEqual(['detail-malformed'])
    expect(codes(state, 'birthDate')).toEqual(['detail-malformed'])
  })

  it('want a representative of somebody under 14 on the day of the visit, not on the birthday', () => {
    const missing = { code: 'representative-missing', step: 'arrival', blocks: true, field: 'birthDate' }
    const born = (date: string, ...more: DossierEvent[]) =>
      findings(foldEvents([opened, declared('birthDate', date), ...more]))
    expect(born('13/11/2012')).toContainEqual(missing)
    expect(born('12/11/2012')).not.toContainEqual(missing)
    expect(born('2012')).toContainEqual(missing)
    expect(born('13/11/2012', samples.representativeNamed)).not.toContainEqual(missing)
    expect(born('13/11/2012', samples.representativeNamed, samples.representativeDropped)).toContainEqual(missing)
  })

  it('block a value that changed after the comparison', () => {
    const state = dossierAt('review', declared('residence', 'Chiềng Mẫu'), {
      type: 'chosen',
      field: 'residence',
      source: 'declared',
    })
    expect(findings(state)).toContainEqual({
      code: 'changed-since-compared',
      step: 'compare',
      blocks: true,
      field: 'residence',
    })
  })

  it('tell weak prints from missing ones, and no longer block once the officer accepted them', () => {
    const weak = dossierAt('portrait', ...capture('right-four', 'w', 20))
    const about = (state: DossierState) => findings(state).filter((each) => each.capture === 'right-four')
    expect(about(weak)).toEqual([{ code: 'fingers-weak', step: 'fingers', blocks: true, capture: 'right-four' }])
    const accepted = dossierAt('portrait', ...capture('right-four', 'w', 20), {
      type: 'fingersAccepted',
      step: 'right-four',
      reason: 'da chai',
    })
    expect(about(accepted)).toEqual([{ code: 'fingers-weak', step: 'fingers', blocks: false, capture: 'right-four' }])
    expect(about(dossierAt('portrait'))).toMatchObject([{ code: 'fingers-missing', blocks: true }])
  })
})

describe('the best fingers', () => {
  it('come from all tries, so that one bad finger never spoils a try', () => {
    const first = taken('t1', 'right-four', 30)
    const second = taken('t2', 'right-four', 70)
    if (first.type !== 'fingersTaken' || second.type !== 'fingersTaken') throw new Error('not captures')
    const thumbless = second.fingers.map((finger) =>
      finger.position === 'right-ring' ? { ...finger, quality: 10 } : finger,
    )
    const started = (attempt: string): DossierEvent => ({
      type: 'fingerCaptureStarted',
      attempt,
      device: 'scanner',
      step: 'right-four',
    })
    const state = dossierAt('portrait', started('t1'), first, started('t2'), { ...second, fingers: thumbless })
    const best = bestFingers(state)
    expect(Object.keys(best).toSorted()).toEqual([...captureSteps['right-four'].fingers].toSorted())
    expect(best['right-ring']).toMatchObject({ quality: 30, print: { name: 't1-right-ring' } })
    expect(best['right-index']).toMatchObject({ quality: 70, print: { name: 't2-right-index' } })
  })
})

describe('the marks of the steps', () => {
  it('are untouched before a step was entered', () => {
    expect(Object.values(stepMarks(emptyState))).toEqual(steps.map(() => 'untouched'))
    expect(stepMarks(dossierAt('opened'))).toMatchObject({
      arrival: 'doubtful',
      compare: 'untouched',
      review: 'untouched',
    })
  })

  it('say done, missing and doubtful', () => {
    expect(stepMarks(dossierAt('compared'))).toMatchObject({
      arrival: 'doubtful',
      compare: 'done',
      documents: 'untouched',
    })
    expect(stepMarks(dossierAt('check'))).toMatchObject({
      documents: 'done',
      portrait: 'done',
      fingers: 'done',
      check: 'missing',
    })
    expect(stepMarks(dossierAt('review'))).toMatchObject({ check: 'done', review: 'missing' })
    expect(stepMarks(dossierAt('sealed'))).toMatchObject({ review: 'done' })
    expect(stepMarks(dossierAt('compared', declared('residence', 'Chiềng Mẫu')))).toMatchObject({ compare: 'doubtful' })
    expect(
      stepMarks(foldEvents([opened, ...chipRead, { type: 'stepEntered', from: 'arrival', to: 'compare' }])),
    ).toMatchObject({ compare: 'missing' })
  })
})
