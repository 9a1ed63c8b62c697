/** The ten fingers with their codes of ANSI/NIST-ITL 1-2011 table 8 (FGP). */
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

/** The flat captures of the plan: four right, four left, two thumbs (FGP 13, 14, 15). */
export const captureSteps = {
  'right-four': { fgp: 13, fingers: ['right-index', 'right-middle', 'right-ring', 'right-little'] },
  // As seen on the platen from left to right.
  'left-four': { fgp: 14, fingers: ['left-little', 'left-ring', 'left-middle', 'left-index'] },
  'two-thumbs': { fgp: 15, fingers: ['left-thumb', 'right-thumb'] },
} as const satisfies Record<string, { readonly fgp: number; readonly fingers: readonly FingerPosition[] }>

export type CaptureStep = keyof typeof captureSteps
