import type { FingerPosition } from '#domain/biometrics/index.ts'

/** Millimetres from the centre of the pad, x to the right, y towards the tip. */
type Point = { readonly x: number; readonly y: number }

export type Pattern = 'left-loop' | 'right-loop' | 'whorl' | 'double-loop' | 'arch' | 'tented-arch'

/** Ridge directions of one finger: radians from the x axis, counter-clockwise, modulo π. */
export type OrientationField = { readonly pattern: Pattern; at(x: number, y: number): number }

/** How often each pattern occurs, about as in published counts: loops two thirds, whorls a quarter to a third. */
const shares: readonly (readonly [kind: 'ulnar' | 'radial' | Pattern, share: number])[] = [
  ['ulnar', 0.6],
  ['radial', 0.05],
  ['whorl', 0.22],
  ['double-loop', 0.06],
  ['arch', 0.04],
  ['tented-arch', 0.03],
]

/** Half the width in millimetres of what a finger lays flat. */
const FLAT_HALF = 8

/** Loop and delta points after Sherlock and Monro (1993): each loop turns the ridges by half a turn, a delta back. */
export function createOrientationField(finger: FingerPosition, random: () => number): OrientationField {
  const pattern = choosePattern(finger, random)
  const shake = (size: number) => (random() - 0.5) * 2 * size
  const tilt = shake(0.06)

  if (pattern === 'arch') {
    const steep = 0.9 + shake(0.2)
    const height = -2.5 + shake(1)
    return {
      pattern,
      at: (x, y) => tilt - Math.atan(steep * Math.sin((Math.PI * x) / 20) * Math.exp(-(((y - height) / 8) ** 2)) * 1.5),
    }
  }

  const { loops, deltas } = singularities(pattern, shake)
  return {
    pattern,
    at(x, y) {
      let sum = 0
      for (const loop of loops) sum += Math.atan2(y - loop.y, x - loop.x)
      for (const delta of deltas) sum -= Math.atan2(y - delta.y, x - delta.x)
      return tilt + sum / 2 + arching(x, y)
    },
  }
}

/** Towards the tip the ridges follow the round of the finger, which loops and deltas alone leave too straight. */
function arching(x: number, y: number): number {
  return y > 1 ? -0.011 * sideways(x) * (y - 1) : 0
}

/** Round the sides of the finger the ridges do not turn much farther. */
function sideways(x: number): number {
  const beyond = Math.abs(x) - FLAT_HALF
  return beyond <= 0 ? x : Math.sign(x) * (FLAT_HALF + 2.5 * Math.tanh(beyond / 2.5))
}

function choosePattern(finger: FingerPosition, random: () => number): Pattern {
  // Ulnar loops open towards the little finger: on the image of a right hand that is to the right.
  const ulnar: Pattern = finger.startsWith('right') ? 'right-loop' : 'left-loop'
  const radial: Pattern = ulnar === 'right-loop' ? 'left-loop' : 'right-loop'
  let rest = random()
  for (const [kind, share] of shares) {
    rest -= share
    if (rest < 0) return kind === 'ulnar' ? ulnar : kind === 'radial' ? radial : kind
  }
  return ulnar
}

function singularities(
  pattern: Exclude<Pattern, 'arch'>,
  shake: (size: number) => number,
): { loops: Point[]; deltas: Point[] } {
  const core = { x: shake(0.6), y: 1.2 + shake(0.8) }
  switch (pattern) {
    // A loop that opens to the right has its delta on the left.
    case 'right-loop':
      return { loops: [core], deltas: [{ x: -5.2 + shake(0.8), y: -5.5 + shake(1) }] }
    case 'left-loop':
      return { loops: [core], deltas: [{ x: 5.2 + shake(0.8), y: -5.5 + shake(1) }] }
    case 'tented-arch':
      return { loops: [core], deltas: [{ x: core.x + shake(0.5), y: core.y - 5 + shake(0.8) }] }
    case 'whorl':
      return {
        loops: [core, { x: core.x + shake(0.4), y: core.y - 2.4 + shake(0.7) }],
        deltas: [
          { x: -6 + shake(0.7), y: -6.5 + shake(1) },
          { x: 6 + shake(0.7), y: -6.5 + shake(1) },
        ],
      }
    case 'double-loop': {
      const side = shake(1) < 0 ? -1 : 1
      return {
        loops: [
          { x: core.x + side * 1.6, y: core.y + 0.6 },
          { x: core.x - side * 1.6, y: core.y - 2.6 + shake(0.6) },
        ],
        deltas: [
          { x: -6 + shake(0.7), y: -6.5 + shake(1) },
          { x: 6 + shake(0.7), y: -6.5 + shake(1) },
        ],
      }
    }
  }
}
