import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { createMemory } from './memory.ts'
import { createNoise } from './noise.ts'
import { createRandom } from './random.ts'

/** Grey of a platen without anything on it. */
export const PAPER = 250
/** Millimetres that a finger slides at most, and how often on the way the sensor sees it. */
const LONGEST_SLIDE = 3.5
const SLIDE_STEPS = 14

/** What happens to a picture as a whole. */
export type Disturbance = {
  /** 0–1: the hand moved while the picture was taken. */
  readonly smear?: number
  /** 0–1: share of the pixels that show anything. */
  readonly noise?: number
}

/** Smears and soils what was drawn and adds the sensor's own noise. */
export function finish(
  pixels: Uint8Array<ArrayBuffer>,
  size: { readonly width: number; readonly height: number },
  { smear = 0, noise = 0 }: Disturbance,
  seed: number,
): GrayImage {
  const drawn = smear > 0 ? smeared(pixels, size, smear, createRandom(seed + 9173)) : pixels
  if (noise > 0) {
    const random = createRandom(seed + 4421)
    for (let at = 0; at < drawn.length; at++) if (random() < noise) drawn[at] = random() * 256
  }
  addOwnNoise(
    drawn,
    ownNoise(`${seed} ${drawn.length}`, () => drawNoise(seed, drawn.length)),
  )
  return { ...size, dpi: 500, pixels: drawn }
}

/** The same for every step of a roll that is still going on. */
const ownNoise = createMemory<Int8Array>(4)

function drawNoise(seed: number, length: number): Int8Array {
  const random = createRandom(seed)
  const noise = new Int8Array(length)
  for (let at = 0; at < length; at++) noise[at] = Math.floor(random() * 9) - 4
  return noise
}

function addOwnNoise(pixels: Uint8Array, noise: Int8Array): void {
  for (let at = 0; at < pixels.length; at++) {
    const value = pixels[at]! + noise[at]!
    pixels[at] = value < 0 ? 0 : value > 255 ? 255 : value
  }
}

/** Each place shows what slid over it, more in some places than in others. */
function smeared(
  pixels: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  smear: number,
  random: () => number,
): Uint8Array<ArrayBuffer> {
  const uneven = createNoise(random)
  const angle = (0.35 + 0.3 * random()) * Math.PI
  const length = smear * LONGEST_SLIDE * (500 / 25.4)
  const steps = Array.from({ length: SLIDE_STEPS }, (_, step) => {
    const far = ((step + 1) / SLIDE_STEPS) * length
    return { x: Math.round(far * Math.cos(angle)), y: Math.round(far * Math.sin(angle)) }
  })
  const last = steps.at(-1)!
  const result = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = pixels[y * width + x]!
      // Most of the glass: nothing here and nothing that came from farther.
      if (own === PAPER && (pixels[(y + last.y) * width + x + last.x] ?? PAPER) === PAPER) {
        result[y * width + x] = PAPER
        continue
      }
      let sum = 0
      let darkest = own
      for (const step of steps) {
        const [fromX, fromY] = [x + step.x, y + step.y]
        const value = fromX >= width || fromX < 0 || fromY >= height ? PAPER : pixels[fromY * width + fromX]!
        sum += value
        if (value < darkest) darkest = value
      }
      const streak = 0.75 * (sum / SLIDE_STEPS) + 0.25 * darkest
      const share = Math.max(0, Math.min(1, smear * (1.3 + 0.9 * uneven(x / 60, y / 60))))
      result[y * width + x] = own * (1 - share) + Math.min(streak, PAPER) * share
    }
  }
  return result
}
