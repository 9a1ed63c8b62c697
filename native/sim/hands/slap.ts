import { captureSteps, type FingerPosition, type SlapStep } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { finish, PAPER, type Disturbance } from './canvas.ts'
import { drawImpression, SCALE, type Touch } from './impression.ts'
import { createMemory } from './memory.ts'
import { padSize } from './pad.ts'
import { createRandom } from './random.ts'

const WIDTH = 1600
const HEIGHT = 1500

/** Millimetres that a fingertip lies below the longest one, and degrees it fans out on a right hand. */
const lie: Record<string, { readonly below: number; readonly fan: number }> = {
  thumb: { below: 0, fan: -7 },
  index: { below: 8.5, fan: -4 },
  middle: { below: 0, fan: -1 },
  ring: { below: 5, fan: 2 },
  little: { below: 22, fan: 6 },
}

export type SlapRequest = Touch &
  Disturbance & {
    /** The person. */
    readonly seed: number
    readonly step: SlapStep
    /** Degrees clockwise; without it a few, as people put their hands down. */
    readonly rotation?: number
    readonly missing?: readonly FingerPosition[]
    /** Thumbs crossed: the left one lies right. */
    readonly crossed?: boolean
  }

const remembered = createMemory<GrayImage>(6)

/** A flat impression of an invented person's fingers, 1600 × 1500 at 500 dpi: the same for the same request. */
export function drawSlap(request: SlapRequest): GrayImage {
  return remembered(JSON.stringify(request), () => draw(request))
}

export type FingerPlace = {
  readonly finger: FingerPosition
  readonly x: number
  readonly y: number
  readonly angle: number
}

/** Where the fingers of a slap lie, in pixels and degrees clockwise. */
export function placeFingers(request: SlapRequest): FingerPlace[] {
  const { seed, step, attempt = 0, missing = [], scale = 1, crossed = false } = request
  const random = createRandom(seed * 977 + attempt * 7717 + captureSteps[step].fgp)
  const shake = (size: number) => (random() - 0.5) * 2 * size
  const rotation = request.rotation ?? shake(5)
  const gap = step === 'two-thumbs' ? 4 : 1.6 + random() * 1.4
  const { fingers } = captureSteps[step]
  const sizes = fingers.map((finger) => padSize(seed, finger))
  const whole = sizes.reduce((sum, size) => sum + size.width, 0) + gap * (fingers.length - 1)

  let left = -whole / 2
  const places = fingers.map((named, index) => {
    const { width, height } = sizes[index]!
    const finger = crossed ? fingers.at(-1 - index)! : named
    const { below, fan } = lie[finger.slice(finger.indexOf('-') + 1)]!
    const mirror = finger.startsWith('left') ? -1 : 1
    const place = {
      finger,
      x: left + width / 2 + shake(0.4),
      y: below + height / 2 + shake(0.8),
      angle: fan * mirror + shake(1.5),
    }
    left += width + gap
    return place
  })
  const middle = (Math.min(...places.map((place) => place.y)) + Math.max(...places.map((place) => place.y))) / 2
  const turn = (rotation * Math.PI) / 180
  const offset = { x: shake(1.5), y: shake(2) }
  return places
    .filter((place) => !missing.includes(place.finger))
    .map(({ finger, x, y, angle }) => {
      const down = y - middle
      return {
        finger,
        x: WIDTH / 2 + (x * Math.cos(turn) - down * Math.sin(turn) + offset.x) * SCALE * scale,
        y: HEIGHT / 2 + (x * Math.sin(turn) + down * Math.cos(turn) + offset.y) * SCALE * scale,
        angle: angle + rotation,
      }
    })
}

function draw(request: SlapRequest): GrayImage {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(PAPER)
  for (const place of placeFingers(request)) drawImpression(pixels, WIDTH, HEIGHT, { ...request, ...place })
  return finish(pixels, { width: WIDTH, height: HEIGHT }, request, request.seed + (request.attempt ?? 0))
}
