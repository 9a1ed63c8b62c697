import { decodeTemplate } from './template.ts'

/** Neighbourhood of a minutia: radius and cells across, in pixels at 500 dpi; its cells are binary (Cappelli 2010). */
const RADIUS = 75
const CELLS = 8
const SIDE = (2 * RADIUS) / CELLS
const LAYERS = 5
const SPREAD = 10
const ANGLE_SPREAD = 0.45
const THRESHOLD = 0.3
/** The best minutiae that take part. */
const MOST_POINTS = 90
const DPI = 500

/** Cells of the square grid whose centre lies in the circle, by index of the grid. */
const cells = Array.from({ length: CELLS * CELLS }, (_, index) => ({
  x: ((index % CELLS) + 0.5) * SIDE - RADIUS,
  y: (Math.floor(index / CELLS) + 0.5) * SIDE - RADIUS,
})).filter(({ x, y }) => Math.hypot(x, y) <= RADIUS)

/** 32-bit words of one descriptor. */
export const WORDS = Math.ceil((cells.length * LAYERS) / 32)

/** A template made ready for comparing. To be kept in memory only: its layout may change. */
export type Prepared = {
  readonly count: number
  /** Pixels at 500 dpi, y upwards. */
  readonly x: Float32Array
  readonly y: Float32Array
  /** Radians counter-clockwise. */
  readonly angle: Float32Array
  /** WORDS words for each minutia. */
  readonly bits: Int32Array
  /** Bits set for each minutia. */
  readonly weight: Float32Array
}

/** Reads a template and describes the surroundings of each minutia. Throws as `decodeTemplate`. */
export function prepare(template: Uint8Array): Prepared {
  const { dpi, points } = decodeTemplate(template)
  const best = points.toSorted((a, b) => b.quality - a.quality).slice(0, MOST_POINTS)
  const x = Float32Array.from(best, (point) => (point.x * DPI) / dpi)
  const y = Float32Array.from(best, (point) => (-point.y * DPI) / dpi)
  const angle = Float32Array.from(best, (point) => (point.angle * Math.PI) / 180)
  const bits = new Int32Array(best.length * WORDS)
  const weight = new Float32Array(best.length)
  for (let own = 0; own < best.length; own++) weight[own] = describe(own, x, y, angle, bits)
  return { count: best.length, x, y, angle, bits, weight }
}

/** Writes the cells of one minutia and returns how many are set. */
function describe(own: number, x: Float32Array, y: Float32Array, angle: Float32Array, bits: Int32Array): number {
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
  let weight = 0
  sums.forEach((sum, index) => {
    if (sum < THRESHOLD) return
    bits[own * WORDS + (index >> 5)]! |= 1 << (index & 31)
    weight++
  })
  return weight
}

/** An angle between −π and π. */
export function turned(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
}
