import { BLOCK, type RidgeField } from './blocks.ts'

const DIRECTIONS = 24
/** Ridge periods of the kernels, in pixels at 500 dpi. */
const PERIODS = [5, 5.8, 6.7, 7.7, 8.9, 10.2, 11.8, 13.6]
const REACH = 7
/** Standard deviations of the kernels across and along the ridges, as a share of the period, at most in pixels. */
const ACROSS = 0.4
const ALONG = 0.48
const WIDEST = 4.2
/** What a tap weighs at least. */
const LEAST_TAP = 0.03
/** Direction and period are looked up once for a cell of so many pixels. */
const CELL = 4

/** Half of the taps: the other half, opposite the middle, is the same. The middle tap stands first, halved. */
type Kernel = { readonly x: Int8Array; readonly y: Int8Array; readonly taps: Float32Array }
const kernels = new Map<number, Kernel>()

/** An even Gabor kernel without a constant part; taps too small to matter are left out. */
function kernelFor(direction: number, period: number): Kernel {
  const key = period * DIRECTIONS + direction
  const known = kernels.get(key)
  if (known) return known
  const angle = (direction * Math.PI) / DIRECTIONS
  const wave = PERIODS[period]!
  const sigmaAcross = Math.min(WIDEST, wave * ACROSS)
  const sigmaAlong = Math.min(WIDEST, wave * ALONG)
  const places: { x: number; y: number; envelope: number; tap: number }[] = []
  for (let y = 0; y <= REACH; y++) {
    for (let x = y === 0 ? 0 : -REACH; x <= REACH; x++) {
      const u = x * Math.cos(angle) + y * Math.sin(angle)
      const v = y * Math.cos(angle) - x * Math.sin(angle)
      const whole = Math.exp(-(u * u) / (2 * sigmaAlong ** 2) - (v * v) / (2 * sigmaAcross ** 2))
      if (whole < LEAST_TAP) continue
      const envelope = x === 0 && y === 0 ? whole / 2 : whole
      places.push({ x, y, envelope, tap: envelope * Math.cos((2 * Math.PI * v) / wave) })
    }
  }
  const constant = sum(places, 'tap') / sum(places, 'envelope')
  const even = places.map((place) => ({ ...place, tap: place.tap - constant * place.envelope }))
  const size = even.reduce((total, { tap }) => total + Math.abs(tap), 0)
  const kernel: Kernel = {
    x: Int8Array.from(even, ({ x }) => x),
    y: Int8Array.from(even, ({ y }) => y),
    taps: Float32Array.from(even, ({ tap }) => tap / size),
  }
  kernels.set(key, kernel)
  return kernel
}

function sum<K extends string>(places: readonly Readonly<Record<K, number>>[], key: K): number {
  return places.reduce((total, place) => total + place[key], 0)
}

/** The ridges after a filter tuned to direction and period (Hong, Wan and Jain 1998); 0 outside the skin. */
export function enhance(field: RidgeField): Float32Array {
  const { width, height, ridge, columns, rows, skin } = field
  const result = new Float32Array(width * height)
  const offsets = new Map<Kernel, Int32Array>()
  for (let top = 0; top + CELL <= height; top += CELL) {
    for (let left = 0; left + CELL <= width; left += CELL) {
      const column = Math.floor(left / BLOCK)
      const row = Math.floor(top / BLOCK)
      if (column >= columns || row >= rows || skin[row * columns + column] === 0) continue
      // At the edge of the picture there is nothing to be found anyway.
      if (left < REACH || top < REACH || left + CELL + REACH > width || top + CELL + REACH > height) continue
      const { direction, period } = tuned(field, left + CELL / 2, top + CELL / 2)
      const kernel = kernelFor(direction, period)
      const { taps } = kernel
      let steps = offsets.get(kernel)
      if (!steps) {
        steps = Int32Array.from(kernel.x, (x, tap) => kernel.y[tap]! * width + x)
        offsets.set(kernel, steps)
      }
      for (let y = top; y < top + CELL; y++) {
        for (let at = y * width + left, end = at + CELL; at < end; at++) {
          let value = 0
          for (let tap = 0; tap < taps.length; tap++) {
            value += taps[tap]! * (ridge[at + steps[tap]!]! + ridge[at - steps[tap]!]!)
          }
          result[at] = value
        }
      }
    }
  }
  return result
}

function tuned(field: RidgeField, x: number, y: number): { direction: number; period: number } {
  const angle = directionAt(field, x, y)
  const turn = angle / Math.PI
  const direction = Math.round((turn - Math.floor(turn)) * DIRECTIONS) % DIRECTIONS
  const wave = field.period[Math.floor(y / BLOCK) * field.columns + Math.floor(x / BLOCK)]!
  let period = 0
  while (period < PERIODS.length - 1 && Math.abs(PERIODS[period + 1]! - wave) < Math.abs(PERIODS[period]! - wave))
    period++
  return { direction, period }
}

/** Direction along the ridges at a pixel, radians clockwise from the right, modulo π; between block centres by weight. */
export function directionAt({ columns, rows, cos2, sin2 }: RidgeField, x: number, y: number): number {
  const u = Math.max(0, Math.min(columns - 1, x / BLOCK - 0.5))
  const v = Math.max(0, Math.min(rows - 1, y / BLOCK - 0.5))
  const left = Math.min(columns - 2, Math.floor(u))
  const top = Math.min(rows - 2, Math.floor(v))
  const right = u - left
  const down = v - top
  const at = top * columns + left
  const mix = (values: Float32Array) =>
    (values[at]! * (1 - right) + values[at + 1]! * right) * (1 - down) +
    (values[at + columns]! * (1 - right) + values[at + columns + 1]! * right) * down
  return Math.atan2(mix(sin2), mix(cos2)) / 2
}
