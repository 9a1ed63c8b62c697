import type { FingerPosition } from '#domain/biometrics/index.ts'
import { MASTER_SCALE, masterPrint } from './master-print.ts'
import { createNoise } from './noise.ts'
import { LARGEST_SPREAD, padSize } from './pad.ts'
import { createRandom } from './random.ts'

/** Pixels per millimetre of what is drawn: 500 dpi. */
export const SCALE = 500 / 25.4
/** How much wider and taller than the flat pad the skin is that a roll lays down. */
const ROLLED = { width: 1.5, height: 1.06 }

/** How the skin is and how it is put down, the same for one finger as for a hand. */
export type Touch = {
  /** −0.5 a breath, 0 hardly touching, 0.6 as it should be, 1 hard, 1.6 so hard that the valleys touch too. */
  readonly pressure?: number
  /** −1 wet, −2 dripping, 0.15 normal, 1 parched. */
  readonly dryness?: number
  /** 0–1: what work and age did to the ridges; the same in every impression of the person. */
  readonly wear?: number
  /** Share of the pad that does not touch, 0–1. */
  readonly partial?: number
  /** Size of the hand: 1 grown up, 0.7 a child of seven. */
  readonly scale?: number
  /** Another number is another try: other skin stretch, other dry spots, a little elsewhere. */
  readonly attempt?: number
}

/** One finger put down: where on the canvas and how. */
export type Impression = Touch & {
  readonly seed: number
  readonly finger: FingerPosition
  /** Centre of the pad in pixels of the canvas. */
  readonly x: number
  readonly y: number
  /** Degrees clockwise. */
  readonly angle: number
  readonly rolled?: boolean
  /** How far the skin is pulled along the glass, in millimetres; 0.25 unless said otherwise. */
  readonly stretch?: number
}

/** Millimetres from nail to nail. */
export function rolledWidth(seed: number, finger: FingerPosition): number {
  return padSize(seed, finger).width * ROLLED.width
}

/** Draws the print onto a white canvas of that width; darker of what was there and what comes. */
export function drawImpression(canvas: Uint8Array, width: number, height: number, impression: Impression): void {
  const { seed, finger, pressure = 0.6, dryness = 0.15, wear = 0, partial = 0, scale = 1, attempt = 0 } = impression
  const { rolled = false } = impression
  const print = masterPrint(seed, finger, wear)
  const random = createRandom(seed * 7 + attempt * 131 + finger.length * 17 + 3 + (rolled ? 7907 : 0))
  const spots = createNoise(random)
  const grain = createNoise(random)
  const size = padSize(seed, finger)
  const spread = LARGEST_SPREAD - 0.26 * Math.max(0, 1 - pressure)
  const halfWidth = (size.width / 2) * (rolled ? ROLLED.width : spread)
  const halfHeight = (size.height / 2) * (rolled ? ROLLED.height : spread)
  const pull = 2 * (impression.stretch ?? 0.25)
  const stretch = { x: (random() - 0.5) * pull, y: (random() - 0.5) * pull, phase: random() * 6 }
  const missing = createGap(partial, random)
  // Rolling drags the skin along.
  const drag = rolled ? 0.05 * (random() - 0.5) : 0
  const power = rolled ? { tip: 2.3, base: 3.4, side: 2.6 } : { tip: 2, base: 2.8, side: 0 }

  const pixelsPerMm = SCALE * scale
  const cos = Math.cos((impression.angle * Math.PI) / 180)
  const sin = Math.sin((impression.angle * Math.PI) / 180)
  const reach = Math.ceil(Math.hypot(halfWidth, halfHeight) * pixelsPerMm)
  const left = Math.max(0, Math.floor(impression.x - reach))
  const right = Math.min(width - 1, Math.ceil(impression.x + reach))
  const top = Math.max(0, Math.floor(impression.y - reach))
  const bottom = Math.min(height - 1, Math.ceil(impression.y + reach))

  const dry = Math.max(0, dryness)
  const wet = Math.max(0, -dryness)
  // Squeezed flat, the skin is the same everywhere.
  const crushed = 240 * Math.max(0, pressure - 1)
  const uneven = 1 - Math.min(0.8, crushed / 120)
  // What a point of skin needs to touch the glass: less where pressed hard, more where dry.
  const threshold = 0.18 - 0.85 * (pressure - 0.6) + 0.5 * (dryness - 0.15)
  const darkest = 40 + 70 * Math.max(0, dryness - 0.3) + 60 * Math.max(0, 0.5 - pressure)

  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const dx = (x - impression.x) / pixelsPerMm
      const dy = (y - impression.y) / pixelsPerMm
      // In the finger's own millimetres, v towards the wrist.
      const u = dx * cos + dy * sin
      const v = dy * cos - dx * sin
      const tall = v < 0 ? halfHeight * 1.04 : halfHeight * 0.96
      // Surely outside: most of the square is.
      if (Math.abs(u) > 1.07 * halfWidth || Math.abs(v) > 1.08 * tall) continue
      const across = power.side || (v < 0 ? 2.2 : 2.6)
      const out = Math.abs(u / halfWidth) ** across + Math.abs(v / tall) ** (v < 0 ? power.tip : power.base)
      if (out > 1.15) continue
      const patch = spots(u * 0.55, v * 0.55)
      let edge = 1 - out + 0.07 * patch + 0.04 * grain(u * 1.7, v * 1.7)
      if (partial > 0) edge = Math.min(edge, missing(u / halfWidth, v / tall) + 0.09 * patch)
      if (edge < 0) continue
      const rim = edge < 0.16 ? (0.16 - edge) / 0.16 : 0
      const ridge = sample(
        print.ridge,
        print.width,
        print.height,
        print.width / 2 + (u * (1 + drag) + stretch.x * Math.sin(v / 5 + stretch.phase)) * MASTER_SCALE,
        print.height / 2 + (v + stretch.y * Math.cos(u / 5 + stretch.phase)) * MASTER_SCALE,
      )
      const rough = grain(u * 5.5, v * 5.5)
      const limit = threshold + 0.28 * uneven * patch * (0.4 + dry) + rough * (0.16 + 1.15 * dry) + rim * 1.1
      const ink = (ridge - limit) * 0.85 + 0.5
      // Skin in a valley does not touch, but it takes some light away; where water stands, nearly all.
      const puddle = wet > 0 ? wet * Math.max(0, 0.35 + 0.9 * patch + 0.3 * rough) : 0
      const flooded = 170 * Math.min(1, puddle) + crushed
      const valley = 244 - (14 + 10 * pressure + flooded) * (1 - rim)
      const full = darkest + 26 * uneven * patch - 14 * rough
      const value = valley - (valley - full) * (ink <= 0 ? 0 : ink > 1 ? 1 : ink)
      const at = y * width + x
      if (value < canvas[at]!) canvas[at] = value < 8 ? 8 : value
    }
  }
}

/** Tells for a point of the unit circle how far it is inside of what touches, when a share of it is cut off. */
function createGap(share: number, random: () => number): (x: number, y: number) => number {
  if (share <= 0) return () => 1
  let [least, most] = [-1, 1]
  for (let round = 0; round < 20; round++) {
    const middle = (least + most) / 2
    const cut = (Math.acos(middle) - middle * Math.sqrt(1 - middle * middle)) / Math.PI
    if (cut > share) least = middle
    else most = middle
  }
  const angle = random() * 2 * Math.PI
  return (x, y) => least - x * Math.cos(angle) - y * Math.sin(angle)
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
