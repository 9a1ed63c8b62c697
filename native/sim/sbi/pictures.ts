import jpeg from 'jpeg-js'
import type { FingerPosition, SlapStep } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { Eye } from '#native/capability/iris-camera.ts'
import { scaleDown } from '#native/imaging/index.ts'
import { drawSlap } from '../hands/index.ts'
import { createRandom } from '../hands/random.ts'

const paper = 250
const eyeSize = { width: 640, height: 480 } as const
const previewScale = 4
const previewQuality = 70
const kept = new Map<string, GrayImage>()
const mostKept = 24
const emptyPlaten = { width: 1600, height: 1500, dpi: 500, pixels: new Uint8Array(1600 * 1500).fill(paper) }
const keptFrames = new Map<string, Uint8Array>()

/** A near-infrared picture of nobody's eye. */
export function drawEye(seed: number, eye: Eye, attempt: number): GrayImage {
  return keep(`${seed} ${eye} ${attempt}`, () => {
    const { width, height } = eyeSize
    const random = createRandom(seed * 7 + attempt * 13 + eye.length)
    const centre = { x: width / 2 + (random() - 0.5) * 20, y: height / 2 + (random() - 0.5) * 20 }
    const folds = Array.from({ length: 9 }, () => ({ turns: 3 + Math.floor(random() * 40), phase: random() * 6 }))
    const pixels = new Uint8Array(width * height)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [dx, dy] = [x - centre.x, y - centre.y]
        const radius = Math.hypot(dx, dy)
        const angle = Math.atan2(dy, dx)
        const texture = folds.reduce((sum, { turns, phase }) => sum + Math.sin(turns * angle + phase + radius / 11), 0)
        const lid = Math.abs(dy) > 130 - (dx * dx) / 900
        pixels[y * width + x] = lid ? 165 : radius < 42 ? 18 : radius < 112 ? 96 + 5 * texture : 205
      }
    }
    return { width, height, dpi: 0, pixels }
  })
}

/** The picture with the noise of the sensor: never twice the same. */
export function expose(image: GrayImage, exposure: number): GrayImage {
  const pixels = image.pixels.slice()
  const random = createRandom(exposure)
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = Math.max(0, Math.min(255, pixels[at]! + Math.floor(random() * 9) - 4))
  return { ...image, pixels }
}

/** What the device shows while it waits: JPEG at a quarter of the size. Without a seed an empty platen. */
export function previewFrame(
  seed: number | null,
  step: SlapStep,
  missing: readonly FingerPosition[],
  number: number,
): Uint8Array {
  // A mark that moves: no frame is the one before.
  const mark = number % 2 === 0 ? 0 : 255
  const key = `${seed} ${step} ${missing.join()} ${mark}`
  const frame =
    keptFrames.get(key) ?? encodePreview(seed === null ? emptyPlaten : drawSlap({ seed, step, missing }), mark)
  keptFrames.set(key, frame)
  return frame
}

function encodePreview(whole: GrayImage, mark: number): Uint8Array {
  const { width, height, pixels } = scaleDown(whole, previewScale)
  const data = new Uint8Array(width * height * 4)
  new Uint32Array(data.buffer).set(Uint32Array.from(pixels, (value) => 0xff000000 + value * 0x010101))
  data.fill(mark, 0, 3)
  return new Uint8Array(jpeg.encode({ width, height, data }, previewQuality).data)
}

function keep(key: string, draw: () => GrayImage): GrayImage {
  const image = kept.get(key) ?? draw()
  kept.delete(key)
  kept.set(key, image)
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
  return image
}
