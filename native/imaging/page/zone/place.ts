import type { Grey } from '../picture.ts'
import { inkOf } from '../upright.ts'
import { LETTER } from './letters.ts'

/** Where the three lines of thirty letters lie: pixels. */
export type ZonePlace = {
  readonly perMm: number
  /** Left end of the first letter's place, and how wide a place is. */
  readonly left: number
  readonly pitch: number
  /** Middle of each line. */
  readonly middles: readonly [number, number, number]
}

const LETTERS = 30
/** ICAO 9303-5 prints lines 4.23 mm apart; makers of cards vary. */
const LINE_GAPS = [3.9, 6.6] as const
/** How much darker than around: the patterns of the ground are fainter. */
const INK = 0.74

/** `widths` are the millimetres that the picture may span. Undefined when no three lines stand out. */
export function placeZone(grey: Grey, widths: readonly number[]): ZonePlace | undefined {
  const ink = inkOf(grey, Math.round(grey.width / 30), INK)
  let best: { readonly score: number; readonly place: ZonePlace } | undefined
  for (const width of widths) {
    const perMm = grey.width / width
    const rows = placeRows(ink, perMm)
    if (!rows) continue
    const columns = placeColumns(ink, rows.middles, perMm)
    if (!columns) continue
    const score = rows.score * columns.score
    if (score > (best?.score ?? 0)) {
      best = { score, place: { perMm, left: columns.left, pitch: columns.pitch, middles: rows.middles } }
    }
  }
  return best?.place
}

/** Three bands of ink with bare rows above, between and below. */
function placeRows({ width, height, pixels }: Grey, perMm: number) {
  const sums = new Float64Array(height + 1)
  const rim = Math.round(width * 0.02)
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = rim; x < width - rim; x++) row += pixels[y * width + x]!
    sums[y + 1] = sums[y]! + row / width
  }
  const mean = (from: number, to: number) => {
    const [low, high] = [Math.max(0, Math.min(height, Math.round(from))), Math.max(0, Math.min(height, Math.round(to)))]
    return high > low ? (sums[high]! - sums[low]!) / (high - low) : 0
  }
  const half = ((LETTER.height + LETTER.stroke) / 2) * perMm
  const bare = 0.5 * perMm
  let best: { readonly score: number; readonly middles: readonly [number, number, number] } | undefined
  for (let gap = LINE_GAPS[0] * perMm; gap <= LINE_GAPS[1] * perMm; gap += 0.06 * perMm) {
    for (let last = height * 0.4; last + half < height; last += Math.max(1, 0.07 * perMm)) {
      const middles = [last - 2 * gap, last - gap, last] as const
      if (middles[0] - half < 0) continue
      const bands = middles.map((middle) => mean(middle - half, middle + half))
      const spaces = [
        mean(middles[0] - half - 2 * bare, middles[0] - half - 0.2 * bare),
        ...middles.slice(0, 2).map((middle) => mean(middle + half + 0.2 * bare, middle + gap - half - 0.2 * bare)),
        mean(middles[2] + half + 0.2 * bare, middles[2] + half + 1.5 * bare),
      ]
      const score =
        Math.min(...bands) +
        0.3 * (bands[0]! + bands[1]!) -
        1.5 * Math.max(...spaces) -
        (0.5 * spaces.reduce((a, b) => a + b)) / 4
      if (score > (best?.score ?? 0.02)) best = { score, middles }
    }
  }
  return best
}

/** Thirty places that hold ink in their middles and none between, and none beside the zone. */
function placeColumns({ width, height, pixels }: Grey, middles: readonly number[], perMm: number) {
  const half = (LETTER.height / 2) * perMm
  const sums = new Float64Array(width + 1)
  for (let x = 0; x < width; x++) {
    let column = 0
    for (const middle of middles) {
      const end = Math.min(height, Math.round(middle + half))
      for (let y = Math.max(0, Math.round(middle - half)); y < end; y++) column += pixels[y * width + x]!
    }
    sums[x + 1] = sums[x]! + column
  }
  const ink = (from: number, to: number) => {
    const place = (x: number) => Math.max(0, Math.min(width, Math.round(x)))
    return sums[place(to)]! - sums[place(from)]!
  }
  const usual = LETTER.pitch * perMm
  let best: { readonly score: number; readonly left: number; readonly pitch: number } | undefined
  for (let share = 0.955; share <= 1.045; share += 0.0025) {
    const pitch = usual * share
    for (let left = -0.3 * pitch; left + LETTERS * pitch < width + 0.6 * pitch; left += Math.max(1, 0.04 * pitch)) {
      let [inside, between] = [0, 0]
      for (let place = 0; place < LETTERS; place++) {
        const start = left + place * pitch
        inside += ink(start + 0.25 * pitch, start + 0.75 * pitch)
        between += ink(start - 0.1 * pitch, start + 0.1 * pitch)
      }
      between += ink(left + (LETTERS - 0.1) * pitch, left + (LETTERS + 0.1) * pitch)
      const beside =
        ink(left - 1.2 * pitch, left - 0.1 * pitch) +
        ink(left + (LETTERS + 0.1) * pitch, left + (LETTERS + 1.2) * pitch)
      const score = (inside - 2 * between - beside) / (pitch * perMm * LETTERS)
      if (score > (best?.score ?? 0)) best = { score, left, pitch }
    }
  }
  return best
}
