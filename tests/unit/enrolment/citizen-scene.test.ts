import type { CitizenView } from '#contract/index.ts'
import { citizenView } from '#contract/views.ts'
import { citizenScene, emptyState, foldEvents, type CitizenScene, type DossierEvent } from '#domain/enrolment/index.ts'
import { detailFields } from '#domain/person/index.ts'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  answers,
  asked,
  capture,
  dossierAt,
  eventsUntil,
  opened,
  person,
  picture,
  samples,
  shownPage,
  taken,
} from './dossiers.ts'

/** The first so many details, each shown and answered. */
const answered = (count: number): DossierEvent[] => answers().slice(0, 2 * count)
const answer = (field: 'origin' | 'sex', given: 'right' | 'wrong' | 'unsure'): DossierEvent => ({
  type: 'answered',
  field,
  value: person[field] ?? '',
  answer: given,
  by: 'citizen',
})

describe('the citizen’s scene', () => {
  it('has the shape of the contract', () => {
    expectTypeOf<CitizenScene>().toExtend<CitizenView>()
    for (let count = 0; count <= eventsUntil('closed').length; count++) {
      const scene = citizenScene(withRealNames(eventsUntil('closed').slice(0, count)))
      expect(citizenView.parse(scene)).toEqual(scene)
    }
  })

  it('is idle without a dossier and after the visit, and holds nothing else then', () => {
    expect(citizenScene(undefined)).toEqual({ scene: 'idle' })
    expect(citizenScene(emptyState)).toEqual({ scene: 'idle' })
    expect(citizenScene(dossierAt('closed'))).toEqual({ scene: 'idle' })
    expect(citizenScene(dossierAt('answers', samples.abandoned))).toEqual({ scene: 'idle' })
  })

  it('follows the visit, and the bars never go back', () => {
    const scenes = eventsUntil('sealed').map((_, at) =>
      citizenScene(foldEvents(eventsUntil('sealed').slice(0, at + 1))),
    )
    expect(scenes.map(({ scene }) => scene).filter((scene, at, all) => scene !== all[at - 1])).toEqual([
      'greeting',
      'wait',
      'portrait',
      'fingers',
      'check',
      'page',
      'sign',
      'wait',
      'thanks',
    ])
    const done = scenes.map((scene) => ('done' in scene ? scene.done : -1))
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(done.at(0)).toBe(0)
    expect(scenes.at(-1)).toMatchObject({ scene: 'thanks', done: 7, total: 7, due: '2026-11-23' })
  })

  it('addresses the citizen by age and sex, openly while they are unknown', () => {
    expect(citizenScene(dossierAt('opened'))).toMatchObject({ scene: 'greeting', address: 'ông/bà' })
    expect(citizenScene(dossierAt('chip'))).toMatchObject({ scene: 'greeting', address: 'chị' })
  })

  it('asks each detail in the order of the card, one at a time', () => {
    for (const [at, field] of detailFields.entries()) {
      expect(citizenScene(dossierAt('check', ...answered(at)))).toMatchObject({
        scene: 'check',
        detail: { field, value: person[field] },
        place: at + 1,
        of: 9,
      })
    }
  })

  it('asks all of them before it says that something is being corrected', () => {
    expect(citizenScene(dossierAt('check', ...answered(3), ...asked('sex', 'wrong')))).toMatchObject({
      scene: 'check',
      detail: { field: 'nationality' },
    })
    expect(citizenScene(dossierAt('answers', answer('origin', 'wrong')))).toMatchObject({ scene: 'correcting' })
    expect(citizenScene(dossierAt('answers', answer('origin', 'unsure')))).toMatchObject({ scene: 'correcting' })
  })

  it('asks a corrected detail again, and only that one', () => {
    const state = dossierAt(
      'answers',
      answer('origin', 'wrong'),
      { type: 'declared', field: 'origin', value: 'Thôm Mòn' },
      { type: 'chosen', field: 'origin', source: 'declared' },
      { type: 'compared' },
    )
    expect(citizenScene(state)).toMatchObject({
      scene: 'check',
      detail: { field: 'origin', value: 'Thôm Mòn' },
      place: 8,
      of: 9,
    })
  })

  it('waits when there is nothing to check yet', () => {
    const early = foldEvents([opened, { type: 'stepEntered', from: 'arrival', to: 'check' }])
    expect(citizenScene(early)).toMatchObject({ scene: 'wait' })
  })

  it('shows all details and the portrait on one page, then for the signature, and again when it was cleared', () => {
    const everything = {
      details: detailFields.map((field) => ({ field, value: person[field] })),
      portrait: { name: 'portrait' },
    }
    expect(citizenScene(dossierAt('answers'))).toMatchObject({ scene: 'page', ...everything })
    expect(citizenScene(dossierAt('page'))).toMatchObject({ scene: 'sign', who: 'citizen', ...everything })
    expect(citizenScene(dossierAt('signed'))).toMatchObject({ scene: 'wait' })
    expect(citizenScene(dossierAt('signed', samples.signatureCleared))).toMatchObject({ scene: 'sign' })
  })

  it('comes back to the page after a line on it was found wrong and corrected, and after another portrait', () => {
    const wrong = dossierAt('answers', shownPage(), answer('origin', 'wrong'))
    expect(citizenScene(wrong)).toMatchObject({ scene: 'correcting' })
    const corrected = { ...person, origin: 'Thôm Mòn' }
    const again = [
      { type: 'declared', field: 'origin', value: 'Thôm Mòn' },
      { type: 'chosen', field: 'origin', source: 'declared' },
      { type: 'compared' },
      ...asked('origin', 'right', corrected),
    ] as const
    expect(citizenScene(dossierAt('answers', shownPage(), answer('origin', 'wrong'), ...again))).toMatchObject({
      scene: 'page',
      details: expect.arrayContaining([{ field: 'origin', value: 'Thôm Mòn' }]),
    })
    expect(citizenScene(dossierAt('signed', samples.portraitTaken))).toMatchObject({
      scene: 'page',
      portrait: { name: 'portrait2' },
    })
  })
})

describe('the scene of the fingers', () => {
  const at = (...events: readonly DossierEvent[]) =>
    citizenScene(dossierAt('portrait', { type: 'stepEntered', from: 'portrait', to: 'fingers' }, ...events))

  it('goes from ready over place to taken', () => {
    expect(at()).toMatchObject({ scene: 'fingers', step: 'right-four', phase: 'ready' })
    expect(at(...capture('right-four').slice(0, 1))).toMatchObject({ step: 'right-four', phase: 'place' })
    expect(at(...capture('right-four'))).toMatchObject({ step: 'right-four', phase: 'taken' })
    expect(at(...capture('right-four'), ...capture('left-four').slice(0, 1))).toMatchObject({
      step: 'left-four',
      phase: 'place',
    })
    expect(at(...capture('right-four'), ...capture('left-four'), ...capture('two-thumbs'))).toMatchObject({
      step: 'two-thumbs',
      phase: 'taken',
    })
  })

  it('asks again after weak prints or a failed capture, until they are good or accepted', () => {
    const weak = capture('right-four', 'w', 10)
    expect(at(...weak)).toMatchObject({ step: 'right-four', phase: 'again' })
    expect(at(...weak, samples.fingerCaptureStarted)).toMatchObject({ step: 'left-four', phase: 'place' })
    expect(at(...weak, ...capture('right-four', 'w2', 90))).toMatchObject({ step: 'right-four', phase: 'taken' })
    expect(at(...weak, { type: 'fingersAccepted', step: 'right-four', reason: 'da chai' })).toMatchObject({
      step: 'right-four',
      phase: 'taken',
    })
    expect(at(samples.fingerCaptureStarted, samples.fingerCaptureFailed)).toMatchObject({
      step: 'left-four',
      phase: 'again',
    })
  })

  it('is of the hand under way, whatever was taken before', () => {
    const partial = taken('p', 'left-four', 80)
    if (partial.type !== 'fingersTaken') throw new Error('not a capture')
    const missing = { ...partial, fingers: partial.fingers.slice(1) }
    expect(
      at(
        ...capture('right-four'),
        { type: 'fingerCaptureStarted', attempt: 'p', device: 'scanner', step: 'left-four' },
        missing,
      ),
    ).toMatchObject({ step: 'left-four', phase: 'again' })
  })
})

describe('the projection', () => {
  it('never throws, whatever a state holds', () => {
    const state = fc.record({
      status: fc.constantFrom('none', 'open', 'sealing', 'sealed', 'abandoned', 'closed'),
      step: fc.constantFrom('arrival', 'compare', 'documents', 'portrait', 'fingers', 'check', 'review'),
      birthDate: fc.string(),
      sex: fc.string(),
    })
    fc.assert(
      fc.property(state, ({ status, step, birthDate, sex }) => {
        const scene = citizenScene({ ...emptyState, day: '2026-11-12', status, step, confirmed: { birthDate, sex } })
        expect(citizenView.parse(scene)).toEqual(scene)
      }),
    )
  })
})

/** The contract wants blob names as the store makes them. */
function withRealNames(events: readonly DossierEvent[]) {
  const name = '00ff'.repeat(8)
  const real = { ...picture(name), sha256: '0'.repeat(64) }
  return foldEvents(
    events.map((event) => {
      if (event.type === 'portraitTaken') return { ...event, picture: real }
      return event.type === 'shown' && event.what.kind === 'page' ? shownPage(person, name) : event
    }),
  )
}
