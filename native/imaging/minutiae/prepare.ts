import { decodeTemplate } from './template.ts'

/** Neighbourhood of a minutia: radius and cells across, in pixels at 500 dpi; its cells are binary (Cappelli 2010). */
const RADIUS = 75
const CELLS = 8
const SIDE = (2 * RADIUS) / CELLS
export const LAYERS = 5
const SPREAD = 10
const ANGLE_SPREAD = 0.45
const THRESHOLD = 0.3
/** The best minutiae that take part. */
const MOST_POINTS = 200
const DPI = 500

/** Cells of the square grid whose centre lies in the circle, by index of the grid. */
const cells = Array.from({ length: CELLS * CELLS }, (_, index) => ({
  x: ((index % CELLS) + 0.5) * SIDE - RADIUS,
  y: (Math.floor(index / CELLS) + 0.5) * SIDE - RADIUS,
})).filter(({ x, y }) => Math.hypot(x, y) <= RADIUS)

/** 32-bit words of one layer, and of all layers of a minutia. */
const LAYER_WORDS = Math.ceil(cells.length / 32)
export const WORDS = LAYER_WORDS * LAYERS
/** Words that tell which cells lie on the print. */
export const MASK_WORDS = LAYER_WORDS
/** A cell this far outside of the outermost minutiae may still lie on the print, in pixels. */
const MARGIN = 22

/** A template made ready for comparing. To be kept in memory only: its layout may change. */
export type Prepared = {
  readonly count: number
  /** Pixels at 500 dpi, y upwards. */
  readonly x: Float32Array
  readonly y: Float32Array
  /** Radians counter-clockwise. */
  readonly angle: Float32Array
  /** WORDS words for each minutia, layer by layer. */
  readonly bits: Int32Array
  /** MASK_WORDS words for each minutia: cells that lie on the print. */
  readonly mask: Int32Array
  /** Bits set for each minutia. */
  readonly weight: Float32Array
}

/** Reads a template and describes the surroundings of each minutia. Throws as `decodeTemplate`. */
export function prepare(template: Uint8Array): Prepared {
  const { dpi, points } = decodeTemplate(template)
  const best = points.toSorted((a, b) => b.quality - a.quality).slice(0, MOST_POINTS)
  const count = best.length
  const x = Float32Array.from(best, (point) => (point.x * DPI) / dpi)
  const y = Float32Array.from(best, (point) => (-point.y * DPI) / dpi)
  const angle = Float32Array.from(best, (point) => (point.angle * Math.PI) / 180)
  const made = {
    count,
    x,
    y,
    angle,
    bits: new Int32Array(count * WORDS),
    mask: new Int32Array(count * MASK_WORDS),
    weight: new Float32Array(count),
  }
  const edges = hull(x, y)
  for (let own = 0; own < count; own++) describe(own, made, edges)
  return made
}

/** Writes the cells of one minutia. */
function describe(own: number, { x, y, angle, bits, mask, weight }: Prepared, edges: readonly Edge[]): void {
  const cos = Math.cos(angle[own]!)
  const sin = Math.sin(angle[own]!)
  const sums = new Float32Array(cells.length * LAYERS)
  for (let other = 0; other < x.length; other++) {
    if (other === own) continue
    const dx = x[other]! - x[own]!
    const dy = y[other]! - y[own]!
    if (Math.hypot(dx, dy) > RADIUS + 2.5 * SPREAD) continue
    const u = dx * cos + dy * sin
    const v = dy * cos - dx * sin
    const turn = angle[other]! - angle[own]!
    for (let cell = 0; cell < cells.length; cell++) {
      const { x: cx, y: cy } = cells[cell]!
      const squared = (u - cx) ** 2 + (v - cy) ** 2
      if (squared > 9 * SPREAD * SPREAD) continue
      const near = Math.exp(-squared / (2 * SPREAD * SPREAD))
      for (let layer = 0; layer < LAYERS; layer++) {
        const difference = turned(turn - (2 * Math.PI * layer) / LAYERS)
        sums[layer * cells.length + cell]! += near * Math.exp(-(difference ** 2) / (2 * ANGLE_SPREAD ** 2))
      }
    }
  }
  for (let cell = 0; cell < cells.length; cell++) {
    const { x: u, y: v } = cells[cell]!
    const px = x[own]! + u * cos - v * sin
    const py = y[own]! + u * sin + v * cos
    if (edges.some((edge) => edge.nx * px + edge.ny * py > edge.reach + MARGIN)) continue
    mask[own * MASK_WORDS + (cell >> 5)]! |= 1 << (cell & 31)
    for (let layer = 0; layer < LAYERS; layer++) {
      if (sums[layer * cells.length + cell]! < THRESHOLD) continue
      bits[own * WORDS + layer * LAYER_WORDS + (cell >> 5)]! |= 1 << (cell & 31)
      weight[own]!++
    }
  }
}

/** A side of the convex hull: what lies beyond `reach` in the direction of its normal is outside. */
type Edge = { readonly nx: number; readonly ny: number; readonly reach: number }

/** The convex hull (Andrew's monotone chain), as its sides; none for fewer than three points. */
function hull(x: Float32Array, y: Float32Array): Edge[] {
  const order = Array.from(x, (_, index) => index).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!)
  if (order.length < 3) return []
  const chain = (points: readonly number[]) => {
    const kept: number[] = []
    for (const point of points) {
      while (kept.length > 1 && left(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop()
      kept.push(point)
    }
    return kept.slice(0, -1)
  }
  const left = (a: number, b: number, c: number) =>
    (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!)
  const corners = [...chain(order), ...chain(order.toReversed())]
  return corners.flatMap((a, index) => {
    const b = corners[(index + 1) % corners.length]!
    const length = Math.hypot(x[b]! - x[a]!, y[b]! - y[a]!)
    if (length === 0) return []
    const nx = (y[b]! - y[a]!) / length
    const ny = (x[a]! - x[b]!) / length
    return [{ nx, ny, reach: nx * x[a]! + ny * y[a]! }]
  })
}

/** An angle between −π and π. */
export function turned(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
}
