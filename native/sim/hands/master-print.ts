import { fingerPositions, type FingerPosition } from '#domain/biometrics/index.ts'
import { createOrientationField, type Pattern } from './pattern.ts'
import { createMemory } from './memory.ts'
import { LARGEST_SPREAD, padSize } from './pad.ts'
import { createRandom } from './random.ts'
import { cutLine, wornDown } from './wear.ts'

/** Pixels per millimetre of the master print: 250 dpi, half of what is drawn from it. */
export const MASTER_SCALE = 250 / 25.4
/** Skin beyond what touches the glass when pressed hardest, so that stretching does not reach its end. */
const MARGIN = 1.05

/** How much farther the skin goes round the finger than the flat pad: nearly from nail to nail. */
const WRAP = 1.42
/** The skin to roll is squarer than the oval of the pad: power of its outline. */
const SQUARENESS = 3.2

/** The skin of one finger, nail to nail: `ridge` is −1 in a valley, +1 on a ridge, row by row from the tip. */
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

const remembered = createMemory<MasterPrint>(80)

/**
 * The master print of a person's finger: the same for the same seed, kept in memory. Flat and rolled impressions are
 * taken from the same skin. `wear` 0–1 is what work and age did to it.
 */
export function masterPrint(seed: number, finger: FingerPosition, wear = 0): MasterPrint {
  return remembered(`${seed} ${finger} ${wear}`, () => {
    if (wear === 0) return grow(seed, finger)
    const print = masterPrint(seed, finger)
    const random = createRandom(Math.imul(seed + 1, 15485863) + fingerPositions[finger] * 1299709)
    return { ...print, ridge: wornDown(print, wear, random) }
  })
}

/**
 * Grows ridges out of noise: a filter tuned to the local direction and period is applied again and again
 * until lines stand (the idea of Cappelli's synthetic prints). Where lines do not fit, they end or fork: minutiae.
 */
function grow(seed: number, finger: FingerPosition): MasterPrint {
  const random = createRandom(Math.imul(seed + 1, 7919) + fingerPositions[finger] * 104729)
  const field = createOrientationField(finger, random)
  const area = skinOf(padSize(seed, finger))
  const places = chooseFilters(field.at, area, random)
  let ridge = startingNoise(area, random)
  for (let round = 0; round < ROUNDS; round++) ridge = filtered(ridge, places, area.width, GAIN)
  // A last round without clipping gives the ridges their round backs.
  ridge = filtered(ridge, places, area.width, LAST_GAIN)
  addCreases(ridge, area, random)
  addPores(ridge, random)
  return { pattern: field.pattern, width: area.width, height: area.height, ridge }
}

/** Skin to grow, half axes in millimetres, inside a rectangle of pixels with room for the filter. */
type Area = {
  readonly width: number
  readonly height: number
  readonly halfWidth: number
  readonly halfHeight: number
  /** Pixels of the width that belong to the flat pad. */
  readonly flatWidth: number
}

function skinOf(pad: { width: number; height: number }): Area {
  const halfFlat = (pad.width / 2) * LARGEST_SPREAD * MARGIN
  const halfWidth = halfFlat * WRAP
  const halfHeight = (pad.height / 2) * LARGEST_SPREAD * MARGIN
  const side = (half: number) => 2 * (Math.ceil(half * MASTER_SCALE) + RADIUS + 1)
  return { width: side(halfWidth), height: side(halfHeight), halfWidth, halfHeight, flatWidth: side(halfFlat) }
}

/** The pad first: what grows there does not hang on how far the sides go. */
function startingNoise({ width, height, flatWidth }: Area, random: () => number): Float32Array<ArrayBuffer> {
  const noise = new Float32Array(width * height)
  const left = (width - flatWidth) / 2
  for (let y = 0; y < height; y++) {
    for (let x = left; x < left + flatWidth; x++) noise[y * width + x] = random() * 2 - 1
  }
  const side = createRandom(Math.floor(random() * 2 ** 32))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < left; x++) noise[y * width + x] = side() * 2 - 1
    for (let x = left + flatWidth; x < width; x++) noise[y * width + x] = side() * 2 - 1
  }
  return noise
}

/** The pixels of the skin, and for each where the filter begins that fits its direction and period. */
type Places = { readonly at: Int32Array; readonly filter: Int32Array }

function chooseFilters(
  direction: (x: number, y: number) => number,
  { width, height, halfWidth, halfHeight }: Area,
  random: () => number,
): Places {
  const at: number[] = []
  const filter: number[] = []
  const wave = random() * 6
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      const right = (x - width / 2) / MASTER_SCALE
      const up = (height / 2 - y) / MASTER_SCALE
      if (Math.abs(right / halfWidth) ** SQUARENESS + Math.abs(up / halfHeight) ** SQUARENESS > 1) continue
      const turn = direction(right, up) / Math.PI
      const step = Math.round((turn - Math.floor(turn)) * DIRECTIONS) % DIRECTIONS
      // Ridges are wider towards the crease of the joint.
      const wide = 1.3 - up / 9 + 0.6 * Math.sin(right / 4 + wave) + 0.4 * Math.cos(up / 3 - wave)
      const period = Math.max(0, Math.min(PERIODS.length - 1, Math.round(wide)))
      at.push(y * width + x)
      filter.push((period * DIRECTIONS + step) * HALF)
    }
  }
  return { at: Int32Array.from(at), filter: Int32Array.from(filter) }
}

/** Taps of the half of a filter that is kept: an even filter has the other half the other way round. */
const HALF = (SIDE * SIDE + 1) / 2

/**
 * Even Gabor filters without a constant part, one after the other by period and direction. Of each the middle, then
 * what is right of it in its row, then the rows below it.
 */
const filters = Float32Array.from(
  PERIODS.flatMap((period) =>
    Array.from({ length: DIRECTIONS }, (_, step) => {
      const angle = (step * Math.PI) / DIRECTIONS
      const across = { x: -Math.sin(angle), y: Math.cos(angle) }
      const taps: number[] = []
      const envelopes: number[] = []
      for (let y = -RADIUS; y <= RADIUS; y++) {
        for (let x = -RADIUS; x <= RADIUS; x++) {
          const envelope = Math.exp(-(x * x + y * y) / (2 * SIGMA * SIGMA))
          envelopes.push(envelope)
          // y runs down in the image, up in the field.
          taps.push(envelope * Math.cos((2 * Math.PI * (x * across.x - y * across.y)) / period))
        }
      }
      const constant = total(taps) / total(envelopes)
      const balanced = taps.map((tap, at) => tap - constant * envelopes[at]!)
      const size = total(balanced.map(Math.abs))
      return balanced.slice(HALF - 1).map((tap) => tap / size)
    }).flat(),
  ),
)

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Most of the time of a print goes by here, hence the taps of a row written out. */
function filtered(ridge: Float32Array, { at, filter }: Places, width: number, gain: number): Float32Array<ArrayBuffer> {
  const next = new Float32Array(ridge.length)
  for (let place = 0; place < at.length; place++) {
    const middle = at[place]!
    let tap = filter[place]!
    let sum =
      filters[tap]! * ridge[middle]! +
      filters[tap + 1]! * (ridge[middle + 1]! + ridge[middle - 1]!) +
      filters[tap + 2]! * (ridge[middle + 2]! + ridge[middle - 2]!) +
      filters[tap + 3]! * (ridge[middle + 3]! + ridge[middle - 3]!) +
      filters[tap + 4]! * (ridge[middle + 4]! + ridge[middle - 4]!)
    tap += RADIUS + 1
    for (let row = 1; row <= RADIUS; row++) {
      const below = middle + row * width - RADIUS
      const above = middle - row * width + RADIUS
      sum +=
        filters[tap]! * (ridge[below]! + ridge[above]!) +
        filters[tap + 1]! * (ridge[below + 1]! + ridge[above - 1]!) +
        filters[tap + 2]! * (ridge[below + 2]! + ridge[above - 2]!) +
        filters[tap + 3]! * (ridge[below + 3]! + ridge[above - 3]!) +
        filters[tap + 4]! * (ridge[below + 4]! + ridge[above - 4]!) +
        filters[tap + 5]! * (ridge[below + 5]! + ridge[above - 5]!) +
        filters[tap + 6]! * (ridge[below + 6]! + ridge[above - 6]!) +
        filters[tap + 7]! * (ridge[below + 7]! + ridge[above - 7]!) +
        filters[tap + 8]! * (ridge[below + 8]! + ridge[above - 8]!)
      tap += SIDE
    }
    const value = sum * gain
    next[middle] = value > 1 ? 1 : value < -1 ? -1 : value
  }
  return next
}

/** Thin white lines across the ridges, as age and work leave them. */
function addCreases(ridge: Float32Array, { width, height, flatWidth }: Area, random: () => number): void {
  for (let count = Math.floor(random() * 4); count > 0; count--) {
    const x = (width - flatWidth) / 2 + flatWidth * (0.2 + 0.6 * random())
    const y = height * (0.2 + 0.7 * random())
    const angle = random() * Math.PI
    cutLine(ridge, { width, height }, { x, y, angle, length: 20 + random() * 60, depth: 0.9, bend: 0.12 }, random)
  }
}

/** Sweat pores: small holes on the tops of the ridges. */
function addPores(ridge: Float32Array, random: () => number): void {
  for (let at = 0; at < ridge.length; at++) {
    if (ridge[at]! > 0.75 && random() < 0.035) ridge[at]! -= 0.9
  }
}
