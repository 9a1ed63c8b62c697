import { BLOCK, smooth, type RidgeField } from './blocks.ts'

/** Ridge periods looked for, in pixels at 500 dpi. */
const SHORTEST = 5
const LONGEST = 16
/** Length of the profile across the ridges and width over which it is averaged, in pixels. */
const PROFILE = 49
const WIDTH = 13
const USUAL = 9

/**
 * The ridge period of each block: the first peak of the autocorrelation of the profile across the ridges; blocks
 * without a clear one take over from their neighbours.
 */
export function ridgePeriods(field: Omit<RidgeField, 'period'>): Float32Array {
  const { columns, rows, skin, cos2, sin2 } = field
  const weight = new Float32Array(columns * rows)
  const weighted = new Float32Array(columns * rows)
  const profile = new Float32Array(PROFILE)
  // Every other block in a chequered way: neighbours overlap almost wholly.
  for (let row = 0; row < rows; row++) {
    for (let column = row & 1; column < columns; column += 2) {
      const at = row * columns + column
      if (skin[at] === 0) continue
      const along = Math.atan2(sin2[at]!, cos2[at]!) / 2
      readProfile(field, (column + 0.5) * BLOCK, (row + 0.5) * BLOCK, along, profile)
      const { period, clarity } = firstPeak(profile)
      if (clarity < 0.3) continue
      weight[at] = clarity
      weighted[at] = clarity * period
    }
  }
  smooth(weight, columns, rows, 2)
  smooth(weighted, columns, rows, 2)
  return weight.map((sum, at) => (sum > 0.01 ? weighted[at]! / sum : USUAL))
}

function readProfile(
  { width, height, ridge }: Pick<RidgeField, 'width' | 'height' | 'ridge'>,
  x: number,
  y: number,
  along: number,
  profile: Float32Array,
): void {
  const ux = Math.cos(along)
  const uy = Math.sin(along)
  for (let step = 0; step < PROFILE; step++) {
    const v = step - (PROFILE - 1) / 2
    let sum = 0
    for (let u = -(WIDTH - 1) / 2; u <= (WIDTH - 1) / 2; u += 2) {
      const px = Math.round(x + u * ux - v * uy)
      const py = Math.round(y + u * uy + v * ux)
      if (px >= 0 && py >= 0 && px < width && py < height) sum += ridge[py * width + px]!
    }
    profile[step] = sum
  }
}

function firstPeak(profile: Float32Array): { period: number; clarity: number } {
  const correlation = new Float32Array(LONGEST + 2)
  let mean = 0
  for (const value of profile) mean += value / PROFILE
  for (let lag = 0; lag <= LONGEST + 1; lag++) {
    let sum = 0
    for (let at = 0; at + lag < PROFILE; at++) sum += (profile[at]! - mean) * (profile[at + lag]! - mean)
    correlation[lag] = sum / (PROFILE - lag)
  }
  for (let lag = SHORTEST; lag <= LONGEST; lag++) {
    const here = correlation[lag]!
    const before = correlation[lag - 1]!
    const after = correlation[lag + 1]!
    if (here <= 0 || here < before || here < after) continue
    const bend = before - 2 * here + after
    const shift = bend === 0 ? 0 : (before - after) / (2 * bend)
    return { period: lag + shift, clarity: Math.max(0, Math.min(1, here / (correlation[0]! + 1e-6))) }
  }
  return { period: USUAL, clarity: 0 }
}
