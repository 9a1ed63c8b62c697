import type { FingerPosition } from '#domain/biometrics/index.ts'
import { createRandom } from './random.ts'

/** Width and height of the pressed pad in millimetres. */
const padSizes: Record<string, readonly [number, number]> = {
  thumb: [19, 26],
  index: [15.4, 22.5],
  middle: [16, 23.5],
  ring: [15.2, 22.5],
  little: [12.8, 19.5],
}

/** Size of a person's finger pad at normal pressure, in millimetres. */
export function padSize(seed: number, finger: FingerPosition): { width: number; height: number } {
  const random = createRandom(seed * 31 + 5)
  const [width, height] = padSizes[finger.slice(finger.indexOf('-') + 1)]!
  return { width: width * (0.95 + 0.1 * random()), height: height * (0.95 + 0.1 * random()) }
}

/** How much wider and taller than that the pad gets when pressed hard. */
export const LARGEST_SPREAD = 1.1
