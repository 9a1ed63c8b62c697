import type { FingerPosition } from '#domain/biometrics/index.ts'
import { MASTER_SCALE, masterPrint } from './master-print.ts'
import { LARGEST_SPREAD, padSize } from './pad.ts'
import { createRandom } from './random.ts'

/** Pixels per millimetre of what is drawn: 500 dpi. */
export const SCALE = 500 / 25.4

/** One finger put down: where on the canvas, how hard, how dry. */
export type Impression = {
  readonly seed: number
  readonly finger: FingerPosition
  /** Centre of the pad in pixels of the canvas. */
  readonly x: number
  readonly y: number
  /** Degrees clockwise. */
  readonly angle: number
  /** 0 hardly touching, 0.6 as it should be, 1 squeezed. */
  readonly pressure: number
  /** 0 moist, 0.2 normal, 1 parched. */
  readonly dryness: number
  /** Another number is another try: other skin stretch, other dry spots. */
  readonly attempt: number
}

/** Draws the print onto a white canvas of that width; darker of what was there and what comes. */
export function drawImpression(canvas: Uint8Array, width: number, height: number, impression: Impression): void {
  const { seed, finger, pressure, dryness } = impression
  const print = masterPrint(seed, finger)
  const random = createRandom(seed * 7 + impression.attempt * 131 + finger.length * 17 + 3)
  const spots = createNoise(random)
  const grain = createNoise(random)
  const size = padSize(seed, finger)
  const spread = LARGEST_SPREAD - 0.26 * (1 - pressure)
  const halfWidth = (size.width / 2) * spread
  const halfHeight = (size.height / 2) * spread
  const stretch = { x: (random() - 0.5) * 0.5, y: (random() - 0.5) * 0.5, phase: random() * 6 }

  const cos = Math.cos((impression.angle * Math.PI) / 180)
  const sin = Math.sin((impression.angle * Math.PI) / 180)
  const reach = Math.ceil(Math.hypot(halfWidth, halfHeight) * SCALE)
  const left = Math.max(0, Math.floor(impression.x - reach))
  const right = Math.min(width - 1, Math.ceil(impression.x + reach))
  const top = Math.max(0, Math.floor(impression.y - reach))
  const bottom = Math.min(height - 1, Math.ceil(impression.y + reach))

  // What a point of skin needs to touch the glass: less where pressed hard, more where dry.
  const threshold = 0.18 - 0.85 * (pressure - 0.6) + 0.5 * (dryness - 0.15)
  const darkest = 40 + 70 * Math.max(0, dryness - 0.3) + 60 * Math.max(0, 0.5 - pressure)

  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const dx = (x - impression.x) / SCALE
      const dy = (y - impression.y) / SCALE
      // In the finger's own millimetres, v towards the wrist.
      const u = dx * cos + dy * sin
      const v = dy * cos - dx * sin
      const tall = v < 0 ? halfHeight * 1.04 : halfHeight * 0.96
      const power = v < 0 ? 2 : 2.8
      const out = Math.abs(u / halfWidth) ** (v < 0 ? 2.2 : 2.6) + Math.abs(v / tall) ** power
      if (out > 1.15) continue
      const patch = spots(u * 0.55, v * 0.55)
      const edge = 1 - out + 0.07 * patch + 0.04 * grain(u * 1.7, v * 1.7)
      if (edge < 0) continue
      const rim = edge < 0.16 ? (0.16 - edge) / 0.16 : 0
      const ridge = sample(
        print.ridge,
        print.width,
        print.height,
        print.width / 2 + (u + stretch.x * Math.sin(v / 5 + stretch.phase)) * MASTER_SCALE,
        print.height / 2 + (v + stretch.y * Math.cos(u / 5 + stretch.phase)) * MASTER_SCALE,
      )
      const rough = grain(u * 5.5, v * 5.5)
      const limit = threshold + 0.28 * patch * (0.4 + dryness) + rough * (0.16 + 1.15 * dryness) + rim * 1.1
      const ink = (ridge - limit) * 0.85 + 0.5
      // Skin in a valley does not touch, but it takes some light away.
      const valley = 244 - (14 + 10 * pressure) * (1 - rim)
      const full = darkest + 26 * patch - 14 * rough
      const value = valley - (valley - full) * (ink <= 0 ? 0 : ink > 1 ? 1 : ink)
      const at = y * width + x
      if (value < canvas[at]!) canvas[at] = value < 8 ? 8 : value
    }
  }
}

/** Smooth noise between about −1 and 1 on a lattice of step 1. */
function createNoise(random: () => number): (x: number, y: number) => number {
  const lattice = Float32Array.from({ length: 4096 }, () => random() * 2 - 1)
  return (x, y) => {
    const column = Math.floor(x)
    const row = Math.floor(y)
    const right = x - column
    const down = y - row
    const a = lattice[(column + row * 67) & 4095]!
    const b = lattice[(column + 1 + row * 67) & 4095]!
    const c = lattice[(column + (row + 1) * 67) & 4095]!
    const d = lattice[(column + 1 + (row + 1) * 67) & 4095]!
    const sx = right * right * (3 - 2 * right)
    const sy = down * down * (3 - 2 * down)
    return (a * (1 - sx) + b * sx) * (1 - sy) + (c * (1 - sx) + d * sx) * sy
  }
}

/** Bilinear; outside the print there is only valley. */
function sample(values: Float32Array, width: number, height: number, x: number, y: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return -1
  const right = x - left
  const down = y - top
  const at = top * width + left
  const above = values[at]! * (1 - right) + values[at + 1]! * right
  const below = values[at + width]! * (1 - right) + values[at + width + 1]! * right
  return above * (1 - down) + below * down
}
