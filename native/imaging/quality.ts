import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerArea } from './crop.ts'

const MM_PER_INCH = 25.4
/** Side of a block: a little under two ridges. At low resolution at least six pixels, or its numbers mean nothing. */
const BLOCK_MM = 0.8
const BLOCK_PIXELS_MIN = 6
/** Grey levels of standard deviation: below it a block shows no skin. */
const SKIN_DEVIATION = 9
/** Below this resolution ridges are too few pixels wide to measure their distance. */
const PERIOD_DPI_MIN = 250
/** Plausible distances of ridges in millimetres: 5 to 14 pixels at 500 dpi. */
const PERIOD_MM = { least: 0.25, most: 0.71 }

/** What is measured in a finger; each 0–1 except the area. README.md names the sources. */
export type QualityMeasures = {
  /** Square millimetres of skin. */
  readonly area: number
  /** Mean orientation certainty of the blocks. */
  readonly coherence: number
  /** Mean standard deviation of the blocks, over half the range of grey: 1 would be half black, half white. */
  readonly contrast: number
  /** Share of the blocks with clear ridges at a plausible distance. */
  readonly ridges: number
  /** Share of the blocks in the finger's oval that show skin. */
  readonly coverage: number
}

/** How good a finger is for recognition, 0–100, from its measures. An area without skin is 0. */
export function fingerQuality(image: GrayImage, area: FingerArea): number {
  const measures = measureFinger(image, area)
  if (measures.area === 0) return 0
  const coarse = image.dpi < PERIOD_DPI_MIN
  // Averaging four pixels takes contrast and direction out of the ridges: a preview is measured by its own scale.
  const parts: readonly (readonly [value: number, worst: number, best: number, weight: number])[] = [
    [measures.area, 20, 190, 0.15],
    [measures.coverage, 0.3, 0.95, 0.1],
    [measures.coherence, coarse ? 0.32 : 0.42, coarse ? 0.88 : 0.92, 0.4],
    [measures.contrast, coarse ? 0.08 : 0.12, coarse ? 0.5 : 0.7, 0.2],
    [measures.ridges, 0.3, 1, 0.15],
  ]
  const log = parts.reduce((sum, [value, worst, best, weight]) => sum + weight * Math.log(rated(value, worst, best)), 0)
  return Math.round(100 * Math.exp(log))
}

/** 0.01 at the worst value and below, 1 at the best and above. */
function rated(value: number, worst: number, best: number): number {
  return Math.max(0.01, Math.min(1, (value - worst) / (best - worst)))
}

export function measureFinger(image: GrayImage, { box, angle }: FingerArea): QualityMeasures {
  const block = Math.max(BLOCK_PIXELS_MIN, Math.round((BLOCK_MM * image.dpi) / MM_PER_INCH))
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const reach = {
    x: (Math.abs(box.width * cos) + Math.abs(box.height * sin)) / 2,
    y: (Math.abs(box.width * sin) + Math.abs(box.height * cos)) / 2,
  }
  const checkPeriod = image.dpi >= PERIOD_DPI_MIN
  const pixelMm = MM_PER_INCH / image.dpi
  let inOval = 0
  let skin = 0
  let coherence = 0
  let contrast = 0
  let ridges = 0
  // The gradient needs a neighbour on each side.
  const first = { x: Math.max(1, Math.floor(centre.x - reach.x)), y: Math.max(1, Math.floor(centre.y - reach.y)) }
  const last = {
    x: Math.min(image.width - 1, centre.x + reach.x) - block,
    y: Math.min(image.height - 1, centre.y + reach.y) - block,
  }
  for (let y = first.y; y <= last.y; y += block) {
    for (let x = first.x; x <= last.x; x += block) {
      const dx = x + block / 2 - centre.x
      const dy = y + block / 2 - centre.y
      const u = (dx * cos + dy * sin) / (box.width / 2)
      const v = (dy * cos - dx * sin) / (box.height / 2)
      if (u * u + v * v > 1) continue
      inOval++
      const { deviation, certainty, period } = measureBlock(image, x, y, block)
      if (deviation < SKIN_DEVIATION) continue
      skin++
      coherence += certainty
      contrast += deviation / 127.5
      const periodMm = period * pixelMm
      if (certainty > 0.4 && (!checkPeriod || (periodMm > PERIOD_MM.least && periodMm < PERIOD_MM.most))) ridges++
    }
  }
  const blockMm = block * pixelMm
  const share = (sum: number, of: number) => (of === 0 ? 0 : sum / of)
  return {
    area: skin * blockMm * blockMm,
    coherence: share(coherence, skin),
    contrast: share(contrast, skin),
    ridges: share(ridges, skin),
    coverage: share(skin, inOval),
  }
}

/** Deviation in grey levels, orientation certainty 0–1, and the distance of ridges in pixels, of one block. */
function measureBlock({ pixels, width }: GrayImage, left: number, top: number, size: number) {
  let sum = 0
  let squares = 0
  let xx = 0
  let yy = 0
  let xy = 0
  for (let y = top; y < top + size; y++) {
    for (let at = y * width + left, end = at + size; at < end; at++) {
      const value = pixels[at]!
      const gx = pixels[at + 1]! - pixels[at - 1]!
      const gy = pixels[at + width]! - pixels[at - width]!
      sum += value
      squares += value * value
      xx += gx * gx
      yy += gy * gy
      xy += gx * gy
    }
  }
  const count = size * size
  const variance = Math.max(0, squares / count - (sum / count) ** 2)
  const energy = xx + yy
  return {
    deviation: Math.sqrt(variance),
    certainty: energy === 0 ? 0 : Math.hypot(xx - yy, 2 * xy) / energy,
    // A wave's squared slope over its variance is its angular frequency squared; a central difference spans two pixels.
    period: energy === 0 ? 0 : 2 * Math.PI * Math.sqrt((4 * variance * count) / energy),
  }
}
