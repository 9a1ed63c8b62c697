import type { LessonView, OfficerView } from '#contract/index.ts'
import {
  citizenScene,
  compareSources,
  findings,
  fingerProgress,
  portraitProgress,
  requiredDetails,
  usedTries,
  type DossierState,
} from '#domain/enrolment/index.ts'
import { detailFields, type DetailField } from '#domain/person/index.ts'
import type { PaperKind } from '#domain/procedure/index.ts'
import type { HandAct } from '#domain/training/index.ts'
import { bringsCard } from './about.ts'

/** In the order of a visit. */
export const hintWords = [
  'receive',
  'scan-code',
  'lay-card',
  'read-chip',
  'reading',
  'declare-number',
  'declare-details',
  'representative',
  'to-compare',
  'settle-difference',
  'fill-missing',
  'accept-compare',
  'show-front',
  'show-back',
  'show-birth-certificate',
  'show-loss-report',
  'shoot-page',
  'to-portrait',
  'show-face',
  'shoot-face',
  'face-again',
  'compare-faces',
  'to-fingers',
  'start-capture',
  'place-hand',
  'hold-still',
  'clean-hand',
  'take-again',
  'accept-weak',
  'decide-doubt',
  'to-check',
  'answer-at-screen',
  'correct-wrong',
  'confirm-page',
  'sign',
  'mark',
  'to-review',
  'complete-review',
  'seal',
  'sealing',
  'export',
  'close',
] as const
export type HintWords = (typeof hintWords)[number]

/** The words of the next step; the hand that takes it, where it is the hands' turn; what is still to be asked. */
export type Hint = { readonly words: HintWords; readonly act?: HandAct; readonly fields?: readonly DetailField[] }

type Standing = { readonly lesson: LessonView; readonly state: DossierState }

/** A weak print is accepted after so many tries. */
const tries = 3

/** The next step of a good visit, from where this one stands. Without a view nobody has been received yet. */
export function hintOf(lesson: LessonView, view: OfficerView | null): Hint {
  if (!view) return { words: 'receive' }
  const { state } = view
  if (state.status === 'sealing') return { words: 'sealing' }
  if (state.status === 'sealed') return { words: state.exported ? 'close' : 'export' }
  return hints[state.step]({ lesson, state })
}

const hints: Readonly<Record<DossierState['step'], (standing: Standing) => Hint>> = {
  arrival: onArrival,
  compare: onCompare,
  documents: onDocuments,
  portrait: onPortrait,
  fingers: onFingers,
  check: onCheck,
  review: ({ state }) => ({ words: findings(state).some(({ blocks }) => blocks) ? 'complete-review' : 'seal' }),
}

function onArrival({ lesson, state }: Standing): Hint {
  if (bringsCard(lesson.lesson)) {
    if (!state.qr && !state.mrz) return onCode(lesson)
    if (state.chipAttempt) return { words: 'reading' }
    if (!state.chip)
      return lesson.holds.includes('lay-card-on-reader')
        ? { words: 'read-chip' }
        : { words: 'lay-card', act: 'lay-card-on-reader' }
  } else {
    if (state.declared.personalNumber === undefined) return { words: 'declare-number' }
    const fields = detailFields.filter((field) => lesson.person.says[field] !== undefined && !state.declared[field])
    if (fields.length > 0) return { words: 'declare-details', fields }
  }
  if (lesson.person.companion && !state.representative) return { words: 'representative' }
  return { words: 'to-compare' }
}

/** The code is on the front of older cards and on the back of newer ones. */
function onCode({ holds }: LessonView): Hint {
  if (holds.includes('show-card-front')) return { words: 'scan-code', act: 'show-card-back' }
  return holds.includes('show-card-back') ? { words: 'scan-code' } : { words: 'show-front', act: 'show-card-front' }
}

function onCompare({ state }: Standing): Hint {
  const compared = compareSources(state)
  if (compared.some(({ field, differs }) => differs && state.chosen[field] === undefined))
    return { words: 'settle-difference' }
  const value = (field: DetailField) => compared.find((each) => each.field === field)?.value
  if (requiredDetails.some((field) => value(field) === undefined)) return { words: 'fill-missing' }
  return { words: 'accept-compare' }
}

/** The papers of each lesson, with the hand that lays them down. */
const papers: Readonly<
  Record<
    LessonView['lesson'],
    readonly { readonly kind: PaperKind; readonly act: HandAct; readonly words: HintWords }[]
  >
> = (() => {
  const card = [
    { kind: 'old-card-front', act: 'show-card-front', words: 'show-front' },
    { kind: 'old-card-back', act: 'show-card-back', words: 'show-back' },
  ] as const
  return {
    'first-adult': card,
    'worn-hands': card,
    child: [{ kind: 'birth-certificate', act: 'show-paper', words: 'show-birth-certificate' }],
    'lost-card': [{ kind: 'loss-report', act: 'show-paper', words: 'show-loss-report' }],
  }
})()

function onDocuments({ lesson, state }: Standing): Hint {
  const open = papers[lesson.lesson].find(({ kind }) => !state.documents.some((each) => each.kind === kind))
  if (!open) return { words: 'to-portrait' }
  return lesson.holds.includes(open.act) ? { words: 'shoot-page', act: 'press-shutter' } : open
}

function onPortrait({ lesson, state }: Standing): Hint {
  const { wanted, shot, refused } = portraitProgress(state)
  if (!wanted) return { words: 'to-fingers' }
  if (!shot)
    return lesson.holds.includes('show-face') ? { words: 'shoot-face' } : { words: 'show-face', act: 'show-face' }
  if (refused) return { words: 'face-again' }
  return { words: state.chip?.portrait && !shot.judged ? 'compare-faces' : 'to-fingers' }
}

function onFingers({ lesson, state }: Standing): Hint {
  const { open, steps } = fingerProgress(state)
  if (state.fingerAttempt)
    return lesson.holds.includes('place-hand') ? { words: 'hold-still' } : { words: 'place-hand', act: 'place-hand' }
  if (open === undefined) return { words: 'to-check' }
  if (steps[open] === 'doubtful') return { words: 'decide-doubt' }
  if (steps[open] !== 'weak') return { words: 'start-capture' }
  if (usedTries(state, open).length >= tries) return { words: 'accept-weak' }
  if (lesson.holds.includes('clean-and-moisten-hand')) return { words: 'take-again' }
  // A hand that lies on the glass is lifted first.
  return { words: 'clean-hand', act: lesson.holds.includes('place-hand') ? 'lift-hand' : 'clean-and-moisten-hand' }
}

const scenes: Readonly<Partial<Record<ReturnType<typeof citizenScene>['scene'], HintWords>>> = {
  check: 'answer-at-screen',
  correcting: 'correct-wrong',
  page: 'confirm-page',
  sign: 'sign',
  mark: 'mark',
}

function onCheck({ state }: Standing): Hint {
  return { words: scenes[citizenScene(state).scene] ?? 'to-review' }
}
