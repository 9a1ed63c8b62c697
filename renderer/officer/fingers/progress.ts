import {
  capturePlanOn,
  captureSteps,
  fingerPositions,
  type CapturePlan,
  type CaptureStep,
  type FingerPosition,
} from '#domain/biometrics/index.ts'
import { bestFingers, type DossierState } from '#domain/enrolment/index.ts'
import type { FingerStanding } from './hands.tsx'

/** Where the capture of a hand stands: nothing yet, some fingers weak or missing, all good, or accepted as they are. */
export type StepStanding = 'untouched' | 'weak' | 'good' | 'accepted'

export type FingerProgress = {
  readonly plan: CapturePlan
  readonly steps: Readonly<Partial<Record<CaptureStep, StepStanding>>>
  readonly fingers: Readonly<Record<FingerPosition, FingerStanding>>
  /** Fingers without a good print, those accepted all the same left out. */
  readonly missing: number
  /** The first step that is neither good nor accepted. */
  readonly open: CaptureStep | undefined
}

export function fingerProgress(state: DossierState): FingerProgress {
  const plan = capturePlanOn(state.day)
  const best = bestFingers(state)
  const stepOf = (finger: FingerPosition) =>
    plan.steps.find((step) => (captureSteps[step].fingers as readonly FingerPosition[]).includes(finger))
  const standing = (finger: FingerPosition): FingerStanding => {
    const quality = best[finger]?.quality
    if (quality !== undefined && quality >= plan.minimumQuality) return 'good'
    const step = stepOf(finger)
    if (step !== undefined && state.accepted[step] !== undefined) return 'accepted'
    return quality === undefined ? 'missing' : 'weak'
  }
  const all = Object.keys(fingerPositions) as FingerPosition[]
  const fingers = Object.fromEntries(all.map((finger) => [finger, standing(finger)])) as Record<
    FingerPosition,
    FingerStanding
  >
  const stepStanding = (step: CaptureStep): StepStanding => {
    const own = captureSteps[step].fingers.map((finger) => fingers[finger])
    if (own.every((each) => each === 'good')) return 'good'
    if (own.every((each) => each === 'good' || each === 'accepted')) return 'accepted'
    return (state.tries[step]?.length ?? 0) === 0 ? 'untouched' : 'weak'
  }
  const steps = Object.fromEntries(plan.steps.map((step) => [step, stepStanding(step)])) as Partial<
    Record<CaptureStep, StepStanding>
  >
  return {
    plan,
    steps,
    fingers,
    missing: all.filter((finger) => fingers[finger] === 'missing' || fingers[finger] === 'weak').length,
    open: plan.steps.find((step) => steps[step] === 'untouched' || steps[step] === 'weak'),
  }
}

/** The standings with what lies on the platen now, where that is better than nothing. */
export function withLive(
  standings: FingerProgress['fingers'],
  live: readonly { readonly position: FingerPosition; readonly quality: number }[],
  minimum: number,
): FingerProgress['fingers'] {
  const shown = { ...standings }
  for (const { position, quality } of live)
    if (shown[position] !== 'good') shown[position] = quality >= minimum ? 'good' : 'weak'
  return shown
}
