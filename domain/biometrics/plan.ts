import type { CaptureStep } from './fingers.ts'

/** A capture plan in force from a day on (ISO date). Data, because the order is set by circulars that change. */
export type CapturePlan = {
  readonly from: string
  readonly steps: readonly CaptureStep[]
  /** Every finger on its own must reach this quality, 0–100. */
  readonly minimumQuality: number
  /** After this many tries the officer may go on with what was taken. */
  readonly triesBeforeAccepting: number
}

/** Flat captures of TT 60/2021: right four, left four, two thumbs. */
const plans: readonly CapturePlan[] = [
  { from: '2021-07-01', steps: ['right-four', 'left-four', 'two-thumbs'], minimumQuality: 40, triesBeforeAccepting: 3 },
]

/** The plan in force on a day. `day` is an ISO date; days before the first plan get the first. */
export function capturePlanOn(day: string): CapturePlan {
  const inForce = plans.filter((plan) => plan.from <= day).at(-1) ?? plans[0]
  if (!inForce) throw new RangeError('no capture plan')
  return inForce
}
