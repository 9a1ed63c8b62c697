import {
  allFingers,
  captureSteps,
  fingerPositions,
  type CaptureStep,
  type FingerPosition,
} from '#domain/biometrics/index.ts'

/** Impression types of ANSI/NIST-ITL 1-2011 table 7 (IMP). */
const manners = { flat: 0, rolled: 1 } as const

const steps = new Map(
  (Object.keys(captureSteps) as CaptureStep[]).map((step) => {
    const { position, manner } = stepBytes(step)
    return [position | (manner << 8), step] as const
  }),
)

/** The two bytes that name a capture on the line: the finger position and how the skin meets the glass. */
export function stepBytes(step: CaptureStep): { readonly position: number; readonly manner: number } {
  const { fgp, impression } = captureSteps[step]
  return { position: fgp, manner: manners[impression] }
}

export function stepOf(position: number, manner: number): CaptureStep | undefined {
  return steps.get(position | (manner << 8))
}

/** Bit 0 is the right thumb, bit 9 the left little finger: finger position codes less one. */
export function maskOf(fingers: readonly FingerPosition[]): number {
  return fingers.reduce((mask, finger) => mask | (1 << (fingerPositions[finger] - 1)), 0)
}

export function fingersOf(mask: number): FingerPosition[] {
  return allFingers.filter((finger) => (mask & (1 << (fingerPositions[finger] - 1))) !== 0)
}
