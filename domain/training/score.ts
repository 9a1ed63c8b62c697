import { captureSteps } from '../biometrics/index.ts'
import { detailFields, relateTexts, type PersonDetails } from '../person/index.ts'
import {
  compareSources,
  fingerProgress,
  planOf,
  portraitProgress,
  usedTries,
  type DossierEvent,
  type DossierState,
} from '../enrolment/index.ts'
import type { LessonId, LessonPoint } from './lessons.ts'

export type LessonScore = { readonly points: readonly { readonly point: LessonPoint; readonly reached: boolean }[] }

type Visit = {
  readonly state: DossierState
  readonly events: readonly DossierEvent[]
  readonly says: PersonDetails
}

/** What every lesson ends with. */
const ending = [
  'all-prints',
  'no-finger-excepted-that-is-there',
  'every-detail-answered-at-the-screen',
  'signed-at-the-screen',
  'sealed',
  'exported',
  'no-file-left-open',
] as const satisfies readonly LessonPoint[]

/** What a good visit of each lesson does, in the order of the visit. */
export const pointsOf: Readonly<Record<LessonId, readonly LessonPoint[]>> = {
  'first-adult': [
    'card-scanned',
    'chip-read',
    'compared',
    'card-both-sides',
    'portrait-without-refusal',
    'portrait-compared-with-chip',
    ...ending,
  ],
  'worn-hands': [
    'card-scanned',
    'chip-read',
    'compared',
    'difference-settled-with-the-chip',
    'card-both-sides',
    'portrait-without-refusal',
    'prints-tried-three-times',
    'poor-prints-not-waved-through',
    ...ending,
  ],
  child: [
    'representative-named',
    'compared',
    'details-as-told',
    'birth-certificate',
    'portrait-without-refusal',
    ...ending,
  ],
  'lost-card': ['compared', 'details-as-told', 'loss-report', 'portrait-without-refusal', ...ending],
}

/** Tries that a capture with poor prints is given before they may be accepted. */
const enoughTries = 3

const reached: Readonly<Record<LessonPoint, (visit: Visit) => boolean>> = {
  'card-scanned': ({ state }) => state.qr !== undefined || state.mrz !== undefined,
  'chip-read': ({ state }) => state.chip !== undefined && state.chip.trust !== 'failed',
  compared: ({ state }) => state.confirmed !== undefined,
  'details-as-told': ({ state, says }) =>
    detailFields.every((field) => {
      const told = says[field]
      if (told === undefined) return true
      const relation = relateTexts(state.confirmed?.[field] ?? '', told)
      return relation === 'same' || relation === 'case'
    }),
  'difference-settled-with-the-chip': ({ state }) =>
    state.chip !== undefined &&
    compareSources(state).every(
      ({ field, values, differs }) =>
        !differs || values.chip === undefined || state.confirmed?.[field] === values.chip.value,
    ),
  'card-both-sides': (visit) => photographed(visit, 'old-card-front') && photographed(visit, 'old-card-back'),
  'loss-report': (visit) => photographed(visit, 'loss-report'),
  'birth-certificate': (visit) => photographed(visit, 'birth-certificate'),
  'portrait-without-refusal': ({ state }) => {
    const { shot, refused } = portraitProgress(state)
    return shot !== undefined && shot.because === undefined && !refused
  },
  'portrait-compared-with-chip': ({ state }) => state.portraits.at(-1)?.judged !== undefined,
  'all-prints': ({ state }) =>
    fingerProgress(state).missing === 0 && planOf(state).steps.every((step) => hasPrints(state, step)),
  'prints-tried-three-times': ({ state }) =>
    planOf(state).steps.every((step) => {
      const standing = fingerProgress(state).steps[step]
      return standing === 'good' || usedTries(state, step).length >= enoughTries
    }),
  'poor-prints-not-waved-through': ({ events }) => !wavedThrough(events),
  // Everybody who comes to a lesson has ten fingers.
  'no-finger-excepted-that-is-there': ({ state }) => Object.keys(state.exceptions).length === 0,
  'representative-named': ({ state }) => state.representative !== undefined,
  'every-detail-answered-at-the-screen': ({ state }) => {
    const given = Object.values(state.answers)
    return (
      given.length > 0 &&
      given.every(({ by }) => by !== 'officer') &&
      (state.pageConfirmed?.by ?? 'officer') !== 'officer'
    )
  },
  'signed-at-the-screen': ({ state }) => state.signature !== undefined,
  sealed: ({ state }) => state.sealed !== undefined,
  exported: ({ state }) => state.exported,
  'no-file-left-open': ({ state }) => state.status === 'closed' || state.status === 'abandoned',
}

/**
 * Which points of a lesson a visit reached. `events` is the whole visit, `state` what they lead to, `says` what the
 * lesson's person tells when asked.
 */
export function scoreOf(
  lesson: LessonId,
  state: DossierState,
  events: readonly DossierEvent[],
  says: PersonDetails,
): LessonScore {
  return { points: pointsOf[lesson].map((point) => ({ point, reached: reached[point]({ state, events, says }) })) }
}

/** 0–1 */
export function shareOf({ points }: LessonScore): number {
  return points.length === 0 ? 0 : points.filter((each) => each.reached).length / points.length
}

function photographed({ state }: Visit, kind: DossierState['documents'][number]['kind']): boolean {
  return state.documents.some((document) => document.kind === kind)
}

function hasPrints(state: DossierState, step: keyof typeof captureSteps): boolean {
  const seen = new Set(usedTries(state, step).flatMap(({ fingers }) => fingers.map(({ position }) => position)))
  return captureSteps[step].fingers.every((finger) => seen.has(finger))
}

/** A capture was accepted before it had been tried often enough, or a doubt was waved away. */
function wavedThrough(events: readonly DossierEvent[]): boolean {
  const tries = new Map<string, number>()
  const steps = new Map<string, string>()
  for (const event of events) {
    if (event.type === 'fingerCaptureStarted') steps.set(event.attempt, event.step)
    if (event.type === 'fingersTaken') {
      const step = steps.get(event.attempt) ?? ''
      tries.set(step, (tries.get(step) ?? 0) + 1)
    }
    if (event.type === 'fingerDoubtDismissed') return true
    if (event.type === 'fingersAccepted' && (tries.get(event.step) ?? 0) < enoughTries) return true
  }
  return false
}
