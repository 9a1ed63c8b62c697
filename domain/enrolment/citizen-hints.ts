import {
  captureSteps,
  type CaptureStep,
  type FingerAdvice,
  type PortraitCheck,
  type SlapProblem,
} from '../biometrics/index.ts'

/** One thing to do with the hand now, as a picture. */
export const fingerHints = [
  'good',
  'lay-down',
  'other-hand',
  'press-harder',
  'press-lighter',
  'wipe',
  'moisten',
  'move-up',
  'move-down',
  'move-left',
  'move-right',
  'roll-further',
  'hold-still',
] as const
export type FingerHint = (typeof fingerHints)[number]

/** One thing to do before the camera now, as a picture. */
export const portraitHints = [
  'good',
  'sit-down',
  'one-person',
  'closer',
  'further',
  'to-middle',
  'face-straight',
  'head-upright',
  'open-eyes',
  'close-mouth',
  'show-ears',
  'no-glasses',
  'no-hat',
  'hold-still',
] as const
export type PortraitHint = (typeof portraitHints)[number]

type Frame = {
  readonly fingers: readonly { readonly advice?: FingerAdvice }[]
  readonly problem?: SlapProblem
  /** Fingers of this person that are not seen; without it, all of the step are expected. */
  readonly missing?: readonly unknown[]
}

/** What a preview asks of the citizen: the same for all, then what most of the fingers need. */
export function fingerHint(step: CaptureStep, { fingers, problem, missing }: Frame): FingerHint {
  if (problem === 'wrong-hand') return 'other-hand'
  if (fingers.length === 0) return 'lay-down'
  const counted = new Map<FingerHint, number>()
  for (const { advice } of fingers) {
    const hint = advice === undefined ? 'good' : advice === 'dry' ? 'wipe' : advice
    counted.set(hint, (counted.get(hint) ?? 0) + 1)
  }
  counted.delete('good')
  const [most] = [...counted].toSorted(([, one], [, other]) => other - one)
  if (most) return most[0]
  // A roll goes on as long as the finger is there.
  if (captureSteps[step].impression === 'rolled') return 'roll-further'
  const some = missing?.length ?? captureSteps[step].fingers.length - fingers.length
  return some > 0 ? 'lay-down' : 'good'
}

/** In the order in which a person can do them; what is not in a person's hands (light, background) is no hint. */
const portraitOrder: readonly (readonly [PortraitCheck, PortraitHint])[] = [
  ['face-missing', 'sit-down'],
  ['several-faces', 'one-person'],
  ['too-far', 'closer'],
  ['too-near', 'further'],
  ['off-centre', 'to-middle'],
  ['head-covered', 'no-hat'],
  ['glasses', 'no-glasses'],
  ['turned', 'face-straight'],
  ['tilted', 'head-upright'],
  ['ears-hidden', 'show-ears'],
  ['mouth-open', 'close-mouth'],
  ['eyes-closed', 'open-eyes'],
  ['blurred', 'hold-still'],
]

export function portraitHint(findings: readonly { readonly check: PortraitCheck }[]): PortraitHint {
  return portraitOrder.find(([check]) => findings.some((finding) => finding.check === check))?.[1] ?? 'good'
}
