import {
  allFingers,
  capturePlanOn,
  captureSteps,
  exceptionRuleOn,
  type CapturePlan,
  type CaptureStep,
  type FingerPosition,
  type Impression,
} from '../biometrics/index.ts'
import { ageOn, parsePartialDate } from '../person/index.ts'
import { proposedDetails } from './compare.ts'
import { bestFingers, isUndecided, type DossierState, type SlapTry } from './state.ts'

/** How a finger stands: good enough, taken but weak, accepted all the same, cannot be taken, or not there yet. */
export type FingerStanding = 'good' | 'weak' | 'accepted' | 'excepted' | 'missing'

/** How a capture stands; `doubtful` until the officer decides about a doubt. */
export type StepStanding = 'untouched' | 'weak' | 'doubtful' | 'good' | 'accepted' | 'excepted'

export type FingerProgress = {
  readonly plan: CapturePlan
  readonly steps: Readonly<Partial<Record<CaptureStep, StepStanding>>>
  readonly flat: Readonly<Record<FingerPosition, FingerStanding>>
  /** Without when the plan rolls no finger. */
  readonly rolled?: Readonly<Record<FingerPosition, FingerStanding>>
  /** Prints of the plan that are neither good, nor accepted, nor excepted. */
  readonly missing: number
  /** The first step of the plan with something left to do. */
  readonly open: CaptureStep | undefined
}

/** Which prints this person gives, where each stands and what comes next. The one place that knows. */
export function fingerProgress(state: DossierState): FingerProgress {
  const plan = planOf(state)
  const flat = standings(state, plan, 'flat')
  const rolls = plan.steps.some((step) => captureSteps[step].impression === 'rolled')
  const rolled = rolls ? standings(state, plan, 'rolled') : undefined
  const steps = Object.fromEntries(plan.steps.map((step) => [step, stepStanding(state, step, rolled ?? flat, flat)]))
  const wanted = plan.steps.flatMap((step) => {
    const { impression, fingers } = captureSteps[step]
    return fingers.map((finger) => (impression === 'rolled' ? (rolled ?? flat) : flat)[finger])
  })
  return {
    plan,
    steps,
    flat,
    ...(rolled && { rolled }),
    missing: wanted.filter((standing) => standing === 'missing' || standing === 'weak').length,
    open: plan.steps.find((step) => !isFinished(steps[step])),
  }
}

/** The plan for this person on the day the dossier was opened. */
export function planOf(state: DossierState): CapturePlan {
  return capturePlanOn({
    day: state.day,
    age: ageOf(state),
    shortForChildren: state.shortForChildren,
    bedside: state.bedside !== undefined,
  })
}

/** Fingers of a step that this person lays down: those with an exception are left out. */
export function expectedFingers(state: DossierState, step: CaptureStep): readonly FingerPosition[] {
  return captureSteps[step].fingers.filter((finger) => state.exceptions[finger] === undefined)
}

/** Tries of a step that are used. */
export function usedTries(state: DossierState, step: CaptureStep): readonly SlapTry[] {
  return (state.tries[step] ?? []).filter(({ dropped }) => !dropped)
}

/** The hands are worn: the coach speaks. The step with too many low tries in a row, while it is not finished. */
export function coaching(state: DossierState): CaptureStep | undefined {
  const { plan, steps } = fingerProgress(state)
  const step = state.fingerAttempt?.step ?? state.fingerStep
  if (step === undefined || steps[step] !== 'weak') return undefined
  return usedTries(state, step).length >= plan.lowTriesBeforeCoaching ? step : undefined
}

/** What an exception still lacks before the dossier may be sealed. */
export function exceptionLacks(state: DossierState, finger: FingerPosition): 'photo' | 'approval' | undefined {
  const exception = state.exceptions[finger]
  if (!exception) return undefined
  const rule = exceptionRuleOn(state.day, exception.reason)
  if (rule.photo && !exception.photo) return 'photo'
  if (rule.secondOfficer && !exception.approved) return 'approval'
  return undefined
}

export function isFinished(standing: StepStanding | undefined): boolean {
  return standing === 'good' || standing === 'accepted' || standing === 'excepted'
}

export function ageOf(state: DossierState): number | undefined {
  const birthDate = (state.confirmed ?? proposedDetails(state)).birthDate
  if (birthDate === undefined || state.day === '') return undefined
  try {
    return ageOn(parsePartialDate(birthDate), state.day)
  } catch {
    return undefined
  }
}

function standings(
  state: DossierState,
  plan: CapturePlan,
  impression: Impression,
): Readonly<Record<FingerPosition, FingerStanding>> {
  const best = bestFingers(state, impression)
  const steps = plan.steps.filter((step) => captureSteps[step].impression === impression)
  const standing = (finger: FingerPosition): FingerStanding => {
    if (state.exceptions[finger]) return 'excepted'
    const quality = best[finger]?.quality
    if (quality !== undefined && quality >= plan.minimumQuality) return 'good'
    const step = steps.find((each) => captureSteps[each].fingers.includes(finger))
    if (step !== undefined && state.accepted[step] !== undefined) return 'accepted'
    return quality === undefined ? 'missing' : 'weak'
  }
  return Object.fromEntries(allFingers.map((finger) => [finger, standing(finger)])) as Record<
    FingerPosition,
    FingerStanding
  >
}

function stepStanding(
  state: DossierState,
  step: CaptureStep,
  rolled: Readonly<Record<FingerPosition, FingerStanding>>,
  flat: Readonly<Record<FingerPosition, FingerStanding>>,
): StepStanding {
  const tries = usedTries(state, step)
  if (tries.some(isUndecided)) return 'doubtful'
  const { impression, fingers } = captureSteps[step]
  const own = fingers.map((finger) => (impression === 'rolled' ? rolled : flat)[finger])
  if (own.every((each) => each === 'excepted')) return 'excepted'
  if (own.every((each) => each === 'good' || each === 'excepted')) return 'good'
  if (own.every((each) => each !== 'missing' && each !== 'weak')) return 'accepted'
  return tries.length === 0 ? 'untouched' : 'weak'
}
