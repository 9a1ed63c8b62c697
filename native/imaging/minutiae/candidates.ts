import { turned, type Prepared } from './prepare.ts'
import { alike } from './surroundings.ts'

/** Pairs of minutiae with the most similar surroundings that are looked at closely, and those tried as an anchor. */
const CANDIDATES = 48
const ANCHORS = 16
/**
 * Two pairs support each other when their distance agrees to within so many pixels and this share of it (skin
 * stretches), and their directions to within so many radians.
 */
const SLACK = 9
const STRETCH = 0.08
const TURN_SLACK = 0.45
/** How far, in radians, one may lie aside as seen from the other: so much anywhere, and so many pixels. */
const ASIDE = 0.2
const ASIDE_PIXELS = 12

/** Scratch space, reused: a search makes millions of comparisons, one at a time. */
const STEPS = 256
const histogram = new Int32Array(STEPS)
let likeness = new Uint8Array(0)
const pairA = new Int32Array(CANDIDATES)
const pairB = new Int32Array(CANDIDATES)
const pairValue = new Float32Array(CANDIDATES)

/** Minutiae of two prints that belong together: the same place in both lists. */
export type Pairs = { readonly from: readonly number[]; readonly to: readonly number[] }

/** Pairs that may be the same minutiae, and how sure that is: the sum of their likenesses (0–1 each). */
export type Start = Pairs & {
  readonly support: number
  /** How alike any two surroundings are, 0–255, row by row of a; good until the next comparison. */
  readonly likeness: Uint8Array
}

/**
 * Looks for pairs with similar surroundings that lie to each other in both prints as if one were laid on the other: of
 * the most similar ones, those that agree with the one that most agree with.
 */
export function findStart(a: Prepared, b: Prepared): Start {
  measure(a, b)
  const count = select(a.count * b.count, b.count)
  const order = Array.from({ length: count }, (_, index) => index).sort((one, two) => pairValue[two]! - pairValue[one]!)
  let best = { support: 0, members: [] as number[] }
  for (const seed of order.slice(0, ANCHORS)) {
    const found = agreeing(a, b, count, seed)
    if (found.support > best.support) best = found
  }
  return {
    support: best.support,
    from: best.members.map((index) => pairA[index]!),
    to: best.members.map((index) => pairB[index]!),
    likeness,
  }
}

function measure(a: Prepared, b: Prepared): void {
  if (likeness.length < a.count * b.count) likeness = new Uint8Array(a.count * b.count)
  histogram.fill(0)
  for (let one = 0, at = 0; one < a.count; one++) {
    for (let two = 0; two < b.count; two++, at++) {
      const value = alike(a, one, b, two)
      likeness[at] = value
      histogram[value | 0]!++
    }
  }
}

/** The most similar pairs, into pairA, pairB and pairValue. */
function select(total: number, columns: number): number {
  let limit = STEPS
  for (let seen = 0; limit > 1 && seen < CANDIDATES;) seen += histogram[--limit]!
  let count = 0
  // Those above the limit first: of those on it there may be too many.
  for (const onLimit of [false, true]) {
    for (let at = 0; at < total && count < CANDIDATES; at++) {
      const value = likeness[at]!
      if (onLimit ? value !== limit : value <= limit) continue
      pairA[count] = Math.floor(at / columns)
      pairB[count] = at % columns
      pairValue[count++] = value / 255
    }
  }
  return count
}

function agreeing(a: Prepared, b: Prepared, count: number, seed: number): { support: number; members: number[] } {
  const seedA = pairA[seed]!
  const seedB = pairB[seed]!
  const turn = turned(b.angle[seedB]! - a.angle[seedA]!)
  const members = [seed]
  let support = pairValue[seed]!
  for (let index = 0; index < count; index++) {
    const one = pairA[index]!
    const two = pairB[index]!
    if (one === seedA || two === seedB) continue
    const ax = a.x[one]! - a.x[seedA]!
    const ay = a.y[one]! - a.y[seedA]!
    const bx = b.x[two]! - b.x[seedB]!
    const by = b.y[two]! - b.y[seedB]!
    const length = Math.sqrt(ax * ax + ay * ay)
    if (Math.abs(length - Math.sqrt(bx * bx + by * by)) > SLACK + STRETCH * length) continue
    if (Math.abs(turned(b.angle[two]! - a.angle[one]! - turn)) > TURN_SLACK) continue
    const aside = Math.abs(turned(Math.atan2(by, bx) - Math.atan2(ay, ax) - turn))
    if (length > ASIDE_PIXELS && aside > ASIDE + ASIDE_PIXELS / length) continue
    members.push(index)
    support += pairValue[index]!
  }
  return { support, members }
}
