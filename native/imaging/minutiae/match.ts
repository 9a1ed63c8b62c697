import { turned, type Prepared } from './prepare.ts'
import { alike } from './surroundings.ts'

/** TODO */
export const SAME_FINGER = 40

/** Pairs of minutiae with the most similar surroundings that are looked at closely, and those tried as an anchor. */
const CANDIDATES = 48
const ANCHORS = 16
/** Two pairs support each other when their distance and directions agree this well; skin stretches with distance. */
const STRETCH = 0.08
const SLACK = 9
const TURN_SLACK = 0.45
/** After laying one print on the other, minutiae this near and alike in direction are one. */
const NEAR = 15
const NEAR_TURN = 0.5

/** Scratch space, reused: a search makes millions of comparisons. */
const STEPS = 256
const histogram = new Int32Array(STEPS)
let similar = new Uint8Array(0)
const pairA = new Int32Array(CANDIDATES)
const pairB = new Int32Array(CANDIDATES)
const pairValue = new Float32Array(CANDIDATES)
const supported = new Uint8Array(CANDIDATES)
const bestSupported = new Uint8Array(CANDIDATES)

export type Comparison = {
  readonly local: number
  readonly support: number
  readonly matched: number
  readonly share: number
  readonly likeness: number
}

/** How sure it is that two templates are of the same finger, 0–100; from SAME_FINGER they are taken to be. */
export function matchScore(a: Prepared, b: Prepared): number {
  const { share, likeness } = compare(a, b)
  return 100 * (1 - Math.exp((-likeness * share) / 10))
}

export function compare(a: Prepared, b: Prepared): Comparison {
  const none = { local: 0, support: 0, matched: 0, share: 0, likeness: 0 }
  if (a.count === 0 || b.count === 0) return none
  measure(a, b)
  const count = select(a.count * b.count, b.count)
  let local = 0
  for (let index = 0; index < count; index++) local += pairValue[index]!
  local /= CANDIDATES
  const support = anchor(a, b, count)
  if (support < 2) return { ...none, local, support }
  return { local, support, ...layOver(a, b, count) }
}

/** How alike all surroundings are, into `similar`. */
function measure(a: Prepared, b: Prepared): void {
  if (similar.length < a.count * b.count) similar = new Uint8Array(a.count * b.count)
  histogram.fill(0)
  for (let one = 0, at = 0; one < a.count; one++) {
    for (let two = 0; two < b.count; two++, at++) {
      const value = alike(a, one, b, two)
      similar[at] = value
      histogram[value | 0]!++
    }
  }
}

/** The most similar pairs, into pairA, pairB and pairValue. */
function select(total: number, columns: number): number {
  let limit = STEPS
  for (let seen = 0; limit > 1 && seen < CANDIDATES;) seen += histogram[--limit]!
  let count = 0
  for (const exact of [false, true]) {
    for (let at = 0; at < total && count < CANDIDATES; at++) {
      const value = similar[at]!
      if (exact ? value !== limit : value <= limit) continue
      pairA[count] = Math.floor(at / columns)
      pairB[count] = at % columns
      pairValue[count++] = value / 255
    }
  }
  return count
}

/** The pair that most others agree with; they are marked in bestSupported. Returns the sum of their similarities. */
function anchor(a: Prepared, b: Prepared, count: number): number {
  const order = Array.from({ length: count }, (_, index) => index).toSorted(
    (one, two) => pairValue[two]! - pairValue[one]!,
  )
  let best = 0
  for (const seed of order.slice(0, ANCHORS)) {
    const support = supporters(a, b, count, seed)
    if (support <= best) continue
    best = support
    bestSupported.set(supported)
  }
  return best
}

function supporters(a: Prepared, b: Prepared, count: number, seed: number): number {
  const sa = pairA[seed]!
  const sb = pairB[seed]!
  const turn = turned(b.angle[sb]! - a.angle[sa]!)
  let sum = 0
  for (let index = 0; index < count; index++) {
    supported[index] = 0
    const oa = pairA[index]!
    const ob = pairB[index]!
    if (index !== seed && (oa === sa || ob === sb)) continue
    const ax = a.x[oa]! - a.x[sa]!
    const ay = a.y[oa]! - a.y[sa]!
    const bx = b.x[ob]! - b.x[sb]!
    const by = b.y[ob]! - b.y[sb]!
    const lengthA = Math.hypot(ax, ay)
    const lengthB = Math.hypot(bx, by)
    if (Math.abs(lengthA - lengthB) > SLACK + STRETCH * lengthA) continue
    if (Math.abs(turned(b.angle[ob]! - a.angle[oa]! - turn)) > TURN_SLACK) continue
    if (lengthA > 12) {
      const lies = turned(Math.atan2(by, bx) - Math.atan2(ay, ax) - turn)
      if (Math.abs(lies) > 0.2 + 12 / lengthA) continue
    }
    supported[index] = 1
    sum += pairValue[index]!
  }
  return sum
}

type Move = readonly [xx: number, xy: number, x: number, yx: number, yy: number, y: number]

/** Lays a on b by the supported pairs and counts what falls together. */
function layOver(a: Prepared, b: Prepared, count: number): { matched: number; share: number; likeness: number } {
  let from: number[] = []
  let to: number[] = []
  for (let index = 0; index < count; index++) {
    if (bestSupported[index] === 0) continue
    from.push(pairA[index]!)
    to.push(pairB[index]!)
  }
  let result = { matched: 0, share: 0, likeness: 0 }
  for (let round = 0; round < 3; round++) {
    const move = fit(a, b, from, to)
    const pairs = pairUp(a, b, move)
    if (pairs.from.length < 3) return result
    from = pairs.from
    to = pairs.to
    const likeness = evidence(a, b, move, from, to)
    const inside = (2 * from.length) / (overlap(a, b, move) + overlapBack(a, b, move))
    result = { matched: from.length, share: Math.min(1, inside), likeness }
  }
  return result
}

/** Turn, scale and shift by least squares. */
function fit(a: Prepared, b: Prepared, from: readonly number[], to: readonly number[]): Move {
  let ax = 0
  let ay = 0
  let bx = 0
  let by = 0
  const n = from.length
  for (let index = 0; index < n; index++) {
    ax += a.x[from[index]!]! / n
    ay += a.y[from[index]!]! / n
    bx += b.x[to[index]!]! / n
    by += b.y[to[index]!]! / n
  }
  let dot = 0
  let cross = 0
  let size = 0
  for (let index = 0; index < n; index++) {
    const ux = a.x[from[index]!]! - ax
    const uy = a.y[from[index]!]! - ay
    const vx = b.x[to[index]!]! - bx
    const vy = b.y[to[index]!]! - by
    dot += ux * vx + uy * vy
    cross += ux * vy - uy * vx
    size += ux * ux + uy * uy
  }
  const length = Math.hypot(dot, cross) || 1
  const scale = size > 0 ? Math.max(0.92, Math.min(1.08, length / size)) : 1
  const cos = (scale * dot) / length
  const sin = (scale * cross) / length
  return [cos, -sin, bx - cos * ax + sin * ay, sin, cos, by - sin * ax - cos * ay]
}

/** Distance in pixels over which the stretch of skin changes, and by which minutiae then still miss each other. */
const SMOOTH_OVER = 60
const MISS = 6

/**
 * The sum over the pairs of how alike their surroundings are, less where a pair lies apart otherwise than its
 * neighbours do: skin stretches smoothly, chance does not.
 */
function evidence(a: Prepared, b: Prepared, move: Move, from: readonly number[], to: readonly number[]): number {
  const count = from.length
  const dx = new Float32Array(count)
  const dy = new Float32Array(count)
  for (let index = 0; index < count; index++) {
    const one = from[index]!
    const two = to[index]!
    dx[index] = b.x[two]! - (move[0] * a.x[one]! + move[1] * a.y[one]! + move[2])
    dy[index] = b.y[two]! - (move[3] * a.x[one]! + move[4] * a.y[one]! + move[5])
  }
  let sum = 0
  for (let index = 0; index < count; index++) {
    let weights = 0.5
    let meanX = 0
    let meanY = 0
    const one = from[index]!
    for (let other = 0; other < count; other++) {
      if (other === index) continue
      const ux = a.x[one]! - a.x[from[other]!]!
      const uy = a.y[one]! - a.y[from[other]!]!
      const weight = Math.exp(-(ux * ux + uy * uy) / (2 * SMOOTH_OVER * SMOOTH_OVER))
      weights += weight
      meanX += weight * dx[other]!
      meanY += weight * dy[other]!
    }
    const off = (dx[index]! - meanX / weights) ** 2 + (dy[index]! - meanY / weights) ** 2
    sum += (similar[one * b.count + to[index]!]! / 255) * Math.exp(-off / (2 * MISS * MISS))
  }
  return sum
}

function pairUp(a: Prepared, b: Prepared, move: Move): { from: number[]; to: number[] } {
  const turn = Math.atan2(move[3], move[0])
  const found: { one: number; two: number; distance: number }[] = []
  for (let one = 0; one < a.count; one++) {
    const x = move[0] * a.x[one]! + move[1] * a.y[one]! + move[2]
    const y = move[3] * a.x[one]! + move[4] * a.y[one]! + move[5]
    for (let two = 0; two < b.count; two++) {
      const dx = b.x[two]! - x
      const dy = b.y[two]! - y
      if (dx > NEAR || dx < -NEAR || dy > NEAR || dy < -NEAR) continue
      const distance = Math.hypot(dx, dy)
      if (distance > NEAR) continue
      const off = Math.abs(turned(b.angle[two]! - a.angle[one]! - turn))
      if (off > NEAR_TURN) continue
      found.push({ one, two, distance: distance / NEAR + off / NEAR_TURN })
    }
  }
  found.sort((one, two) => one.distance - two.distance)
  const takenA = new Uint8Array(a.count)
  const takenB = new Uint8Array(b.count)
  const from: number[] = []
  const to: number[] = []
  for (const { one, two } of found) {
    if (takenA[one] === 1 || takenB[two] === 1) continue
    takenA[one] = takenB[two] = 1
    from.push(one)
    to.push(two)
  }
  return { from, to }
}

/** How many of a's minutiae fall where b has some within reach. */
function overlap(a: Prepared, b: Prepared, move: Move): number {
  let count = 0
  for (let one = 0; one < a.count; one++) {
    const x = move[0] * a.x[one]! + move[1] * a.y[one]! + move[2]
    const y = move[3] * a.x[one]! + move[4] * a.y[one]! + move[5]
    if (surrounded(b, x, y)) count++
  }
  return count
}

function overlapBack(a: Prepared, b: Prepared, move: Move): number {
  const square = move[0] * move[0] + move[3] * move[3]
  let count = 0
  for (let two = 0; two < b.count; two++) {
    const dx = b.x[two]! - move[2]
    const dy = b.y[two]! - move[5]
    const x = (move[0] * dx + move[3] * dy) / square
    const y = (move[0] * dy - move[3] * dx) / square
    if (surrounded(a, x, y)) count++
  }
  return count
}

/** Whether minutiae lie around a place in at least three of the four quarters: it is on the print. */
function surrounded({ count, x, y }: Prepared, px: number, py: number): boolean {
  let quarters = 0
  for (let at = 0; at < count; at++) {
    const dx = x[at]! - px
    const dy = y[at]! - py
    if (dx * dx + dy * dy < 100) return true
    quarters |= 1 << ((dx > 0 ? 1 : 0) + (dy > 0 ? 2 : 0))
  }
  return quarters === 15
}
