import { portraitPolicyOn, type PortraitFinding, type PortraitPolicy } from '../biometrics/index.ts'
import { ageOf } from './finger-progress.ts'
import type { DossierState, PortraitShot } from './state.ts'

export type PortraitProgress = {
  readonly policy: PortraitPolicy
  /** False for a person too young for a portrait. */
  readonly wanted: boolean
  /** The one in use. */
  readonly shot?: PortraitShot
  /** What the policy refuses on it, and what it only warns of. */
  readonly refusals: readonly PortraitFinding[]
  readonly warnings: readonly PortraitFinding[]
  /** A refusal without a reason to go on. */
  readonly refused: boolean
}

/** What is asked of this person's portrait, and how the one in use stands. */
export function portraitProgress(state: DossierState): PortraitProgress {
  const policy = portraitPolicyOn(state.day)
  const age = ageOf(state)
  const shot = state.portraits.at(-1)
  const found = shot?.findings ?? []
  const refusals = found.filter(({ check }) => policy.demands[check] === 'refusal')
  return {
    policy,
    wanted: age === undefined || age >= policy.leastAge,
    ...(shot && { shot }),
    refusals,
    warnings: found.filter(({ check }) => policy.demands[check] === 'warning'),
    refused: refusals.length > 0 && shot?.because === undefined,
  }
}
