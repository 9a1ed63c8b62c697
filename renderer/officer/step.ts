import type { OfficerView } from '#contract/index.ts'
import { steps, type Step } from '#domain/enrolment/index.ts'

/** What every step's screen is given. `leave` goes from this step to another. */
export type StepProps = { readonly view: OfficerView; readonly leave: (to: Step) => void; readonly leaving: boolean }

export function stepBefore(step: Step): Step {
  return steps[Math.max(0, steps.indexOf(step) - 1)] ?? step
}
