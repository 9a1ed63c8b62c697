import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { glyphs, glyphSize } from '../stage/glyphs.ts'
import { finish, PAPER } from './canvas.ts'
import { SCALE } from './impression.ts'
import { createNoise } from './noise.ts'
import { createRandom } from './random.ts'

/** What is drawn and how large, in pixels at 500 dpi; the same for the same request. */
export type ThingRequest = { readonly seed: number; readonly width: number; readonly height: number }

/** Distance of the ridges of a palm in millimetres: wider than on a finger. */
const PALM_PERIOD = 0.56

/** The lines of the palm: start, direction (radians, y down), turn over the whole length, length; in shares and millimetres. */
const palmLines = [
  { x: 0.02, y: 0.28, angle: 0.35, turn: -1.1, length: 80 },
  { x: 0.02, y: 0.36, angle: 0.25, turn: 0.7, length: 75 },
  { x: 0.05, y: 0.38, angle: 0.4, turn: 1.6, length: 70 },
] as const

/** A palm on the glass: ridges everywhere, wide lines across them, a hollow in the middle. */
export function drawPalm({ seed, width, height }: ThingRequest): GrayImage {
  const random = createRandom(seed * 389 + 11)
  const flow = createNoise(random)
  const patches = createNoise(random)
  const lean = 0.5 + 0.4 * random()
  const pixels = new Uint8Array(width * height).fill(PAPER)
  const size = { x: width / SCALE, y: height / SCALE }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / SCALE, y / SCALE]
      const patch = patches(u / 7, v / 7)
      const hollow = 1 - Math.hypot(u / size.x - 0.55, v / size.y - 0.52) / 0.24
      const edge = Math.min(0.9 - Math.abs(2 * (u / size.x) - 1), 0.93 - Math.abs(2 * (v / size.y) - 1), -hollow)
      if (edge + 0.06 * patch + 0.05 * flow(u / 12, v / 12) < 0) continue
      const along = u * Math.sin(lean) + v * Math.cos(lean) + 5 * flow(u / 22, v / 22) + 0.5 * flow(v / 4, u / 4)
      const ridge = Math.cos((2 * Math.PI * along) / PALM_PERIOD) - 0.35 * patch
      pixels[y * width + x] = 226 - 150 * Math.max(0, Math.min(1, 0.5 + 0.9 * ridge))
    }
  }
  const line = (from: { x: number; y: number; angle: number; turn: number; length: number }, thick: number) => {
    let [x, y, angle] = [from.x * width, from.y * height, from.angle]
    const steps = from.length * SCALE
    for (let step = 0; step < steps; step++) {
      angle += from.turn / steps
      x += Math.cos(angle)
      y += Math.sin(angle)
      whiten(pixels, width, height, x, y, thick * (0.7 + 0.3 * patches(x / 30, y / 30)))
    }
  }
  for (const palmLine of palmLines) line(palmLine, 9)
  for (let count = 0; count < 45; count++) {
    const angle = random() * Math.PI
    line({ x: random(), y: random(), angle, turn: random() - 0.5, length: 4 + 14 * random() }, 2.5)
  }
  return finish(pixels, { width, height }, {}, seed)
}

function whiten(pixels: Uint8Array, width: number, height: number, x: number, y: number, radius: number): void {
  const reach = Math.ceil(radius)
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      if (Math.hypot(dx, dy) > radius) continue
      const [column, row] = [Math.round(x + dx), Math.round(y + dy)]
      if (column >= 0 && column < width && row >= 0 && row < height) pixels[row * width + column] = 240
    }
  }
}

/** A photograph of printed text, such as a form laid on the glass. */
export function drawText({ seed, width, height }: ThingRequest): GrayImage {
  const random = createRandom(seed * 71 + 29)
  const light = createNoise(random)
  const letters = Object.keys(glyphs)
  const dot = 4
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * width + x] = 226 + 12 * light(x / 400, y / 400) - (12 * x) / width
  }
  const cell = (glyphSize.width + 1) * dot
  for (let top = 30; top + glyphSize.height * dot < height; top += glyphSize.height * dot + 22) {
    let left = 40
    for (let rest = 4 + random() * 5; left < width - 40 - cell; left += cell) {
      rest--
      if (rest < 0) {
        rest = 3 + random() * 7
        continue
      }
      const rows = glyphs[letters[Math.floor(random() * letters.length)]!]!
      for (const [row, bits] of rows.entries()) {
        for (let column = 0; column < glyphSize.width; column++) {
          if (!(bits & (0x10 >> column))) continue
          for (let y = 0; y < dot; y++) {
            const at = (top + row * dot + y) * width + left + column * dot
            for (let x = 0; x < dot; x++) pixels[at + x] = 38 + 25 * random()
          }
        }
      }
    }
  }
  return finish(pixels, { width, height }, {}, seed)
}

/** Nothing but noise: every pixel by itself. */
export function drawNoise({ seed, width, height }: ThingRequest): GrayImage {
  const random = createRandom(seed * 5 + 3)
  return { width, height, dpi: 500, pixels: Uint8Array.from({ length: width * height }, () => random() * 256) }
}
