import { toGrey, factorTo, shrink, type Colours, type Grey } from './picture.ts'

const WORKING_SIDE = 1100
/** Half the side of the square whose mean a pixel is compared with, and how much darker ink is. */
const AROUND = 12
const INK_SHARE = 0.82
/** How much clearer the one answer must be than the other. */
const SURE = 1.7
const LEAST_LINES = 4

/**
 * Quarters clockwise by which a flat page must be turned so that its text stands upright: lines of text make rows, and
 * Vietnamese letters have most of their marks and stems above. Undefined when the text does not say so clearly.
 */
export function quartersToUpright(page: Colours): 0 | 1 | 2 | 3 | undefined {
  const ink = inkOf(toGrey(shrink(page, factorTo(WORKING_SIDE, page))))
  const [rows, columns] = [profile(ink, false), profile(ink, true)]
  const [across, down] = [unevenness(rows), unevenness(columns)]
  if (across > SURE * down) {
    const up = pointsUp(rows)
    return up === undefined ? undefined : up ? 0 : 2
  }
  if (down > SURE * across) {
    // Heads of letters on the left: the page lies turned to the left.
    const up = pointsUp(columns)
    return up === undefined ? undefined : up ? 1 : 3
  }
  return undefined
}

/** 1 where it is clearly darker than around. */
export function inkOf({ width, height, pixels }: Grey, around = AROUND, share = INK_SHARE): Grey {
  const sums = integral({ width, height, pixels })
  const ink = new Uint8Array(width * height)
  const stride = width + 1
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - around), Math.min(height, y + around + 1)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - around), Math.min(width, x + around + 1)]
      const sum =
        sums[bottom * stride + right]! -
        sums[top * stride + right]! -
        sums[bottom * stride + left]! +
        sums[top * stride + left]!
      if (pixels[y * width + x]! * (bottom - top) * (right - left) < sum * share) ink[y * width + x] = 1
    }
  }
  return { width, height, pixels: ink }
}

export function integral({ width, height, pixels }: Grey): Float64Array {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += pixels[y * width + x]!
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row
    }
  }
  return sums
}

/** Ink of each row, or of each column; the rim of the page is left out. */
function profile({ width, height, pixels }: Grey, columns: boolean): Float32Array {
  const [rimX, rimY] = [Math.round(width * 0.03), Math.round(height * 0.03)]
  const sums = new Float32Array(columns ? width : height)
  for (let y = rimY; y < height - rimY; y++) {
    for (let x = rimX; x < width - rimX; x++) sums[columns ? x : y]! += pixels[y * width + x]!
  }
  return sums
}

/** How sharply ink comes and goes from row to row. */
function unevenness(sums: Float32Array): number {
  let [steps, whole] = [0, 0]
  for (let at = 2; at < sums.length; at++) {
    steps += (sums[at]! - sums[at - 2]!) ** 2
    whole += sums[at]! ** 2
  }
  return whole === 0 ? 0 : (steps / whole) * Math.sqrt(whole)
}

/** Whether more ink lies before the dense middle of the lines than behind it. */
function pointsUp(sums: Float32Array): boolean | undefined {
  const strong = sums.toSorted((a, b) => a - b)[Math.floor(sums.length * 0.97)]!
  let [before, behind, lines] = [0, 0, 0]
  for (let at = 0; at < sums.length;) {
    if (sums[at]! < strong * 0.04) {
      at++
      continue
    }
    let end = at
    while (end < sums.length && sums[end]! >= strong * 0.04) end++
    const line = sums.subarray(at, end)
    const most = Math.max(...line)
    at = end
    if (most < strong * 0.3 || line.length < 5 || line.length > sums.length / 12) continue
    const first = line.findIndex((value) => value > most * 0.5)
    const last = line.findLastIndex((value) => value > most * 0.5)
    lines++
    before += line.subarray(0, first).reduce((sum, value) => sum + value, 0) / most
    behind += line.subarray(last + 1).reduce((sum, value) => sum + value, 0) / most
  }
  if (lines < LEAST_LINES) return undefined
  if (before > SURE * behind) return true
  if (behind > SURE * before) return false
  return undefined
}
