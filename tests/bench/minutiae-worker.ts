import { parentPort } from 'node:worker_threads'
import { allFingers, fingerPositions } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { encodeTemplate, extractMinutiae, matchScore, prepare } from '#native/imaging/minutiae/index.ts'
import { drawFinger, type FingerRequest } from '#native/sim/hands/index.ts'

/** How a finger is laid down each time; the last is what a small sensor sees of another flat one. */
export const impressions = ['flat', 'turned', 'light and dry', 'squeezed', 'rolled', 'small sensor'] as const
/** The first five are the impressions of the figure. */
export const WHOLE = 5
const SMALL_SENSOR_MM = 10

export type Task =
  | { readonly kind: 'read'; readonly fingers: readonly number[] }
  | {
      readonly kind: 'compare'
      readonly templates: readonly Uint8Array[]
      readonly pairs: readonly (readonly [number, number])[]
    }
export type Answer =
  | { readonly kind: 'read'; readonly prints: readonly { readonly finger: number; readonly templates: Uint8Array[] }[] }
  | { readonly kind: 'compare'; readonly scores: readonly number[] }

/** A number from 0 to 1 that is the same for the same finger and purpose. */
const spread = (finger: number, purpose: number) => ((finger * 0.618_034 + purpose * 0.414_214) * 7) % 1

export function drawOne(finger: number, impression: number): GrayImage {
  const share = spread(finger, impression)
  const common = { seed: 500 + Math.floor(finger / 10), finger: allFingers[finger % 10]!, attempt: impression }
  const ways: readonly Omit<FingerRequest, 'seed' | 'finger' | 'attempt'>[] = [
    { impression: 'flat' },
    { impression: 'flat', rotation: (share - 0.5) * 50, pressure: 0.45 + 0.35 * spread(finger, 9), noise: 0.03 },
    { impression: 'flat', pressure: 0.32 + 0.13 * share, dryness: 0.25 + 0.25 * spread(finger, 8), noise: 0.04 },
    { impression: 'flat', pressure: 0.9, dryness: 0, noise: 0.03 },
    { impression: 'rolled' },
    { impression: 'flat', rotation: (share - 0.5) * 30 },
  ]
  const image = drawFinger({ ...common, ...ways[impression]! })
  return impression < WHOLE ? image : middleOf(image, spread(finger, 7))
}

function middleOf(image: GrayImage, share: number): GrayImage {
  const side = Math.round((SMALL_SENSOR_MM / 25.4) * image.dpi)
  const left = Math.round((image.width - side) / 2 + (share - 0.5) * 60)
  const top = (image.height - side) >> 1
  const pixels = new Uint8Array(side * side)
  for (let y = 0; y < side; y++) {
    const from = (top + y) * image.width + left
    pixels.set(image.pixels.subarray(from, from + side), y * side)
  }
  return { width: side, height: side, dpi: image.dpi, pixels }
}

function readFinger(finger: number): Uint8Array[] {
  const position = fingerPositions[allFingers[finger % 10]!]
  return impressions.map((name, impression) => {
    const facts = { position, impression: name === 'rolled' ? 1 : 0, quality: 50 } as const
    return encodeTemplate(extractMinutiae(drawOne(finger, impression)), facts)
  })
}

function answer(task: Task): Answer {
  if (task.kind === 'read') {
    return { kind: 'read', prints: task.fingers.map((finger) => ({ finger, templates: readFinger(finger) })) }
  }
  const prints = task.templates.map(prepare)
  return { kind: 'compare', scores: task.pairs.map(([one, two]) => matchScore(prints[one]!, prints[two]!)) }
}

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)))
