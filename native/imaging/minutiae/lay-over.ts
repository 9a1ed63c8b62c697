import type { Pairs, Start } from './candidates.ts'
import { turned, type Prepared } from './prepare.ts'

/** After laying one print on the other, minutiae this near (pixels) and alike in direction (radians) may be one. */
const NEAR = 15
const NEAR_TURN = 0.5
const ROUNDS = 3
const LEAST_PAIRS = 3
/** Skin that is pulled or pressed is at most so much longer. */
const STRETCH = 0.08
/** Distance in pixels over which the stretch of skin changes, and by which pairs then still miss each other. */
const SMOOTH_OVER = 60
const MISS = 6
/** Weight of a pair that says: no stretch here. */
const UNMOVED = 0.5

/** Takes a place of a to b: x' = xx·x + xy·y + dx, y' = yx·x + yy·y + dy. */
type Move = {
  readonly xx: number
  readonly xy: number
  readonly dx: number
  readonly yx: number
  readonly yy: number
  readonly dy: number
}

/** What two prints have in common when one lies on the other. */
export type Common = {
  readonly pairs: number
  /** Share of the minutiae where both prints have skin that found a partner, 0–1. */
  readonly share: number
  /** Sum over the pairs of how alike they are, 0–1 each. */
  readonly evidence: number
}

/** Lays a on b by the pairs to start from, pairs what falls together, and again with those pairs. */
export function layOver(a: Prepared, b: Prepared, start: Start): Common {
  let pairs: Pairs = start
  let common: Common = { pairs: 0, share: 0, evidence: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const move = fit(a, b, pairs)
    pairs = pairUp(a, b, move)
    const count = pairs.from.length
    if (count < LEAST_PAIRS) return common
    const both = onPrint(a, b, move) + onPrint(b, a, inverse(move))
    common = {
      pairs: count,
      share: Math.min(1, (2 * count) / both),
      evidence: weigh(a, b, move, pairs, start.likeness),
    }
  }
  return common
}

/** Turn, scale and shift by least squares. */
function fit(a: Prepared, b: Prepared, { from, to }: Pairs): Move {
  const count = from.length
  let [ax, ay, bx, by] = [0, 0, 0, 0]
  for (let index = 0; index < count; index++) {
    ax += a.x[from[index]!]! / count
    ay += a.y[from[index]!]! / count
    bx += b.x[to[index]!]! / count
    by += b.y[to[index]!]! / count
  }
  let [dot, cross, size] = [0, 0, 0]
  for (let index = 0; index < count; index++) {
    const ux = a.x[from[index]!]! - ax
    const uy = a.y[from[index]!]! - ay
    const vx = b.x[to[index]!]! - bx
    const vy = b.y[to[index]!]! - by
    dot += ux * vx + uy * vy
    cross += ux * vy - uy * vx
    size += ux * ux + uy * uy
  }
  const length = Math.hypot(dot, cross)
  const scale = size > 0 ? Math.max(1 - STRETCH, Math.min(1 + STRETCH, length / size)) : 1
  const cos = length > 0 ? (scale * dot) / length : 1
  const sin = length > 0 ? (scale * cross) / length : 0
  return { xx: cos, xy: -sin, dx: bx - cos * ax + sin * ay, yx: sin, yy: cos, dy: by - sin * ax - cos * ay }
}

function inverse({ xx, dx, yx, dy }: Move): Move {
  const square = xx * xx + yx * yx
  const cos = xx / square
  const sin = yx / square
  return { xx: cos, xy: sin, dx: -cos * dx - sin * dy, yx: -sin, yy: cos, dy: sin * dx - cos * dy }
}

/** Each minutia with at most one partner, the nearest first. */
function pairUp(a: Prepared, b: Prepared, move: Move): Pairs {
  const turn = Math.atan2(move.yx, move.xx)
  const found: { readonly one: number; readonly two: number; readonly apart: number }[] = []
  for (let one = 0; one < a.count; one++) {
    const x = move.xx * a.x[one]! + move.xy * a.y[one]! + move.dx
    const y = move.yx * a.x[one]! + move.yy * a.y[one]! + move.dy
    for (let two = 0; two < b.count; two++) {
      const dx = b.x[two]! - x
      if (dx > NEAR || dx < -NEAR) continue
      const dy = b.y[two]! - y
      const squared = dx * dx + dy * dy
      if (squared > NEAR * NEAR) continue
      const off = Math.abs(turned(b.angle[two]! - a.angle[one]! - turn))
      if (off <= NEAR_TURN) found.push({ one, two, apart: Math.sqrt(squared) / NEAR + off / NEAR_TURN })
    }
  }
  found.sort((one, two) => one.apart - two.apart)
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

/**
 * The sum over the pairs of how alike their surroundings are, less where a pair lies apart otherwise than its
 * neighbours do: skin stretches smoothly, chance does not.
 */
function weigh(a: Prepared, b: Prepared, move: Move, { from, to }: Pairs, likeness: Uint8Array): number {
  const count = from.length
  const x = Float32Array.from(from, (one) => a.x[one]!)
  const y = Float32Array.from(from, (one) => a.y[one]!)
  const apartX = new Float32Array(count)
  const apartY = new Float32Array(count)
  for (let index = 0; index < count; index++) {
    apartX[index] = b.x[to[index]!]! - (move.xx * x[index]! + move.xy * y[index]! + move.dx)
    apartY[index] = b.y[to[index]!]! - (move.yx * x[index]! + move.yy * y[index]! + move.dy)
  }
  let sum = 0
  for (let index = 0; index < count; index++) {
    let weights = UNMOVED
    let meanX = 0
    let meanY = 0
    for (let other = 0; other < count; other++) {
      if (other === index) continue
      const squared = (x[index]! - x[other]!) ** 2 + (y[index]! - y[other]!) ** 2
      if (squared > 9 * SMOOTH_OVER * SMOOTH_OVER) continue
      const weight = Math.exp(-squared / (2 * SMOOTH_OVER * SMOOTH_OVER))
      weights += weight
      meanX += weight * apartX[other]!
      meanY += weight * apartY[other]!
    }
    const miss = (apartX[index]! - meanX / weights) ** 2 + (apartY[index]! - meanY / weights) ** 2
    sum += (likeness[from[index]! * b.count + to[index]!]! / 255) * Math.exp(-miss / (2 * MISS * MISS))
  }
  return sum
}

/** How many minutiae of a fall where b has skin: on one of b's minutiae, or with some of them on all four sides. */
function onPrint(a: Prepared, b: Prepared, move: Move): number {
  let count = 0
  for (let one = 0; one < a.count; one++) {
    const x = move.xx * a.x[one]! + move.xy * a.y[one]! + move.dx
    const y = move.yx * a.x[one]! + move.yy * a.y[one]! + move.dy
    let sides = 0
    for (let two = 0; two < b.count && sides !== 15; two++) {
      const dx = b.x[two]! - x
      const dy = b.y[two]! - y
      sides = dx * dx + dy * dy < 100 ? 15 : sides | (1 << ((dx > 0 ? 1 : 0) + (dy > 0 ? 2 : 0)))
    }
    if (sides === 15) count++
  }
  return count
}
