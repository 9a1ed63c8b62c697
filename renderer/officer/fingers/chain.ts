import type { CaptureStep } from '#domain/biometrics/index.ts'
import {
  expectedFingers,
  fingerProgress,
  isFinished,
  type DossierState,
  type FingerProgress,
} from '#domain/enrolment/index.ts'

/** The capture that the chain waits for: its step, and how many tries of it there were before. */
export type ChainLink = { readonly step: CaptureStep; readonly before: number }

/**
 * What follows a capture of the chain: `wait` until it was taken and compared; the next open step after a try that is
 * good in every finger and not doubted; otherwise `stop`. A capture that fails is told by its call.
 */
export function afterLink(state: DossierState, { step, before }: ChainLink): 'wait' | 'stop' | CaptureStep {
  const tries = state.tries[step] ?? []
  const last = tries.at(-1)
  if (state.fingerAttempt || !last || tries.length <= before) return 'wait'
  if (last.dropped || last.problem !== undefined) return 'stop'
  const progress = fingerProgress(state)
  const good = expectedFingers(state, step).every((finger) =>
    last.fingers.some(({ position, quality }) => position === finger && quality >= progress.plan.minimumQuality),
  )
  if (!good) return 'stop'
  if (last.doubts === undefined) return 'wait'
  if (last.doubts.length > 0 || !isFinished(progress.steps[step])) return 'stop'
  return stepAfter(progress, step) ?? 'stop'
}

/** The next step with something to take: first those after this one, then those before; doubts are the officer's. */
export function stepAfter({ plan, steps }: FingerProgress, step: CaptureStep): CaptureStep | undefined {
  const at = plan.steps.indexOf(step)
  const order = [...plan.steps.slice(at + 1), ...plan.steps.slice(0, Math.max(0, at))]
  return order.find((each) => !isFinished(steps[each]) && steps[each] !== 'doubtful')
}
