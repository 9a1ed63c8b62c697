import { captureSteps, type FingerPosition } from '#domain/biometrics/index.ts'

type Place = { readonly x: number; readonly y: number; readonly size: number }

/** A finger to be named: its centre in millimetres, y down, the area of its box, and whether its tip is there whole and clear. */
export type Unnamed = Place & { readonly whole: boolean }

/** Where the pads of a right hand lie beside each other, in millimetres: anthropometric means, rounded. */
const rightHand: Record<string, Place> = {
  index: { x: -26, y: 20, size: 345 },
  middle: { x: -8.5, y: 12, size: 375 },
  ring: { x: 9, y: 16.5, size: 340 },
  little: { x: 25, y: 32, size: 250 },
}

/** How much a hand may be larger or smaller, and lie askew of its fingers (radians), before it counts as wrong. */
const SCALE_TOLERANCE = 0.12
const TURN_TOLERANCE = 0.14
/** Millimetres of misfit that weigh as much as one tolerance. */
const PLACE_TOLERANCE = 3
const SIZE_TOLERANCE = 0.25
/** How much of what the sizes say of the hand is believed, and the smallest hand, as logarithms of its scale. */
const SIZES_SAY = 0.8
const SMALLEST_HAND = -0.45
/** A single finger says its name only by where on the glass it lies: 20 mm off weigh as much. */
const GLASS_TOLERANCE = 20

/** How much better the other hand must fit, by how many fingers are seen, before it is said to be the wrong one. */
const OTHER_HAND_MARGIN: Readonly<Record<number, number>> = { 4: 4, 3: 8 }
/** As much more for each finger that is there only in part or blurred: its centre is off. */
const PART_MARGIN = 10

export type Named = {
  readonly names: readonly FingerPosition[]
  /** What lies there is the other hand, taken for this one; `names` are then only places. */
  readonly otherHand: boolean
}

/**
 * Names the fingers of a slap, given from left to right in upright coordinates with the centre of the glass at 0, 0.
 * When some are missing, tries every choice that keeps the order and takes the one that fits a hand best.
 * `whole` are all whole fingers seen, which may be more than are expected.
 */
export function nameFingers(
  expected: readonly FingerPosition[],
  found: readonly Unnamed[],
  whole: readonly Unnamed[] = found,
): Named {
  const { names } = bestFit(expected, found)
  return { names, otherHand: isOtherHand(expected, whole) }
}

function isOtherHand(expected: readonly FingerPosition[], whole: readonly Unnamed[]): boolean {
  const margin = OTHER_HAND_MARGIN[whole.length]
  const isFour = expected.length > 1 && !expected.some((finger) => finger.endsWith('thumb'))
  if (margin === undefined || !isFour) return false
  const left = expected[0]!.startsWith('left')
  const own = captureSteps[left ? 'left-four' : 'right-four'].fingers
  const other = captureSteps[left ? 'right-four' : 'left-four'].fingers
  // More than expected: then the fingers said to be absent say nothing.
  const likely = whole.length > expected.length ? own : expected
  const parts = whole.filter((finger) => !finger.whole).length
  return bestFit(other, whole).cost + margin + parts * PART_MARGIN < bestFit(likely, whole).cost
}

function bestFit(expected: readonly FingerPosition[], found: readonly Unnamed[]): Fit {
  let best: Fit = { names: [], cost: Infinity }
  for (const names of choices(expected, found.length)) {
    const cost = misfit(found, names.map(placeOf))
    if (cost < best.cost) best = { names, cost }
  }
  return best
}

type Fit = { readonly names: readonly FingerPosition[]; readonly cost: number }

function placeOf(finger: FingerPosition): Place {
  const left = finger.startsWith('left')
  const name = finger.slice(finger.indexOf('-') + 1)
  if (name === 'thumb') return { x: left ? -12 : 12, y: 0, size: 494 }
  const place = rightHand[name]!
  return left ? { ...place, x: -place.x } : place
}

/** All selections of `count` in order. */
function choices<T>(list: readonly T[], count: number): T[][] {
  if (count === 0) return [[]]
  return list.flatMap((first, at) => choices(list.slice(at + 1), count - 1).map((rest) => [first, ...rest]))
}

/** Least squares over shift, turn and scale, the latter two and the sizes with what is usual of hands. */
function misfit(found: readonly Unnamed[], places: readonly Place[]): number {
  const count = found.length
  if (count === 1) return ((found[0]!.x - places[0]!.x) / GLASS_TOLERANCE) ** 2 + sizeMisfit(found, places)
  const mean = (points: readonly Place[]) => ({
    x: points.reduce((sum, point) => sum + point.x, 0) / count,
    y: points.reduce((sum, point) => sum + point.y, 0) / count,
  })
  const a = mean(found)
  const b = mean(places)
  // The place as a complex number times scale·e^(i·turn) should be the found point.
  let real = 0
  let imaginary = 0
  let norm = 0
  for (let at = 0; at < count; at++) {
    const [px, py] = [places[at]!.x - b.x, places[at]!.y - b.y]
    const [fx, fy] = [found[at]!.x - a.x, found[at]!.y - a.y]
    real += px * fx + py * fy
    imaginary += px * fy - py * fx
    norm += px * px + py * py
  }
  real /= norm
  imaginary /= norm
  let rest = 0
  for (let at = 0; at < count; at++) {
    const [px, py] = [places[at]!.x - b.x, places[at]!.y - b.y]
    const dx = found[at]!.x - a.x - (px * real - py * imaginary)
    const dy = found[at]!.y - a.y - (px * imaginary + py * real)
    rest += dx * dx + dy * dy
  }
  // Small fingers come from a small hand.
  const hand = Math.max(SMALLEST_HAND, Math.min(0, meanOf(sizeLogs(found, places)) / 2))
  const scale = Math.log(Math.max(0.01, Math.hypot(real, imaginary))) - SIZES_SAY * hand
  const turn = Math.atan2(imaginary, real)
  return (
    rest / PLACE_TOLERANCE ** 2 +
    (scale / SCALE_TOLERANCE) ** 2 +
    (turn / TURN_TOLERANCE) ** 2 +
    sizeMisfit(found, places)
  )
}

function sizeMisfit(found: readonly Unnamed[], places: readonly Place[]): number {
  const logs = sizeLogs(found, places)
  const mean = meanOf(logs)
  return logs.reduce((sum, log) => sum + ((log - mean) / SIZE_TOLERANCE) ** 2, 0)
}

function sizeLogs(found: readonly Unnamed[], places: readonly Place[]): number[] {
  return found.map((finger, at) => Math.log(finger.size / places[at]!.size))
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
