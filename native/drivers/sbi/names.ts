import { captureSteps, singleSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import type { Eye } from '#native/capability/iris-camera.ts'

/** The names of the specification (bioSubType). */
export const fingerNames = {
  'right-thumb': 'Right Thumb',
  'right-index': 'Right IndexFinger',
  'right-middle': 'Right MiddleFinger',
  'right-ring': 'Right RingFinger',
  'right-little': 'Right LittleFinger',
  'left-thumb': 'Left Thumb',
  'left-index': 'Left IndexFinger',
  'left-middle': 'Left MiddleFinger',
  'left-ring': 'Left RingFinger',
  'left-little': 'Left LittleFinger',
} as const satisfies Record<FingerPosition, string>

export const eyeNames = { left: 'Left', right: 'Right' } as const satisfies Record<Eye, string>

/** Parts of a device (deviceSubId): left hand or eye, right hand or eye, both thumbs or eyes. */
export const subIds = { left: 1, right: 2, both: 3 } as const
export type SubId = (typeof subIds)[keyof typeof subIds]

export function fingerNamed(name: string): FingerPosition | undefined {
  return (Object.keys(fingerNames) as FingerPosition[]).find((finger) => fingerNames[finger] === name)
}

export function eyeNamed(name: string): Eye | undefined {
  return (Object.keys(eyeNames) as Eye[]).find((eye) => eyeNames[eye] === name)
}

/** The part of the device that makes a step, and all fingers that this part sees. Nothing for rolled prints. */
export function partFor(
  step: CaptureStep,
): { readonly subId: SubId; readonly sees: readonly FingerPosition[] } | undefined {
  if (step.startsWith('rolled-')) return undefined
  const first = captureSteps[step].fingers[0] ?? 'right-thumb'
  if (first.endsWith('thumb')) return { subId: subIds.both, sees: captureSteps['two-thumbs'].fingers }
  return first.startsWith('left')
    ? { subId: subIds.left, sees: captureSteps['left-four'].fingers }
    : { subId: subIds.right, sees: captureSteps['right-four'].fingers }
}

/** What a device with these parts can do: its slaps, and each of their fingers alone (the others are exceptions). */
export function stepsOf(parts: readonly number[]): CaptureStep[] {
  const steps: readonly CaptureStep[] = ['right-four', 'left-four', 'two-thumbs', ...singleSteps]
  return steps.filter((step) => parts.includes(partFor(step)?.subId ?? -1))
}
