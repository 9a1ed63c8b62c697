import type { CaptureStep, FingerPosition } from '../biometrics/index.ts'
import { detailFields, formOfAddress, type DetailField, type FormOfAddress } from '../person/index.ts'
import { proposedDetails } from './compare.ts'
import { exchangeOf } from './exchange-of.ts'
import type { BlobRef } from './events.ts'
import { coaching, expectedFingers, fingerProgress, isFinished, planOf, usedTries } from './finger-progress.ts'
import type { DossierState } from './state.ts'

/** The thoughts of a visit, one bar of progress each. */
const thoughts = ['greeting', 'papers', 'portrait', 'fingers', 'check', 'sign', 'thanks'] as const
type Thought = (typeof thoughts)[number]

export type ShownDetail = { readonly field: DetailField; readonly value: string }

/** Ways to make worn hands readable, from the quickest on. */
export const remedies = ['soak', 'dry', 'warm', 'cream'] as const
export type Remedy = (typeof remedies)[number]

export type FingerPhase = 'ready' | 'place' | 'taken' | 'again'

/** Which fingers, what to do with them, and whether the hands need care first. */
type FingersScene = {
  readonly step: CaptureStep
  readonly phase: FingerPhase
  /** Fingers that this person lays down in this step. */
  readonly fingers: readonly FingerPosition[]
  /** Hands are worn: which remedy to try now. */
  readonly remedy?: Remedy
}

type Visit = { readonly address: FormOfAddress; readonly done: number; readonly total: number }

/** What the citizen sees of a dossier: one thought at a time and nothing of what is not theirs. */
export type CitizenScene =
  | { readonly scene: 'idle' }
  | (Visit & { readonly scene: 'greeting' | 'wait' | 'portrait' | 'correcting' })
  | (Visit & FingersScene & { readonly scene: 'fingers' })
  | (Visit & {
      readonly scene: 'check'
      readonly detail: ShownDetail
      /** 1-based */ readonly place: number
      readonly of: number
    })
  | (Visit & { readonly scene: 'sign'; readonly details: ShownDetail[]; readonly portrait?: BlobRef })
  | (Visit & { readonly scene: 'thanks'; /** ISO date */ readonly due: string })

/** The citizen's screen for a dossier; without one, or when the citizen has left, `idle`. Pure, never throws. */
export function citizenScene(state: DossierState | undefined): CitizenScene {
  switch (state?.status) {
    case undefined:
    case 'none':
    case 'closed':
    case 'abandoned':
      return { scene: 'idle' }
    case 'sealing':
      return { scene: 'wait', ...visit(state, 'thanks') }
    case 'sealed':
      return { scene: 'thanks', ...visit(state, 'thanks'), done: thoughts.length, due: exchangeOf(state).due }
    case 'open':
      return whileOpen(state)
  }
}

function whileOpen(state: DossierState): CitizenScene {
  switch (state.step) {
    case 'arrival':
      return { scene: 'greeting', ...visit(state, 'greeting') }
    case 'compare':
    case 'documents':
      return { scene: 'wait', ...visit(state, 'papers') }
    case 'portrait':
      return { scene: 'portrait', ...visit(state, 'portrait') }
    case 'fingers':
      if (planOf(state).steps.length === 0) return { scene: 'wait', ...visit(state, 'fingers') }
      return { scene: 'fingers', ...visit(state, 'fingers'), ...fingersOf(state) }
    case 'check':
      return checkOf(state)
    case 'review':
      return { scene: 'wait', ...visit(state, 'thanks') }
  }
}

/** `done` counts the thoughts that are behind the citizen. */
function visit(state: DossierState, thought: Thought): Visit {
  const address = formOfAddress(state.confirmed ?? proposedDetails(state), state.day)
  return { address, done: thoughts.indexOf(thought), total: thoughts.length }
}

/** First every detail once, in the order of the card; then what was not right is the officer's; then the signature. */
function checkOf(state: DossierState): CitizenScene {
  const shown = shownDetails(state)
  if (shown.length === 0) return { scene: 'wait', ...visit(state, 'check') }
  const answerTo = ({ field, value }: ShownDetail) => {
    const given = state.answers[field]
    return given?.value === value ? given.answer : undefined
  }
  const index = shown.findIndex((detail) => answerTo(detail) === undefined)
  const detail = shown[index]
  if (detail) return { scene: 'check', ...visit(state, 'check'), detail, place: index + 1, of: shown.length }
  if (!shown.every((each) => answerTo(each) === 'right')) return { scene: 'correcting', ...visit(state, 'check') }
  if (state.signature) return { scene: 'wait', ...visit(state, 'thanks') }
  return {
    scene: 'sign',
    ...visit(state, 'sign'),
    details: shown,
    ...(state.portrait && { portrait: blobOf(state.portrait) }),
  }
}

/** Without the size in pixels: the view is checked strictly. */
function blobOf({ name, sha256, size, mediaType }: BlobRef): BlobRef {
  return { name, sha256, size, mediaType }
}

function shownDetails(state: DossierState): ShownDetail[] {
  return detailFields.flatMap((field) => {
    const value = state.confirmed?.[field]
    return value === undefined ? [] : [{ field, value }]
  })
}

/** Which hand, and what to do with it: after a good capture the hand is lifted until the officer starts the next. */
function fingersOf(state: DossierState): FingersScene {
  const { step, phase } = whichFingers(state)
  const remedy = phase === 'again' ? remedyFor(state) : undefined
  return { step, phase, fingers: expectedFingers(state, step), ...(remedy && { remedy }) }
}

function whichFingers(state: DossierState): { readonly step: CaptureStep; readonly phase: FingerPhase } {
  if (state.fingerAttempt) return { step: state.fingerAttempt.step, phase: 'place' }
  if (state.fingerFailure !== undefined && state.fingerStep !== undefined)
    return { step: state.fingerStep, phase: 'again' }
  const { plan, steps, open } = fingerProgress(state)
  if (open !== undefined && usedTries(state, open).length > 0) return { step: open, phase: 'again' }
  const last = state.fingerStep ?? plan.steps.findLast((step) => isFinished(steps[step]))
  if (last !== undefined && isFinished(steps[last])) return { step: last, phase: 'taken' }
  return { step: open ?? plan.steps[0] ?? 'right-four', phase: 'ready' }
}

/** One remedy for each further low try, over and over. */
function remedyFor(state: DossierState): Remedy | undefined {
  const step = coaching(state)
  if (step === undefined) return undefined
  const { plan } = fingerProgress(state)
  const beyond = usedTries(state, step).length - plan.lowTriesBeforeCoaching
  return remedies[beyond % remedies.length]
}
