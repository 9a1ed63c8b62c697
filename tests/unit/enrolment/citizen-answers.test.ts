import { findings, foldEvents, next, wasShown, type DossierEvent, type DossierState } from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'
import {
  answers,
  asked,
  child,
  childAt,
  dossierAt,
  eventsUntil,
  pageConfirmed,
  person,
  samples,
  shownDetail,
  shownPage,
  signed,
} from './dossiers.ts'

const refused = expect.objectContaining({ code: 'EVENT_NOT_ALLOWED' })
const refuse = (state: DossierState, event: DossierEvent) => expect(() => next(state, event)).toThrow(refused)
const blocking = (state: DossierState) =>
  findings(state)
    .filter(({ blocks, step }) => blocks && step === 'check')
    .map(({ code }) => code)
const corrected: DossierEvent[] = [
  { type: 'declared', field: 'origin', value: 'Thôm Mòn' },
  { type: 'chosen', field: 'origin', source: 'declared' },
  { type: 'compared' },
]

describe('a detail', () => {
  it.each(['right', 'wrong', 'unsure'] as const)('is not answered “%s” by a citizen before it was shown', (answer) => {
    const event = { ...samples.answered, answer }
    refuse(dossierAt('check'), event)
    refuse(dossierAt('check', shownDetail('sex', 'Nữ')), event)
    expect(next(dossierAt('check', samples.shown), event).state.answers.fullName).toMatchObject({ answer })
  })

  it('is not answered by a representative before it was shown, nor by the citizen at all', () => {
    const answer = (by: 'citizen' | 'representative'): DossierEvent => ({
      type: 'answered',
      field: 'fullName',
      value: 'Lò Văn Bé Mẫu',
      answer: 'right',
      by,
    })
    const shown = childAt('check', shownDetail('fullName', 'Lò Văn Bé Mẫu'))
    refuse(childAt('check'), answer('representative'))
    refuse(shown, answer('citizen'))
    expect(next(shown, answer('representative')).state.answers.fullName).toMatchObject({ by: 'representative' })
  })

  it('is answered by no representative where there is none', () => {
    refuse(dossierAt('check', samples.shown), { ...samples.answered, by: 'representative' })
  })

  it('may be answered by the officer on somebody’s behalf, and that is written down', () => {
    expect(next(dossierAt('check'), { ...samples.answered, by: 'officer' }).state.answers.fullName).toEqual({
      value: 'Lò Thị Mẫu',
      answer: 'right',
      by: 'officer',
    })
    expect(childAt('check', ...answers(child, 'officer')).answers.sex).toMatchObject({ by: 'officer' })
  })

  it('counts as shown only as it is confirmed now, on the step where it is asked', () => {
    refuse(dossierAt('check'), shownDetail('fullName', 'Lo Thi Mau'))
    refuse(dossierAt('review'), samples.shown)
    const state = dossierAt('check', shownDetail('origin', person.origin ?? ''), ...corrected)
    expect(wasShown(state, { field: 'origin', value: 'Thôm Mòn' })).toBe(false)
    refuse(state, { type: 'answered', field: 'origin', value: 'Thôm Mòn', answer: 'right', by: 'citizen' })
    expect(
      dossierAt('check', ...corrected, ...asked('origin', 'right', { origin: 'Thôm Mòn' })).answers.origin,
    ).toEqual({ value: 'Thôm Mòn', answer: 'right', by: 'citizen' })
  })
})

describe('the one page', () => {
  it('is confirmed only after it was shown; the officer may do so on somebody’s behalf', () => {
    refuse(dossierAt('answers'), pageConfirmed())
    refuse(childAt('answers'), pageConfirmed('representative'))
    expect(dossierAt('answers', shownPage(), pageConfirmed()).pageConfirmed).toEqual({ by: 'citizen' })
    expect(dossierAt('answers', pageConfirmed('officer')).pageConfirmed).toEqual({ by: 'officer' })
  })

  it('is confirmed by whoever confirms the details', () => {
    refuse(dossierAt('answers', shownPage()), pageConfirmed('representative'))
    refuse(childAt('answers', shownPage(child)), pageConfirmed('citizen'))
    expect(childAt('page').pageConfirmed).toEqual({ by: 'representative' })
  })

  it('is confirmed only after every detail was found right, by anybody', () => {
    const allButOne = answers().slice(0, -2)
    for (const by of ['citizen', 'officer'] as const) {
      refuse(dossierAt('check', ...allButOne, shownPage()), pageConfirmed(by))
      for (const answer of ['wrong', 'unsure'] as const)
        refuse(dossierAt('answers', shownPage(), ...asked('sex', answer)), pageConfirmed(by))
    }
  })

  it('is shown only as it is: with every detail and the portrait in use', () => {
    const { religion: _, ...less } = person
    for (const page of [shownPage(less), shownPage({ ...person, origin: 'Thôm Mòn' }), shownPage(person, '')])
      refuse(dossierAt('answers'), page)
    refuse(dossierAt('answers'), shownPage(person, 'portrait2'))
    refuse(dossierAt('answers', { type: 'stepEntered', from: 'check', to: 'compare' }), shownPage())
    expect(wasShown(dossierAt('answers', shownPage()), 'page')).toBe(true)
  })

  it('is not confirmed as it was shown before another portrait or another value', () => {
    refuse(dossierAt('answers', shownPage(), samples.portraitTaken), pageConfirmed())
    const asItWas = dossierAt('answers', shownPage(), ...corrected, ...asked('origin', 'right', { origin: 'Thôm Mòn' }))
    refuse(asItWas, pageConfirmed())
    const asItIs = next(asItWas, shownPage({ ...person, origin: 'Thôm Mòn' })).state
    expect(next(asItIs, pageConfirmed()).state.pageConfirmed).toEqual({ by: 'citizen' })
  })

  it('comes before the signature: nothing is signed without it', () => {
    refuse(dossierAt('answers', shownPage()), signed)
    expect(blocking(dossierAt('answers', shownPage()))).toEqual(['page-not-confirmed', 'not-signed'])
    expect(blocking(dossierAt('page'))).toEqual(['not-signed'])
    expect(blocking(dossierAt('signed'))).toEqual([])
  })
})

/** What may happen after everything was confirmed, and makes it untrue. */
const changes: readonly (readonly [string, readonly DossierEvent[]])[] = [
  ['a corrected value', corrected],
  ['another portrait', [samples.portraitTaken]],
  ['a representative', [samples.representativeNamed]],
  ['a wrong answer', asked('sex', 'wrong')],
  ['an unsure answer', asked('sex', 'unsure')],
  ['a wrong answer that the officer was told', [{ ...samples.answered, answer: 'wrong', by: 'officer' }]],
]
const excepted = [samples.signingExcepted, samples.markTaken, samples.witnessSigned]

describe('after the signature', () => {
  it.each(changes)('%s takes the confirmation and the signature away', (_, events) => {
    const state = dossierAt('signed', ...events)
    expect(state).not.toHaveProperty('pageConfirmed')
    expect(state).not.toHaveProperty('signature')
    expect(() => next(state, samples.sealRequested)).toThrow(expect.objectContaining({ code: 'DOSSIER_INCOMPLETE' }))
  })

  it.each(changes)('%s takes the confirmation, the mark and the witness’s signature away', (_, events) => {
    const before = dossierAt('page', ...excepted)
    expect(before).toMatchObject({ pageConfirmed: {}, signingException: { mark: {}, witnessed: {} } })
    const state = dossierAt('page', ...excepted, ...events)
    expect(state).not.toHaveProperty('pageConfirmed')
    expect(state.signingException ?? {}).not.toHaveProperty('mark')
    expect(state.signingException ?? {}).not.toHaveProperty('witnessed')
    expect(() => next(state, samples.sealRequested)).toThrow(expect.objectContaining({ code: 'DOSSIER_INCOMPLETE' }))
  })

  it('another representative takes everything that the first one said, saw and signed away', () => {
    const father = { name: 'Lò Văn Mẫu', number: '014088004567', relation: 'father', reason: 'under-14' } as const
    for (const event of [
      { type: 'representativeNamed', representative: father },
      { type: 'representativeDropped' },
    ] as const) {
      const state = childAt('signed', event)
      expect(state).toMatchObject({ answers: {}, shown: {} })
      for (const gone of ['pageConfirmed', 'signature', 'shownPage']) expect(state).not.toHaveProperty(gone)
      refuse(state, { ...samples.answered, value: 'Lò Văn Bé Mẫu', by: 'representative' })
    }
  })

  it('what changes nothing on the page leaves it as it is', () => {
    const harmless: DossierEvent[] = [
      { type: 'compared' },
      ...asked('sex'),
      { ...samples.answered, by: 'officer' },
      shownPage(),
      pageConfirmed(),
      samples.viewingChosen,
      samples.addressChosen,
      samples.documentTaken,
    ]
    const state = dossierAt('signed', ...harmless)
    expect(state.pageConfirmed).toEqual({ by: 'citizen' })
    expect(state.signature).toEqual(dossierAt('signed').signature)
  })

  it('a value that changes and changes back is confirmed again', () => {
    const back: DossierEvent[] = [{ type: 'chosen', field: 'origin', source: 'chip' }, { type: 'compared' }]
    const state = dossierAt('signed', ...corrected, ...back)
    expect(state.confirmed).toEqual(person)
    expect(blocking(state)).toEqual(['page-not-confirmed', 'not-signed'])
  })
})

it('a dossier that lacks any one showing, answer, confirmation or signature is not sealed', () => {
  const all = [...eventsUntil('review'), samples.sealRequested]
  const ofTheCitizen = ['shown', 'answered', 'pageConfirmed', 'signed']
  const places = all.flatMap(({ type }, at) => (ofTheCitizen.includes(type) ? [at] : []))
  expect(places).toHaveLength(9 + 9 + 1 + 1 + 1)
  for (const place of places) {
    const { type } = all[place]!
    expect(() => foldEvents(all.filter((_, at) => at !== place)), `${type} at ${place}`).toThrow()
  }
})
