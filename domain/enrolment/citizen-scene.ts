import type { CaptureStep, FingerPosition } from '../biometrics/index.ts'
import { formOfAddress, parsePersonalNumber, type FormOfAddress } from '../person/index.ts'
import { allAnsweredRight, answerTo, givesFingers, isSigned, shownDetails, signerOf } from './citizen-acts.ts'
import { proposedDetails } from './compare.ts'
import { exchangeOf } from './exchange-of.ts'
import type { BlobRef, ShownDetail } from './events.ts'
import { coaching, expectedFingers, fingerProgress, isFinished, planOf, usedTries } from './finger-progress.ts'
import { portraitProgress } from './portrait-progress.ts'
import type { DossierState } from './state.ts'
import { usualViewing, type Viewing } from './viewing.ts'

/** The thoughts of a visit, one bar of progress each. */
const thoughts = ['greeting', 'papers', 'portrait', 'fingers', 'check', 'sign', 'thanks'] as const
type Thought = (typeof thoughts)[number]

/** What a visit is made of, as the greeting tells it. */
export const visitParts = ['papers', 'portrait', 'fingers', 'check', 'sign'] as const
export type VisitPart = (typeof visitParts)[number]

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

type Visit = {
  /** How the person who is spoken to is addressed. */
  readonly address: FormOfAddress
  /** How the citizen is called, where somebody else is spoken to. */
  readonly about?: FormOfAddress
  readonly viewing: Viewing
  readonly done: number
  readonly total: number
}

/** What the citizen sees of a dossier: one thought at a time and nothing of what is not theirs. */
export type CitizenScene =
  | { readonly scene: 'idle' }
  /** The officer has drawn the curtain: nothing of anybody, until it is opened. */
  | { readonly scene: 'curtain' }
  | (Visit & { readonly scene: 'greeting'; readonly parts: readonly VisitPart[]; readonly minutes: number })
  | (Visit & { readonly scene: 'wait' | 'portrait' | 'correcting' })
  | (Visit & FingersScene & { readonly scene: 'fingers' })
  | (Visit & {
      readonly scene: 'check'
      readonly detail: ShownDetail
      /** 1-based */ readonly place: number
      readonly of: number
    })
  /** Everything on one page, to be found right or not. */
  | (Visit & { readonly scene: 'page'; readonly details: ShownDetail[]; readonly portrait?: BlobRef })
  /** `who` writes: the citizen (or who acts for them), or the witness where the citizen cannot. */
  | (Visit & {
      readonly scene: 'sign'
      readonly who: 'citizen' | 'representative' | 'witness'
      readonly details: ShownDetail[]
      readonly portrait?: BlobRef
    })
  /** A finger is laid down instead of a signature. */
  | (Visit & { readonly scene: 'mark' })
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
      return { scene: 'greeting', ...visit(state, 'greeting'), ...whatWillHappen(state) }
    case 'compare':
    case 'documents':
      return { scene: 'wait', ...visit(state, 'papers') }
    case 'portrait':
      if (!portraitProgress(state).wanted) return { scene: 'wait', ...visit(state, 'portrait') }
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

/** Minutes that a part of a visit usually takes: a promise to the citizen, so rather long. Not measured in the field. */
const minutesOf: Readonly<Record<VisitPart, number>> = { papers: 1, portrait: 1, fingers: 2, check: 1, sign: 1 }

function whatWillHappen(state: DossierState): { readonly parts: readonly VisitPart[]; readonly minutes: number } {
  const parts = visitParts.filter((part) => {
    if (part === 'portrait') return portraitProgress(state).wanted
    return part !== 'fingers' || givesFingers(state)
  })
  return { parts, minutes: parts.reduce((sum, part) => sum + minutesOf[part], 0) }
}

/** `done` counts the thoughts that are behind the citizen. Prints and portraits are the citizen's own, also a child's. */
function visit(state: DossierState, thought: Thought): Visit {
  const { representative, viewing = usualViewing } = state
  const own = state.address ?? formOfAddress(state.confirmed ?? proposedDetails(state), state.day)
  const progress = { viewing, done: thoughts.indexOf(thought), total: thoughts.length }
  if (!representative || thought === 'portrait' || thought === 'fingers') return { address: own, ...progress }
  return { address: addressOf(representative.number, state.day), about: own, ...progress }
}

/** Of a person whose number is all that is known. */
function addressOf(number: string, day: string): FormOfAddress {
  const { sex, birthYear } = parsePersonalNumber(number)
  return formOfAddress({ sex, birthDate: String(birthYear) }, day)
}

/** First every detail once, in the order of the card; then what was not right is the officer's; then all at once; then ink. */
function checkOf(state: DossierState): CitizenScene {
  const shown = shownDetails(state)
  if (shown.length === 0) return { scene: 'wait', ...visit(state, 'check') }
  const index = shown.findIndex((detail) => answerTo(state, detail) === undefined)
  const detail = shown[index]
  if (detail) return { scene: 'check', ...visit(state, 'check'), detail, place: index + 1, of: shown.length }
  if (!allAnsweredRight(state)) return { scene: 'correcting', ...visit(state, 'check') }
  const page = { details: shown, ...(state.portrait && { portrait: blobOf(state.portrait) }) }
  if (!state.pageConfirmed) return { scene: 'page', ...visit(state, 'check'), ...page }
  if (isSigned(state)) return { scene: 'wait', ...visit(state, 'thanks') }
  const who = signerOf(state)
  const said = visit(state, 'sign')
  if (who === undefined) return { scene: 'mark', ...said }
  const { signingException: exception } = state
  if (!exception) return { scene: 'sign', ...said, who, ...page }
  const { viewing, done, total } = said
  return { scene: 'sign', address: addressOf(exception.witness.number, state.day), viewing, done, total, who, ...page }
}

/** Without the size in pixels: the view is checked strictly. */
function blobOf({ name, sha256, size, mediaType }: BlobRef): BlobRef {
  return { name, sha256, size, mediaType }
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
