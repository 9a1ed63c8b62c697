import { BLOCK, type RidgeField } from './blocks.ts'
import { directionAt } from './enhance.ts'
import type { Minutia } from './minutiae.ts'
import { skeleton } from './skeleton.ts'

/** Lengths in pixels at 500 dpi. */
const WALK = 14
/** A branch that ends so soon is a spur; a line that ends on both sides so soon is a speck. */
const SPUR = 10
const SPECK = 14
/** Forks so near each other on one line: a bridge between two ridges, or a hole in one. */
const BRIDGE = 11
/** Two ends that face each other over such a gap are one broken ridge. */
const GAP = 14
const TWIN = 6
/** Blocks between a minutia and the edge of the skin. */
const LEAST_DEPTH = 2

type Candidate = {
  readonly at: number
  readonly x: number
  readonly y: number
  /** Radians clockwise from the right, y down: back along the ridge, or into the valley between the branches. */
  readonly angle: number
  readonly type: Minutia['type']
  false: boolean
}

/** Ends and forks of thinned ridges that are likely to be real. */
export function findPoints(field: RidgeField, lines: Uint8Array): Minutia[] {
  const { width } = field
  const depth = skinDepth(field)
  const candidates = collect(field, lines)
  removeBrokenRidges(candidates)
  return candidates
    .filter((candidate) => !candidate.false)
    .map((candidate) => ({ candidate, quality: rate(field, depth, candidate) }))
    .filter(({ quality }) => quality > 0)
    .map(({ candidate: { at, angle, type }, quality }) => ({
      x: at % width,
      y: Math.floor(at / width),
      // Counter-clockwise, as y runs down.
      angle: ((((-angle * 180) / Math.PI) % 360) + 360) % 360,
      type,
      quality,
    }))
}

function collect(field: RidgeField, lines: Uint8Array): Candidate[] {
  const { width } = field
  const { kindAt, leaving, walk } = skeleton(lines, width)
  const found = new Map<number, Candidate>()
  const rejected = new Set<number>()
  for (let at = width + 1; at < lines.length - width - 1; at++) {
    if (lines[at] === 0) continue
    const kind = kindAt(at)
    if (kind === 'line') continue
    const walks = leaving(at).map((first) => walk(at, first, WALK))
    if (walks.length !== (kind === 'ending' ? 1 : 3)) {
      rejected.add(at)
      continue
    }
    for (const { end, length, stop } of walks) {
      const speck = kind === 'ending' && stop === 'ending' && length <= SPECK
      const spur = kind !== stop && stop !== 'open' && length <= SPUR
      const bridge = kind === 'fork' && stop === 'fork' && length <= BRIDGE
      if (!speck && !spur && !bridge) continue
      rejected.add(at)
      rejected.add(end)
    }
    const x = at % width
    const y = Math.floor(at / width)
    const ways = walks.map(({ end }) => Math.atan2(Math.floor(end / width) - y, (end % width) - x))
    const angle = towards(directionAt(field, x, y), kind === 'ending' ? ways[0]! : valley(ways))
    found.set(at, { at, x, y, angle, type: kind === 'ending' ? 'ending' : 'bifurcation', false: false })
  }
  for (const at of rejected) found.delete(at)
  return [...found.values()]
}

/** The axis of the ridges, taken in the sense of `way`; the way itself where the two hardly agree. */
function towards(axis: number, way: number): number {
  const agree = Math.cos(way - axis)
  if (Math.abs(agree) < 0.6) return way
  return agree > 0 ? axis : axis + Math.PI
}

/** Between the two branches that lie closest together. */
function valley(ways: readonly number[]): number {
  let best = 0
  let nearest = -2
  for (let index = 0; index < 3; index++) {
    const closeness = Math.cos(ways[index]! - ways[(index + 1) % 3]!)
    if (closeness > nearest) {
      nearest = closeness
      best = index
    }
  }
  const [a, b] = [ways[best]!, ways[(best + 1) % 3]!]
  return Math.atan2(Math.sin(a) + Math.sin(b), Math.cos(a) + Math.cos(b))
}

/** Marks ends that face each other, and candidates on top of each other. */
function removeBrokenRidges(candidates: readonly Candidate[]): void {
  for (let first = 0; first < candidates.length; first++) {
    const a = candidates[first]!
    for (let second = first + 1; second < candidates.length; second++) {
      const b = candidates[second]!
      // Found row by row.
      if (b.y - a.y > GAP) break
      const dx = b.x - a.x
      const dy = b.y - a.y
      const distance = Math.hypot(dx, dy)
      if (distance > GAP) continue
      const opposed = Math.cos(a.angle - b.angle) < -0.7
      const facing = (dx * Math.cos(a.angle) + dy * Math.sin(a.angle)) / Math.max(1, distance) < -0.6
      const broken = a.type === 'ending' && b.type === 'ending' && opposed && facing
      if (broken || distance <= TWIN) a.false = b.false = true
    }
  }
}

/** How many blocks each block lies inside the skin. */
function skinDepth({ columns, rows, skin }: RidgeField): Float32Array {
  const depth = Float32Array.from(skin, (value) => (value === 1 ? 99 : 0))
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= columns || row >= rows ? 0 : depth[row * columns + column]!
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const near = Math.min(
        at(column - 1, row) + 1,
        at(column, row - 1) + 1,
        at(column - 1, row - 1) + 1.4,
        at(column + 1, row - 1) + 1.4,
      )
      if (near < depth[row * columns + column]!) depth[row * columns + column] = near
    }
  }
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const near = Math.min(
        at(column + 1, row) + 1,
        at(column, row + 1) + 1,
        at(column + 1, row + 1) + 1.4,
        at(column - 1, row + 1) + 1.4,
      )
      if (near < depth[row * columns + column]!) depth[row * columns + column] = near
    }
  }
  return depth
}

/** 0 for what lies at the edge of the skin; otherwise from direction certainty, contrast and distance to the edge. */
function rate(field: RidgeField, depth: Float32Array, { x, y, angle, type }: Candidate): number {
  const { columns, rows, cos2, sin2, deviation } = field
  const blockAt = (px: number, py: number) => {
    const column = Math.floor(px / BLOCK)
    const row = Math.floor(py / BLOCK)
    return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column
  }
  const own = blockAt(x, y)
  if (own < 0 || depth[own]! <= LEAST_DEPTH) return 0
  if (type === 'ending') {
    // A ridge that would leave the skin if it went on a little has not ended, only left the glass.
    const ahead = blockAt(x - 2.5 * BLOCK * Math.cos(angle), y - 2.5 * BLOCK * Math.sin(angle))
    if (ahead < 0 || depth[ahead] === 0) return 0
  }
  const certainty = Math.hypot(cos2[own]!, sin2[own]!)
  const contrast = Math.min(1, deviation[own]! / 55)
  const inside = Math.min(1, depth[own]! / 5)
  return Math.max(1, Math.round(100 * certainty ** 1.2 * contrast ** 0.5 * inside ** 0.4))
}
