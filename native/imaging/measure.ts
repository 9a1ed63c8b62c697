import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerArea } from './crop.ts'

const MM_PER_INCH = 25.4
/** Side of a block: a little under two ridges. At low resolution at least six pixels, or its numbers mean nothing. */
const BLOCK_MM = 0.8
const BLOCK_PIXELS_MIN = 6
/** Grey levels of standard deviation: below it a block shows no skin. */
const SKIN_DEVIATION = 9
/** Grey levels: a block without variance that is darker was skin, drowned or smeared. */
const BLOT = 170
/** Below this resolution ridges are too few pixels wide to measure their distance. */
const FINE_DPI = 250
/** Plausible distances of ridges in millimetres: 5 to 14 pixels at 500 dpi. */
const PERIOD_MM = { least: 0.25, most: 0.71 }
/** Orientation certainty of a block in which ridges stand side by side. */
const CLEAR = 0.4

/** What is measured in a finger; shares are 0–1. README.md names the sources. */
export type FingerMeasures = {
  readonly dpi: number
  /** Whether the resolution shows single ridges. */
  readonly fine: boolean
  /** Square millimetres of skin. */
  readonly area: number
  /** Mean orientation certainty of the blocks. */
  readonly coherence: number
  /** Mean standard deviation of the blocks, over half the range of grey: 1 would be half black, half white. */
  readonly contrast: number
  /** Share of the blocks with clear ridges at a plausible distance; under 250 dpi with clear ridges. */
  readonly ridges: number
  /** Share of the variance of a block that its profile across the ridges explains; under 250 dpi 0. */
  readonly clarity: number
  /** Share of the blocks in the finger's oval that show skin. */
  readonly coverage: number
  /** Share of the blocks in the oval that are dark and show nothing. */
  readonly blots: number
  /** Mean darkness of the skin, 0 white … 1 black. */
  readonly darkness: number
  /** How much of the variance is from pixel to pixel: small for coarse shapes, about 0.5 for noise. */
  readonly grain: number
}

/** Measures the blocks inside the oval of a finger. */
export function measureFinger(image: GrayImage, { box, angle }: FingerArea): FingerMeasures {
  const fine = image.dpi >= FINE_DPI
  const block = Math.max(BLOCK_PIXELS_MIN, Math.round((BLOCK_MM * image.dpi) / MM_PER_INCH))
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const reach = {
    x: (Math.abs(box.width * cos) + Math.abs(box.height * sin)) / 2,
    y: (Math.abs(box.width * sin) + Math.abs(box.height * cos)) / 2,
  }
  const pixelMm = MM_PER_INCH / image.dpi
  const sums = { oval: 0, blots: 0, skin: 0, coherence: 0, contrast: 0, ridges: 0, clarity: 0, dark: 0 }
  const whole = { energy: 0, variance: 0 }
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
      sums.oval++
      const one = fine ? measureFine(image, x, y, block) : measureCoarse(image, x, y, block)
      const dark = 1 - one.mean / 255
      if (one.variance < SKIN_DEVIATION * SKIN_DEVIATION) {
        if (one.mean < BLOT) {
          sums.blots++
          sums.dark += dark
        }
        continue
      }
      const certainty = one.energy === 0 ? 0 : Math.hypot(one.difference, one.cross) / one.energy
      // A wave's squared slope over its variance is its angular frequency squared; a central difference spans two pixels.
      const period = one.energy === 0 ? 0 : 2 * Math.PI * Math.sqrt((4 * one.variance * block * block) / one.energy)
      const periodMm = period * pixelMm
      sums.skin++
      sums.coherence += certainty
      sums.contrast += Math.sqrt(one.variance) / 127.5
      if (certainty > CLEAR && (!fine || (periodMm > PERIOD_MM.least && periodMm < PERIOD_MM.most))) sums.ridges++
      if (fine) sums.clarity += profileShare(image, x, y, block, one)
      sums.dark += dark
      whole.energy += one.energy
      whole.variance += one.variance * block * block
    }
  }
  const blockMm = block * pixelMm
  const { skin } = sums
  // A blot is skin of which nothing is seen.
  const touched = skin + sums.blots
  const share = (sum: number, of: number) => (of === 0 ? 0 : sum / of)
  return {
    dpi: image.dpi,
    fine,
    area: skin * blockMm * blockMm,
    coherence: share(sums.coherence, touched),
    contrast: share(sums.contrast, touched),
    ridges: share(sums.ridges, touched),
    clarity: share(sums.clarity, touched),
    coverage: share(skin, sums.oval),
    blots: share(sums.blots, sums.oval),
    darkness: share(sums.dark, touched),
    grain: share(whole.energy, 8 * whole.variance),
  }
}

/** Mean, variance and structure tensor of a block; `difference` and `cross` point along the gradient (doubled angle). */
type Block = {
  readonly mean: number
  readonly variance: number
  readonly energy: number
  readonly difference: number
  readonly cross: number
}

/** With central differences, which do not mind noise. */
function measureFine({ pixels, width }: GrayImage, left: number, top: number, size: number): Block {
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
  const mean = sum / count
  return {
    mean,
    variance: Math.max(0, squares / count - mean * mean),
    energy: xx + yy,
    difference: xx - yy,
    cross: 2 * xy,
  }
}

/** With diagonal differences of neighbours: at 100 dpi a ridge is two pixels wide, which central differences miss. */
function measureCoarse({ pixels, width }: GrayImage, left: number, top: number, size: number): Block {
  let sum = 0
  let squares = 0
  let aa = 0
  let bb = 0
  let ab = 0
  for (let y = top; y < top + size; y++) {
    for (let at = y * width + left, end = at + size; at < end; at++) {
      const value = pixels[at]!
      const a = pixels[at + width + 1]! - value
      const b = pixels[at + 1]! - pixels[at + width]!
      sum += value
      squares += value * value
      aa += a * a
      bb += b * b
      ab += a * b
    }
  }
  const count = size * size
  const mean = sum / count
  // The diagonals turned back by 45 degrees.
  return {
    mean,
    variance: Math.max(0, squares / count - mean * mean),
    energy: aa + bb,
    difference: 2 * ab,
    cross: aa - bb,
  }
}

const PROFILE_SIZE = 128
const profileSum = new Float64Array(PROFILE_SIZE)
const profileCount = new Float64Array(PROFILE_SIZE)

/** How much of a block's variance lies between the lines along its ridges: 1 for unbroken ridges, little for dots. */
function profileShare({ pixels, width }: GrayImage, left: number, top: number, size: number, block: Block): number {
  const across = Math.atan2(block.cross, block.difference) / 2
  const stepX = Math.cos(across)
  const stepY = Math.sin(across)
  const from = Math.min(0, stepX * size) + Math.min(0, stepY * size)
  const bins = Math.min(PROFILE_SIZE, Math.ceil((Math.abs(stepX) + Math.abs(stepY)) * size) + 1)
  profileSum.fill(0, 0, bins)
  profileCount.fill(0, 0, bins)
  for (let y = 0; y < size; y++) {
    let at = (top + y) * width + left
    let place = y * stepY - from
    for (let x = 0; x < size; x++, at++, place += stepX) {
      const bin = place | 0
      profileSum[bin]! += pixels[at]!
      profileCount[bin]!++
    }
  }
  let between = 0
  for (let bin = 0; bin < bins; bin++) {
    const count = profileCount[bin]!
    if (count > 0) between += count * (profileSum[bin]! / count - block.mean) ** 2
  }
  return between / (size * size * block.variance)
}
