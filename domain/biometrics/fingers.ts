/** The ten fingers with their codes of ANSI/NIST-ITL 1-2011 table 8 (FGP), in the order in which they are rolled. */
export const fingerPositions = {
  'right-thumb': 1,
  'right-index': 2,
  'right-middle': 3,
  'right-ring': 4,
  'right-little': 5,
  'left-thumb': 6,
  'left-index': 7,
  'left-middle': 8,
  'left-ring': 9,
  'left-little': 10,
} as const satisfies Record<string, number>

export type FingerPosition = keyof typeof fingerPositions
export const allFingers = Object.keys(fingerPositions) as FingerPosition[]

/** How the skin meets the glass: laid down, or rolled from nail to nail. */
export type Impression = 'flat' | 'rolled'

export type SlapStep = 'right-four' | 'left-four' | 'two-thumbs'
export type RolledStep = `rolled-${FingerPosition}`
/** One finger laid down by itself, at the bedside or for verification. */
export type SingleStep = `flat-${FingerPosition}`
export type CaptureStep = SlapStep | RolledStep | SingleStep

export type CaptureShape = {
  /** Friction ridge position code of the whole picture, ANSI/NIST-ITL 1-2011 table 8. */
  readonly fgp: number
  readonly impression: Impression
  /** As seen on the platen from left to right. */
  readonly fingers: readonly FingerPosition[]
}

/** Every capture there is. Which of them are taken, and in which order, is the plan's. */
export const captureSteps: Readonly<Record<CaptureStep, CaptureShape>> = {
  'right-four': {
    fgp: 13,
    impression: 'flat',
    fingers: ['right-index', 'right-middle', 'right-ring', 'right-little'],
  },
  'left-four': { fgp: 14, impression: 'flat', fingers: ['left-little', 'left-ring', 'left-middle', 'left-index'] },
  'two-thumbs': { fgp: 15, impression: 'flat', fingers: ['left-thumb', 'right-thumb'] },
  ...(Object.fromEntries(
    allFingers.flatMap((finger) => [
      [`rolled-${finger}`, { fgp: fingerPositions[finger], impression: 'rolled', fingers: [finger] }],
      [`flat-${finger}`, { fgp: fingerPositions[finger], impression: 'flat', fingers: [finger] }],
    ]),
  ) as Record<RolledStep | SingleStep, CaptureShape>),
}

export const rolledSteps = allFingers.map((finger): RolledStep => `rolled-${finger}`)
export const singleSteps = allFingers.map((finger): SingleStep => `flat-${finger}`)
