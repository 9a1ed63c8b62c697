import { AppError } from '#domain/failure/index.ts'
import {
  allAnsweredRight,
  findings,
  foldEvents,
  next,
  pageOf,
  steps,
  type AnsweredBy,
  type DossierEvent,
  type DossierState,
} from '#domain/enrolment/index.ts'
import { detailFields, representationReasons, type DetailField } from '#domain/person/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answers,
  asked,
  capture,
  child,
  dossierAt,
  eventsUntil,
  mother,
  pageConfirmed,
  person,
  picture,
  samples,
  shownDetail,
  shownPage,
  signed,
  taken,
} from './dossiers.ts'

const refused = (code: string) => expect.objectContaining({ code })

describe('the routine visit', () => {
  it('ends in a sealed and closed dossier', () => {
    expect(dossierAt('sealed')).toMatchObject({ status: 'sealed', confirmed: person, sealed: { size: 3_000_000 } })
    expect(dossierAt('closed').status).toBe('closed')
  })

  it('may be sealed only when nothing that blocks is left', () => {
    for (const part of [
      'opened',
      'chip',
      'compared',
      'documents',
      'portrait',
      'fingers',
      'check',
      'answers',
      'page',
    ] as const) {
      expect(() => dossierAt(part, samples.sealRequested), part).toThrow(refused('DOSSIER_INCOMPLETE'))
    }
    expect(dossierAt('review', samples.sealRequested).status).toBe('sealing')
  })
})

describe('the citizen’s answers', () => {
  it('to a value that was not shown are refused', () => {
    const shown = dossierAt('check', samples.shown)
    const answer = { type: 'answered', field: 'fullName', answer: 'right', by: 'citizen' } as const
    for (const value of ['Lo Thi Mau', 'LÒ THỊ MẪU', '', person.fullName?.normalize('NFD') ?? '']) {
      expect(() => next(shown, { ...answer, value })).toThrow(refused('EVENT_NOT_ALLOWED'))
    }
    expect(() => next(dossierAt('chip'), { ...answer, value: 'Lò Thị Mẫu' })).toThrow(refused('EVENT_NOT_ALLOWED'))
  })

  it('are refused while their screen shows something else, the officer’s are not', () => {
    const before = dossierAt('check', samples.shown, { type: 'stepEntered', from: 'check', to: 'fingers' })
    const answer = { type: 'answered', field: 'fullName', value: 'Lò Thị Mẫu', answer: 'right' } as const
    expect(() => next(before, { ...answer, by: 'citizen' })).toThrow(refused('EVENT_NOT_ALLOWED'))
    expect(next(before, { ...answer, by: 'officer' }).state.answers.fullName).toEqual({
      value: 'Lò Thị Mẫu',
      answer: 'right',
      by: 'officer',
    })
  })

  it('count no longer once the value was corrected: it is asked again', () => {
    const wrong: DossierEvent = {
      type: 'answered',
      field: 'origin',
      value: person.origin ?? '',
      answer: 'wrong',
      by: 'citizen',
    }
    const corrected: DossierEvent[] = [
      { type: 'declared', field: 'origin', value: 'Thôm Mòn' },
      { type: 'chosen', field: 'origin', source: 'declared' },
    ]
    const state = dossierAt('answers', wrong, ...corrected, { type: 'compared' })
    const about = findings(state).filter(({ step }) => step === 'check')
    expect(about).toEqual([
      { code: 'not-answered', step: 'check', blocks: true, field: 'origin' },
      { code: 'page-not-confirmed', step: 'check', blocks: true },
      { code: 'not-signed', step: 'check', blocks: true },
    ])
  })
})

describe('the signature', () => {
  it('is refused while a detail is unanswered, wrong or unsure, or the page is not confirmed', () => {
    for (const part of ['check', 'answers'] as const)
      expect(() => next(dossierAt(part), signed), part).toThrow(refused('EVENT_NOT_ALLOWED'))
    expect(() => next(dossierAt('answers', shownPage()), signed)).toThrow(refused('EVENT_NOT_ALLOWED'))
    for (const answer of ['wrong', 'unsure'] as const) {
      const doubtful = dossierAt('page', { type: 'answered', field: 'sex', value: 'Nữ', answer, by: 'citizen' })
      expect(() => next(doubtful, signed)).toThrow(refused('EVENT_NOT_ALLOWED'))
    }
    const gone = { type: 'stepEntered', from: 'check', to: 'portrait' } as const
    expect(() => next(dossierAt('page', gone), signed)).toThrow(refused('EVENT_NOT_ALLOWED'))
  })

  it('is still taken when the officer has gone on to review while the ink was being stored', () => {
    const { state } = next(dossierAt('review', samples.signatureCleared), signed)
    expect(state.signature).toBeDefined()
  })

  it('falls when a confirmed value changes or an answer is taken back, and stays when nothing did', () => {
    const again = dossierAt('signed', { type: 'compared' })
    expect(again.signature).toBeDefined()
    const changed = dossierAt(
      'signed',
      { type: 'declared', field: 'origin', value: 'Thôm Mòn' },
      { type: 'chosen', field: 'origin', source: 'declared' },
    )
    expect(next(changed, { type: 'compared' }).state).not.toHaveProperty('signature')
    expect(() => next(changed, samples.sealRequested)).toThrow(refused('DOSSIER_INCOMPLETE'))
    const unsure = dossierAt('signed', { type: 'answered', field: 'sex', value: 'Nữ', answer: 'unsure', by: 'citizen' })
    expect(unsure).not.toHaveProperty('signature')
  })
})

describe('late replies', () => {
  it('change nothing: the attempt is gone or another one runs', () => {
    const cases: readonly (readonly [DossierState, DossierEvent])[] = [
      [dossierAt('chip'), samples.chipRead],
      [dossierAt('chip', samples.chipReadStarted), { ...samples.chipRead, attempt: 'c1' }],
      [dossierAt('chip', samples.chipReadStarted), { ...samples.chipReadFailed, attempt: 'c1' }],
      [dossierAt('fingers'), taken('f-right-four', 'right-four')],
      [dossierAt('fingers', samples.fingerCaptureStarted), { ...samples.fingerCaptureFailed, attempt: 'f-left-four' }],
      [dossierAt('sealing'), samples.sealed],
      [dossierAt('sealing'), samples.sealFailed],
    ]
    for (const [state, late] of cases) {
      const copy = structuredClone(state)
      expect(() => next(state, late), late.type).toThrow(refused('LATE_REPLY'))
      expect(state).toEqual(copy)
    }
  })

  it('of a capture that was replaced do not end the one under way', () => {
    const state = dossierAt('portrait', ...capture('right-four').slice(0, 1), samples.fingerCaptureStarted)
    expect(() => next(state, taken('f-right-four', 'right-four'))).toThrow(refused('LATE_REPLY'))
    expect(next(state, taken('f9', 'left-four')).state.tries).toHaveProperty('left-four')
  })
})

describe('a double-pressed next', () => {
  it('never skips a step', () => {
    const press: DossierEvent = { type: 'stepEntered', from: 'arrival', to: 'compare' }
    const once = dossierAt('chip', press)
    expect(once.step).toBe('compare')
    expect(() => next(once, press)).toThrow(refused('EVENT_NOT_ALLOWED'))
  })

  it('leaves from every step only once, whichever way it leads', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...steps),
        fc.constantFrom(...steps),
        fc.constantFrom(...steps),
        (from, to, other) => {
          fc.pre(from !== to)
          const at: DossierState = { ...dossierAt('chip'), step: from }
          const moved = next(at, { type: 'stepEntered', from, to }).state
          expect(moved.step).toBe(to)
          expect(() => next(moved, { type: 'stepEntered', from, to: other })).toThrow(refused('EVENT_NOT_ALLOWED'))
        },
      ),
    )
  })
})

const attempts = fc.constantFrom('a', 'b', 'c')
const fieldAndValue = fc.record({
  field: fc.constantFrom(...detailFields),
  value: fc.constantFrom('', 'Nam', 'Nữ', '1990', 'Mẫu', ...Object.values(person)),
})
const confirmer = fc.constantFrom<AnsweredBy>('citizen', 'representative', 'officer')
const reasons = fc.constantFrom(...representationReasons)
const captureStep = fc.constantFrom('right-four', 'left-four', 'two-thumbs')
const step = fc.constantFrom(...steps)

/** Events as hostile or as ordinary as they come; attempts from a small set, so that replies often fit. */
const anyEvent: fc.Arbitrary<DossierEvent> = fc.oneof(
  fc.constantFrom<DossierEvent>(...Object.values(samples), ...eventsUntil('closed')),
  fieldAndValue.map((given): DossierEvent => ({ type: 'declared', ...given })),
  fc
    .tuple(fieldAndValue, fc.constantFrom('right', 'wrong', 'unsure'), confirmer)
    .map(([given, answer, by]): DossierEvent => ({ type: 'answered', ...given, answer, by })),
  fieldAndValue.map(({ field, value }) => shownDetail(field, value)),
  fc.constantFrom(...answers(), ...answers(person, 'representative')),
  fc.constantFrom('portrait', 'p', 'portrait2', '').map((portrait) => shownPage(person, portrait)),
  confirmer.map(pageConfirmed),
  fc
    .tuple(fc.constantFrom(mother.number, child.personalNumber ?? '', person.personalNumber ?? ''), reasons)
    .map(([number, reason]): DossierEvent => ({
      type: 'representativeNamed',
      representative: { ...mother, number, reason },
    })),
  attempts.map((attempt): DossierEvent => ({ type: 'chipReadStarted', attempt, device: 'reader' })),
  fc.tuple(attempts, fieldAndValue).map(([attempt, { field, value }]): DossierEvent => ({
    type: 'chipRead',
    attempt,
    details: { ...person, ...(value !== '' && { [field]: value }) },
    trust: 'verified',
    access: 'bac',
  })),
  fc
    .tuple(attempts, captureStep)
    .map(([attempt, step]): DossierEvent => ({ type: 'fingerCaptureStarted', attempt, device: 'scanner', step })),
  fc
    .tuple(attempts, captureStep, fc.integer({ min: 0, max: 100 }))
    .map(([attempt, step, quality]) => taken(attempt, step, quality)),
  fc.record({
    type: fc.constant('chosen'),
    field: fc.constantFrom(...detailFields),
    source: fc.constantFrom('chip', 'qr', 'declared'),
  }),
  fc.record({ type: fc.constant('stepEntered'), from: step, to: step }),
  fc.constantFrom<DossierEvent>({ type: 'compared' }, signed, { type: 'portraitTaken', picture: picture('p') }),
  attempts.map((attempt): DossierEvent => ({ type: 'sealRequested', attempt })),
  attempts.map((attempt): DossierEvent => ({ type: 'sealed', attempt, file: 'x', sha256: '', size: 1 })),
)

/** A correction as an officer makes it: one value declared, chosen and compared. */
const correctionOf = (field: DetailField, value: string): DossierEvent[] => [
  { type: 'declared', field, value },
  { type: 'chosen', field, source: 'declared' },
  { type: 'compared' },
]
const correction = fieldAndValue.map(({ field, value }) => correctionOf(field, value))

/** What follows a correction at the screen: the changed details are asked again, then the page. */
const checkedAgain = fc
  .tuple(fieldAndValue, confirmer)
  .map(([{ field, value }, by]): DossierEvent[] => [
    ...correctionOf(field, value),
    ...asked(field, 'right', { [field]: value }, by),
    shownPage({ ...person, [field]: value }),
    pageConfirmed(by),
  ])

/** Random events after some beginning of the routine visit; what is refused is left out, as the store would. */
const history = fc.tuple(
  fc.oneof(
    fc.nat({ max: eventsUntil('closed').length }),
    fc.constantFrom(
      ...(['check', 'answers', 'page', 'signed', 'review'] as const).map((part) => eventsUntil(part).length),
    ),
  ),
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: anyEvent.map((event) => [event]) },
        { weight: 1, arbitrary: correction },
        { weight: 1, arbitrary: checkedAgain },
      ),
      {
        maxLength: 40,
      },
    )
    .map((acts) => acts.flat()),
)

function walk(
  [beginning, more]: readonly [number, readonly DossierEvent[]],
  visit: (before: DossierState, event: DossierEvent, after: DossierState) => void,
): DossierEvent[] {
  const kept = eventsUntil('closed').slice(0, beginning)
  let state = foldEvents(kept)
  for (const event of more) {
    const copy = structuredClone(state)
    let after: DossierState
    try {
      after = next(state, event).state
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      expect(state).toEqual(copy)
      continue
    }
    expect(state).toEqual(copy)
    visit(state, event, after)
    kept.push(event)
    state = after
  }
  return kept
}

describe('any sequence of events', () => {
  it('throws nothing but failures of the table, and never changes the state it was given', () => {
    fc.assert(fc.property(history, (each) => void walk(each, () => undefined)))
  })

  it('folds to the same state every time, also after a journey through storage', () => {
    fc.assert(
      fc.property(history, (each) => {
        const kept = walk(each, () => undefined)
        const state = foldEvents(kept)
        expect(foldEvents(kept)).toEqual(state)
        expect(foldEvents(JSON.parse(JSON.stringify(kept)) as DossierEvent[])).toEqual(state)
      }),
    )
  })

  it('keeps the invariants of the statuses', () => {
    fc.assert(
      fc.property(history, (each) => {
        walk(each, (before, event, after) => {
          expect(after.sealed !== undefined).toBe(after.status === 'sealed' || after.status === 'closed')
          expect(after.sealAttempt !== undefined).toBe(after.status === 'sealing')
          if (after.status === 'sealing' || after.status === 'sealed' || after.status === 'closed') {
            expect(findings(after).filter(({ blocks }) => blocks)).toEqual([])
            expect(after.chipAttempt ?? after.fingerAttempt).toBeUndefined()
          }
          if (before.status !== 'none')
            expect([after.number, after.station, after.day]).toEqual([before.number, before.station, before.day])
          if (event.type !== 'stepEntered') expect(after.step).toBe(before.step)
          expect(after.visited).toContain(after.step)
          if (after.status === 'closed' || after.status === 'sealed')
            expect(after.exported || !before.exported).toBe(true)
        })
      }),
    )
  })

  it('never lets a signature survive a changed confirmed value, nor stand beside an answer that is not right', () => {
    fc.assert(
      fc.property(history, (each) => {
        walk(each, (before, _, after) => {
          if (!after.signature) return
          expect(after.pageConfirmed).toBeDefined()
          if (before.signature) expect(after.confirmed).toEqual(before.confirmed)
          for (const field of detailFields) {
            const value = after.confirmed?.[field]
            if (value !== undefined) expect(after.answers[field]).toMatchObject({ value, answer: 'right' })
          }
        })
      }),
    )
  })

  it('never lets a confirmation or ink survive another page, another person, or an answer that is not right', () => {
    fc.assert(
      fc.property(history, (each) => {
        walk(each, (before, _, after) => {
          const { signature, signingException: exception, pageConfirmed: confirmed } = after
          if (!confirmed) {
            expect([signature, exception?.mark, exception?.witnessed]).toEqual([undefined, undefined, undefined])
            return
          }
          expect(allAnsweredRight(after)).toBe(true)
          if (!before.pageConfirmed) return
          expect(pageOf(after)).toEqual(pageOf(before))
          expect(after.representative).toEqual(before.representative)
        })
      }),
    )
  })

  it('takes at the screen only the word of whoever confirms there, of what was painted there before', () => {
    fc.assert(
      fc.property(history, (each) => {
        walk(each, (before, event) => {
          if ((event.type !== 'answered' && event.type !== 'pageConfirmed') || event.by === 'officer') return
          expect(event.by).toBe(before.representative ? 'representative' : 'citizen')
          if (event.type === 'answered') expect(before.shown[event.field]).toBe(event.value)
          else expect(before.shownPage).toEqual(pageOf(before))
        })
      }),
    )
  })
})
