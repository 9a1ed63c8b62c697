import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { checkImage } from './limits.ts'

/** Grey levels by which a dead line differs from its neighbours, and the share of its pixels that do. */
const LINE = { levels: 10, share: 0.8, reach: 3 } as const
/** Grey levels by which dirt is darker than the glass around it. */
const DIRT_LEVELS = 25
/** Side of a block, deviation of one that shows skin, and certainty of one in which ridges stand side by side. */
const BLOCK_MM = 1.6
const SKIN_DEVIATION = 9
const CLEAR = 0.4
const LEAST_BLOCKS = 6
/** Darkness against the glass of what is finger and what is not. */
const PRINT = { finger: 60, beside: 15 } as const
/** The target of the test of resolution: a black square with sides of this length. */
const TARGET_MM = 10
const TARGET = { leastDark: 80, fill: 0.93, aspect: 0.1, least: 6, most: 16 } as const

/** What an empty platen shows. Lines are whole rows and columns of the sensor; the share is of the glass, 0–1. */
export type PlatenMeasures = { readonly deadLines: number; readonly dirtShare: number; readonly paper: number }

/** Measures frames of the empty glass, all of one size, as one mean picture. Throws as `checkImage`; undefined for none. */
export function measurePlaten(frames: readonly GrayImage[]): PlatenMeasures | undefined {
  const image = meanOf(frames)
  if (!image) return undefined
  checkImage(image, 'imaging.platen')
  const { width, height, pixels } = image
  const paper = medianOf(pixels)
  const columns = deadLines(width, height, (line, at) => pixels[at * width + line]!)
  const rows = deadLines(height, width, (line, at) => pixels[line * width + at]!)
  let dirt = 0
  let clean = 0
  for (let y = 0; y < height; y++) {
    if (rows.has(y)) continue
    for (let x = 0; x < width; x++) {
      if (columns.has(x)) continue
      if (pixels[y * width + x]! < paper - DIRT_LEVELS) dirt++
      else clean++
    }
  }
  return { deadLines: columns.size + rows.size, dirtShare: dirt / Math.max(1, dirt + clean), paper }
}

/** The mean of the frames that have the size of the first. */
export function meanOf(frames: readonly GrayImage[]): GrayImage | undefined {
  const [first] = frames
  if (!first) return undefined
  const same = frames.filter(({ width, height }) => width === first.width && height === first.height)
  const sums = new Uint32Array(first.pixels.length)
  for (const { pixels } of same) for (let at = 0; at < sums.length; at++) sums[at]! += pixels[at]!
  return { ...first, pixels: Uint8Array.from(sums, (sum) => Math.round(sum / same.length)) }
}

/** Lines most of whose pixels differ from the lines a little further on, on both sides where there are two. */
function deadLines(lines: number, length: number, pixel: (line: number, at: number) => number): Set<number> {
  const dead = new Set<number>()
  for (let line = 0; line < lines; line++) {
    const beside = [line - LINE.reach, line + LINE.reach].filter((one) => one >= 0 && one < lines)
    const differs = beside.every((other) => {
      let count = 0
      for (let at = 0; at < length; at++) if (Math.abs(pixel(line, at) - pixel(other, at)) > LINE.levels) count++
      return count >= LINE.share * length
    })
    if (differs && beside.length > 0) dead.add(line)
  }
  return dead
}

export type PrintMeasures = {
  /** Grey levels between the ridges and valleys of the middle block of skin. */
  readonly contrastLevels: number
  /** Millimetres from ridge to ridge by the resolution that the picture says it has; absent when too few are clear. */
  readonly ridgePeriodMm?: number
}

/** Measures a finger in a picture that shows single ridges (250 dpi and more). Undefined when there is no skin. */
export function measurePrint(image: GrayImage): PrintMeasures | undefined {
  checkImage(image, 'imaging.print')
  const { width, height, dpi } = image
  const side = Math.max(8, Math.round((BLOCK_MM * dpi) / 25.4))
  const contrasts: number[] = []
  const periods: number[] = []
  for (let y = 1; y + side < height - 1; y += side) {
    for (let x = 1; x + side < width - 1; x += side) {
      const block = measureBlock(image, x, y, side)
      if (block.deviation < SKIN_DEVIATION) continue
      contrasts.push(block.contrast)
      if (block.certainty > CLEAR) periods.push((block.period * 25.4) / dpi)
    }
  }
  if (contrasts.length === 0) return undefined
  return {
    contrastLevels: medianOf(contrasts),
    ...(periods.length >= LEAST_BLOCKS && { ridgePeriodMm: medianOf(periods) }),
  }
}

function measureBlock({ pixels, width }: GrayImage, left: number, top: number, side: number) {
  const levels = new Uint8Array(side * side)
  let [sum, squares, xx, yy, xy] = [0, 0, 0, 0, 0]
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (top + y) * width + left + x
      const value = pixels[at]!
      const gx = pixels[at + 1]! - pixels[at - 1]!
      const gy = pixels[at + width]! - pixels[at - width]!
      levels[y * side + x] = value
      sum += value
      squares += value * value
      xx += gx * gx
      yy += gy * gy
      xy += gx * gy
    }
  }
  const count = side * side
  const variance = Math.max(0, squares / count - (sum / count) ** 2)
  const energy = xx + yy
  levels.sort()
  return {
    deviation: Math.sqrt(variance),
    contrast: levels[Math.floor(count * 0.9)]! - levels[Math.floor(count * 0.1)]!,
    certainty: energy === 0 ? 0 : Math.hypot(xx - yy, 2 * xy) / energy,
    // Squared slope over variance is that of the sine of the angular frequency; a central difference spans two pixels.
    period: energy === 0 ? 0 : (2 * Math.PI) / Math.asin(Math.min(1, Math.sqrt(energy / (4 * variance * count)))),
  }
}

/**
 * Grey levels by which the glass stayed darker where a finger had lain than beside it. Three pictures of one size: the
 * empty glass, the finger, and the glass after it was lifted. Undefined when they do not fit or there was no finger.
 */
export function ghostLevels(before: GrayImage, finger: GrayImage, after: GrayImage): number | undefined {
  const size = before.pixels.length
  if (finger.pixels.length !== size || after.pixels.length !== size) return undefined
  const on = { sum: 0, count: 0 }
  const beside = { sum: 0, count: 0 }
  for (let at = 0; at < size; at++) {
    const dark = before.pixels[at]! - finger.pixels[at]!
    const part = dark > PRINT.finger ? on : dark < PRINT.beside ? beside : undefined
    if (!part) continue
    part.sum += before.pixels[at]! - after.pixels[at]!
    part.count++
  }
  if (on.count < size / 500 || beside.count === 0) return undefined
  return on.sum / on.count - beside.sum / beside.count
}

/** Pixels to the inch by a black square of 10 mm on the glass; undefined when none lies there alone and upright. */
export function targetDpi(image: GrayImage): number | undefined {
  checkImage(image, 'imaging.target')
  const { width, height, dpi, pixels } = image
  const paper = medianOf(pixels)
  const dark = pixels.reduce((least, value) => Math.min(least, value), 255)
  if (paper - dark < TARGET.leastDark) return undefined
  // How much of a pixel is covered by the square.
  const cover = (at: number) => Math.max(0, Math.min(1, (paper - pixels[at]!) / (paper - dark)))
  let [left, right, top, bottom, area] = [width, -1, height, -1, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const covered = cover(y * width + x)
      if (covered > 0.1) area += covered
      if (covered < 0.5) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  const [across, down] = [right - left + 1, bottom - top + 1]
  const side = Math.sqrt(area)
  const mm = (side * 25.4) / dpi
  const isSquare = Math.abs(across / down - 1) < TARGET.aspect && area > TARGET.fill * across * down
  const touchesEdge = left === 0 || top === 0 || right === width - 1 || bottom === height - 1
  if (!isSquare || touchesEdge || mm < TARGET.least || mm > TARGET.most) return undefined
  return (side * 25.4) / TARGET_MM
}

function medianOf(values: ArrayLike<number>): number {
  const sorted = Float32Array.from(values).sort()
  return sorted[sorted.length >> 1] ?? 0
}
