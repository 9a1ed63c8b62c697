import { fingerPositions, type FingerPosition, type Impression as Manner } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { finish, PAPER, type Disturbance } from './canvas.ts'
import { drawImpression, rolledWidth, SCALE, type Touch } from './impression.ts'
import { createMemory } from './memory.ts'
import { createRandom } from './random.ts'

/** Pixels at 500 dpi that a scanner gives for one finger laid down, and for one rolled. */
export const fingerCanvas = {
  flat: { width: 560, height: 660 },
  rolled: { width: 800, height: 750 },
} as const satisfies Record<Manner, { width: number; height: number }>

/** Millimetres over which the edge of a roll that is still going on fades. */
const FRONT = 1.2

export type FingerRequest = Touch &
  Disturbance & {
    /** The person. */
    readonly seed: number
    readonly finger: FingerPosition
    readonly impression: Manner
    /** Degrees clockwise; without it a few, another for every attempt. */
    readonly rotation?: number
    /** Millimetres right and down from the middle; without it a little, another for every attempt. */
    readonly shift?: { readonly x: number; readonly y: number }
    /** Of a roll: share of the way from the left nail to the right one, 0–1. */
    readonly rolled?: number
  }

const remembered = createMemory<GrayImage>(16)
const laidDown = createMemory<Uint8Array<ArrayBuffer>>(4)

/** One finger of an invented person at 500 dpi, flat or rolled: the same for the same request. */
export function drawFinger(request: FingerRequest): GrayImage {
  return remembered(JSON.stringify(request), () => draw(request))
}

function draw(request: FingerRequest): GrayImage {
  const { seed, finger, impression, attempt = 0, scale = 1, rolled = 1, smear, noise, ...rest } = request
  const size = fingerCanvas[impression]
  const code = fingerPositions[finger]
  const random = createRandom(seed * 613 + attempt * 9241 + code * 37 + (impression === 'flat' ? 1 : 2))
  const shake = (most: number) => (random() - 0.5) * 2 * most
  const angle = request.rotation ?? shake(7)
  const shift = request.shift ?? { x: shake(1.2), y: shake(1.5) }
  const [x, y] = [size.width / 2 + shift.x * SCALE, size.height / 2 + shift.y * SCALE]
  const manner = impression === 'rolled' ? { rolled: true, stretch: 0.4 } : { stretch: 0.3 }
  const skin = { ...rest, seed, finger, attempt, scale, x, y, angle, ...manner }
  // A roll under way is asked for again and again, each time a little further.
  const laid = laidDown(JSON.stringify(skin), () => {
    const pixels = new Uint8Array(size.width * size.height).fill(PAPER)
    drawImpression(pixels, size.width, size.height, skin)
    return pixels
  })
  const pixels = laid.slice()
  if (impression === 'rolled' && rolled < 1) {
    wipe(pixels, size, { x, y, angle, front: (rolled - 0.5) * rolledWidth(seed, finger) * scale })
  }
  return finish(pixels, size, { smear: smear ?? 0, noise: noise ?? 0 }, seed + attempt + code * 7)
}

/** Takes away what has not been rolled yet: all that is farther right than `front`, in millimetres from the middle. */
function wipe(
  pixels: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  roll: { readonly x: number; readonly y: number; readonly angle: number; readonly front: number },
): void {
  const cos = Math.cos((roll.angle * Math.PI) / 180)
  const sin = Math.sin((roll.angle * Math.PI) / 180)
  for (let y = 0; y < height; y++) {
    // Left of here nothing is wiped: a row gets farther from the front to the right, as long as the finger points up.
    const before = roll.x + ((roll.front - FRONT) * SCALE - (y - roll.y) * sin) / cos
    for (let x = cos > 0 ? Math.max(0, Math.floor(before)) : 0; x < width; x++) {
      const behind = roll.front - ((x - roll.x) * cos + (y - roll.y) * sin) / SCALE
      if (behind >= FRONT) continue
      const at = y * width + x
      pixels[at] = behind <= 0 ? PAPER : PAPER - (PAPER - pixels[at]!) * (behind / FRONT)
    }
  }
}
