import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { drawSlap, type SlapRequest } from '../hands/index.ts'
import { createRandom } from '../hands/random.ts'
import type { HidImageFault } from './faults.ts'

/** The seed of an invented person, or whatever gives the picture of a hand for a step. */
export type Hand = number | ((step: CaptureStep) => GrayImage)

/** Preview frames before the hand comes down. */
const EMPTY_FRAMES = 3
const PAPER = 250

/** What lies on the glass when the sensor looks: `frame` counts the preview frames of a capture from 0. */
export function onPlaten(
  hand: Hand | null,
  step: CaptureStep,
  frame: number,
  faults: ReadonlySet<HidImageFault>,
): GrayImage {
  if (hand === null || frame < EMPTY_FRAMES || faults.has('empty-platen')) return emptyPlaten()
  if (typeof hand === 'function') return hand(step)
  if (faults.has('three-fingers')) return drawn({ seed: hand, step, missing: [captureSteps[step].fingers.at(-2)!] })
  if (faults.has('low-quality')) return drawn({ seed: hand, step, pressure: 0.15, dryness: 0.95 })
  return drawn({ seed: hand, step })
}

/** Draws the three slaps of a person beforehand: a real hand takes no time to come into being. */
export function drawBeforehand(seed: number): void {
  for (const step of Object.keys(captureSteps) as CaptureStep[]) drawn({ seed, step })
}

const drawings = new Map<string, GrayImage>()
const mostDrawings = 6

function drawn(request: SlapRequest): GrayImage {
  const key = JSON.stringify(request)
  const image = drawings.get(key) ?? drawSlap(request)
  drawings.delete(key)
  drawings.set(key, image)
  for (const oldest of [...drawings.keys()].slice(0, -mostDrawings)) drawings.delete(oldest)
  return image
}

/** The picture as this exposure of the sensor sees it: never twice the same. */
export function expose(image: GrayImage, exposure: number): GrayImage {
  const random = createRandom(exposure)
  const pixels = image.pixels.slice()
  for (let at = Math.floor(random() * 8); at < pixels.length; at += 8) {
    const value = pixels[at]!
    pixels[at] = random() < 0.5 ? Math.max(0, value - 2) : Math.min(255, value + 2)
  }
  return { ...image, pixels }
}

let empty: GrayImage | undefined

function emptyPlaten(): GrayImage {
  if (empty) return empty
  const random = createRandom(1)
  const pixels = new Uint8Array(1600 * 1500)
  for (let at = 0; at < pixels.length; at++) pixels[at] = PAPER + Math.floor(random() * 5) - 2
  empty = { width: 1600, height: 1500, dpi: 500, pixels }
  return empty
}
