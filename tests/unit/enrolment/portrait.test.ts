import { findings, portraitProgress, type DossierEvent } from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'
import { dossierAt, picture } from './dossiers.ts'

const shot = (more: Partial<DossierEvent & { type: 'portraitTaken' }>): DossierEvent => ({
  type: 'portraitTaken',
  picture: picture('second'),
  ...more,
})
const glasses = { check: 'glasses', value: 0.9 } as const
const shadow = { check: 'shadow', value: 0.3 } as const
const codes = (...more: readonly DossierEvent[]) =>
  findings(dossierAt('portrait', ...more)).filter(({ step }) => step === 'portrait')

describe('a portrait', () => {
  it('with a refusal holds the seal back until the officer gives a reason', () => {
    const refused = shot({ findings: [glasses, shadow] })
    expect(codes(refused)).toEqual([{ code: 'portrait-refused', step: 'portrait', blocks: true }])
    expect(codes(refused, { type: 'portraitAccepted', name: 'second', because: 'kính y tế' })).toEqual([])
    expect(codes(shot({ findings: [glasses], because: 'kính y tế' }))).toEqual([])
  })

  it('with nothing but warnings, or that nobody looked at, is used as it is', () => {
    expect(codes(shot({ findings: [shadow] }))).toEqual([])
    expect(codes(shot({}))).toEqual([])
  })

  it('tells refusals from warnings by the policy of the day', () => {
    const { refusals, warnings, refused } = portraitProgress(
      dossierAt('portrait', shot({ findings: [glasses, shadow] })),
    )
    expect({ refusals, warnings, refused }).toEqual({ refusals: [glasses], warnings: [shadow], refused: true })
  })

  it('loses its reason when another is taken', () => {
    const accepted = [
      shot({ findings: [glasses] }),
      { type: 'portraitAccepted', name: 'second', because: 'kính y tế' },
    ] as const
    const again = shot({ picture: picture('third'), findings: [glasses] })
    expect(codes(...accepted, again)).toMatchObject([{ code: 'portrait-refused' }])
  })

  it('that was taken before the one in use can no longer be accepted or judged', () => {
    for (const event of [
      { type: 'portraitAccepted', name: 'portrait', because: 'kính y tế' },
      { type: 'portraitJudged', name: 'portrait', same: 'yes' },
    ] as const)
      expect(() => dossierAt('portrait', shot({}), event)).toThrow('EVENT_NOT_ALLOWED')
  })

  it.each(['no', 'unsure'] as const)('that is said to show the same person: %s, is a doubt, not a decision', (same) => {
    const judged = { type: 'portraitJudged', name: 'portrait', same, likeness: 99 } as const
    expect(codes(judged)).toEqual([{ code: 'portrait-differs', step: 'portrait', blocks: false }])
    expect(codes({ ...judged, same: 'yes', likeness: 1 })).toEqual([])
  })
})

it('no portrait is asked for from a child under 6', () => {
  const born = (birthDate: string): DossierEvent => ({ type: 'declared', field: 'birthDate', value: birthDate })
  const declared: DossierEvent = { type: 'chosen', field: 'birthDate', source: 'declared' }
  const of = (birthDate: string) => portraitProgress(dossierAt('chip', born(birthDate), declared)).wanted
  expect([of('13/11/2020'), of('12/11/2020'), of('01/06/1990')]).toEqual([false, true, true])
})
