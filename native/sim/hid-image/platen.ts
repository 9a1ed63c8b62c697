import type { CaptureStep } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { createMemory } from '../hands/memory.ts'
import { createRandom } from '../hands/random.ts'
import type { HidImageFaults } from './faults.ts'
import { laidDown, platenSize, type Laying, type Person } from './people.ts'

/** A person, the seed of one, or whatever gives the picture of a hand for a step. */
export type Hand = number | Person | ((step: CaptureStep) => GrayImage)

const PAPER = 250

/** What lies on the glass: nothing when nobody is there or has anything to lay down. */
export function onPlaten(hand: Hand | null, laying: Laying, ways: HidImageFaults): GrayImage {
  if (typeof hand === 'function' && !ways.has('empty-platen')) return hand(laying.step)
  const person = typeof hand === 'number' ? { seed: hand } : hand
  const picture = ways.has('empty-platen') || person === null ? undefined : laidDown(person as Person, laying, ways)
  return picture ?? emptyPlaten(laying.step)
}

/** Draws the three slaps of a person beforehand: a real hand takes no time to come into being. */
export function drawBeforehand(hand: Hand | null): void {
  if (hand === null || typeof hand === 'function') return
  for (const step of ['right-four', 'left-four', 'two-thumbs'] as const) {
    onPlaten(hand, { step, absent: [], attempt: 0, rolled: 1, full: false }, new Map())
  }
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

const empties = createMemory<GrayImage>(3)

export function emptyPlaten(step: CaptureStep): GrayImage {
  const { width, height } = platenSize(step)
  return empties(`${width} ${height}`, () => {
    const random = createRandom(1)
    const pixels = new Uint8Array(width * height)
    for (let at = 0; at < pixels.length; at++) pixels[at] = PAPER + Math.floor(random() * 5) - 2
    return { width, height, dpi: 500, pixels }
  })
}
