import { fingerPositions, type FingerPosition } from '#domain/biometrics/index.ts'
import { createOrientationField, type Pattern } from './pattern.ts'
import { LARGEST_SPREAD, padSize } from './pad.ts'
import { createRandom } from './random.ts'

/** Pixels per millimetre of the master print: 250 dpi, half of what is drawn from it. */
export const MASTER_SCALE = 250 / 25.4
/** Skin beyond what touches the glass when pressed hardest, so that stretching does not reach its end. */
const MARGIN = 1.05

/** The skin of one finger: `ridge` is −1 in a valley, +1 on a ridge, row by row from the tip. */
export type MasterPrint = {
  readonly pattern: Pattern
  readonly width: number
  readonly height: number
  readonly ridge: Float32Array
}

const DIRECTIONS = 36
const RADIUS = 4
const SIDE = 2 * RADIUS + 1
/** Ridge periods in pixels of the master: 8.2 to 10 pixels at 500 dpi. */
const PERIODS = [4.1, 4.4, 4.7, 5.0]
const SIGMA = 1.95
const GAIN = 2.4
const LAST_GAIN = 1.45
const ROUNDS = 11

const kept = new Map<string, MasterPrint>()
const KEPT_MAX = 80

/** The master print of a person's finger: the same for the same seed, kept in memory. */
export function masterPrint(seed: number, finger: FingerPosition): MasterPrint {
  const key = `${seed} ${finger}`
  let print = kept.get(key)
  if (!print) {
    print = grow(seed, finger)
    kept.set(key, print)
    if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value!)
  }
  return print
}

/**
 * Grows ridges out of noise: a filter tuned to the local direction and period is applied again and again
 * until lines stand (the idea of Cappelli's synthetic prints). Where lines do not fit, they end or fork: minutiae.
 */
function grow(seed: number, finger: FingerPosition): MasterPrint {
  const random = createRandom(Math.imul(seed + 1, 7919) + fingerPositions[finger] * 104729)
  const field = createOrientationField(finger, random)
  const area = skinOf(padSize(seed, finger))
  const choice = chooseFilters(field.at, area, random)
  let ridge = Float32Array.from({ length: area.width * area.height }, () => random() * 2 - 1)
  for (let round = 0; round < ROUNDS; round++) ridge = filtered(ridge, choice, area, GAIN)
  // A last round without clipping gives the ridges their round backs.
  ridge = filtered(ridge, choice, area, LAST_GAIN)
  addCreases(ridge, area, random)
  addPores(ridge, random)
  return { pattern: field.pattern, width: area.width, height: area.height, ridge }
}

type Area = { readonly width: number; readonly height: number; readonly halfWidth: number; readonly halfHeight: number }

/** The oval of skin to grow, half axes in millimetres, inside a rectangle of pixels with room for the filter. */
function skinOf(pad: { width: number; height: number }): Area {
  const halfWidth = (pad.width / 2) * LARGEST_SPREAD * MARGIN
  const halfHeight = (pad.height / 2) * LARGEST_SPREAD * MARGIN
  const side = (half: number) => 2 * (Math.ceil(half * MASTER_SCALE) + RADIUS + 1)
  return { width: side(halfWidth), height: side(halfHeight), halfWidth, halfHeight }
}

/** For each pixel the filter that fits its direction and period; outside the finger's oval none (-1). */
function chooseFilters(
  direction: (x: number, y: number) => number,
  { width, height, halfWidth, halfHeight }: Area,
  random: () => number,
): Int16Array {
  const choice = new Int16Array(width * height).fill(-1)
  const wave = random() * 6
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      const right = (x - width / 2) / MASTER_SCALE
      const up = (height / 2 - y) / MASTER_SCALE
      if ((right / halfWidth) ** 2 + (up / halfHeight) ** 2 > 1) continue
      const turn = direction(right, up) / Math.PI
      const step = Math.round((turn - Math.floor(turn)) * DIRECTIONS) % DIRECTIONS
      // Ridges are wider towards the crease of the joint.
      const wide = 1.3 - up / 9 + 0.6 * Math.sin(right / 4 + wave) + 0.4 * Math.cos(up / 3 - wave)
      const period = Math.max(0, Math.min(PERIODS.length - 1, Math.round(wide)))
      choice[y * width + x] = period * DIRECTIONS + step
    }
  }
  return choice
}

/** Even Gabor filters without a constant part, by period and direction. */
const filters: readonly Float32Array[] = PERIODS.flatMap((period) =>
  Array.from({ length: DIRECTIONS }, (_, step) => {
    const angle = (step * Math.PI) / DIRECTIONS
    const across = { x: -Math.sin(angle), y: Math.cos(angle) }
    const taps = new Float32Array(SIDE * SIDE)
    let sum = 0
    let weight = 0
    const envelope = (x: number, y: number) => Math.exp(-(x * x + y * y) / (2 * SIGMA * SIGMA))
    for (let y = -RADIUS; y <= RADIUS; y++) {
      for (let x = -RADIUS; x <= RADIUS; x++) {
        // y runs down in the image, up in the field.
        const value = envelope(x, y) * Math.cos((2 * Math.PI * (x * across.x - y * across.y)) / period)
        taps[(y + RADIUS) * SIDE + x + RADIUS] = value
        sum += value
        weight += envelope(x, y)
      }
    }
    let size = 0
    for (let y = -RADIUS; y <= RADIUS; y++) {
      for (let x = -RADIUS; x <= RADIUS; x++) {
        const at = (y + RADIUS) * SIDE + x + RADIUS
        taps[at]! -= (sum / weight) * envelope(x, y)
        size += Math.abs(taps[at]!)
      }
    }
    return taps.map((tap) => tap / size)
  }),
)

function filtered(
  ridge: Float32Array,
  choice: Int16Array,
  { width, height }: Area,
  gain: number,
): Float32Array<ArrayBuffer> {
  const next = new Float32Array(ridge.length)
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      const at = y * width + x
      const index = choice[at]!
      if (index < 0) continue
      const taps = filters[index]!
      let sum = 0
      let tap = 0
      for (let row = at - RADIUS * width - RADIUS, end = at + RADIUS * width; row <= end; row += width) {
        for (let from = row; from < row + SIDE; from++) sum += taps[tap++]! * ridge[from]!
      }
      const value = sum * gain
      next[at] = value > 1 ? 1 : value < -1 ? -1 : value
    }
  }
  return next
}

/** Thin white lines across the ridges, as age and work leave them. */
function addCreases(ridge: Float32Array, { width, height }: Area, random: () => number): void {
  for (let count = Math.floor(random() * 4); count > 0; count--) {
    let x = width * (0.2 + 0.6 * random())
    let y = height * (0.2 + 0.7 * random())
    let angle = random() * Math.PI
    for (let length = 20 + random() * 60; length > 0; length--) {
      angle += (random() - 0.5) * 0.12
      x += Math.cos(angle)
      y += Math.sin(angle)
      const at = Math.round(y) * width + Math.round(x)
      if (x > 1 && x < width - 2 && y > 1 && y < height - 2) {
        ridge[at]! -= 0.9
        ridge[at + 1]! -= 0.4
        ridge[at + width]! -= 0.4
      }
    }
  }
}

/** Sweat pores: small holes on the tops of the ridges. */
function addPores(ridge: Float32Array, random: () => number): void {
  for (let at = 0; at < ridge.length; at++) {
    if (ridge[at]! > 0.75 && random() < 0.035) ridge[at]! -= 0.9
  }
}
