import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { BLOCK, smooth, type RidgeField } from './blocks.ts'
import { ridgePeriods } from './period.ts'

/** Window in which contrast is levelled, in pixels to each side: a good two ridges in all. */
const LEVEL_REACH = 10
/** Deviation in grey levels: skin shows at least the first, and at least this share of the strongest blocks. */
const LEAST_DEVIATION = 7
const STRONG_SHARE = 0.22
const STRONG_BLOCKS = 0.9
/** Orientation is averaged over so many blocks (standard deviation of the Gaussian). */
const SMOOTH = 1.35
/** Levelled grey from which a pixel is ink, and how many of them (an eighth) a block of skin has at least. */
const INK = 0.3
const LEAST_INK = 8
/** Below this certainty a block tells no direction: smudges, dust, letters. */
const LEAST_COHERENCE = 0.18

/** Directions, periods and skin of a finger at about 500 dpi (Hong, Wan and Jain 1998, with a structure tensor). */
export function ridgeField(image: GrayImage): RidgeField {
  const { width, height } = image
  const columns = Math.floor(width / BLOCK)
  const rows = Math.floor(height / BLOCK)
  const { ridge, spread } = level(image)
  const { xx, yy, xy } = tensor(image, columns, rows)
  const deviation = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const centre = (row * BLOCK + BLOCK / 2) * width + column * BLOCK + BLOCK / 2
      deviation[row * columns + column] = spread[centre]!
    }
  }
  for (const part of [xx, yy, xy]) smooth(part, columns, rows, SMOOTH)
  const cos2 = new Float32Array(columns * rows)
  const sin2 = new Float32Array(columns * rows)
  for (let at = 0; at < cos2.length; at++) {
    const energy = xx[at]! + yy[at]!
    if (energy === 0) continue
    // Across the ridges the grey changes most; along them is a quarter turn on, half a turn of the doubled angle.
    cos2[at] = (yy[at]! - xx[at]!) / energy
    sin2[at] = (-2 * xy[at]!) / energy
  }
  const skin = findSkin({ ink: countInk(ridge, width, columns, rows), deviation, cos2, sin2, columns, rows })
  const bare = { width, height, ridge, columns, rows, skin, cos2, sin2, deviation }
  return { ...bare, period: ridgePeriods(bare) }
}

/** Levels mean and contrast; ridges come out positive. `spread` is the local standard deviation. */
function level({ width, height, pixels }: GrayImage): { ridge: Float32Array; spread: Float32Array } {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  const squares = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let sum = 0
    let square = 0
    for (let x = 0; x < width; x++) {
      const value = pixels[y * width + x]!
      sum += value
      square += value * value
      const at = (y + 1) * stride + x + 1
      sums[at] = sums[at - stride]! + sum
      squares[at] = squares[at - stride]! + square
    }
  }
  const ridge = new Float32Array(width * height)
  const spread = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - LEVEL_REACH) * stride
    const bottom = Math.min(height, y + LEVEL_REACH + 1) * stride
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - LEVEL_REACH)
      const right = Math.min(width, x + LEVEL_REACH + 1)
      const count = ((bottom - top) / stride) * (right - left)
      const mean = (sums[bottom + right]! - sums[bottom + left]! - sums[top + right]! + sums[top + left]!) / count
      const square =
        (squares[bottom + right]! - squares[bottom + left]! - squares[top + right]! + squares[top + left]!) / count
      const deviation = Math.sqrt(Math.max(0, square - mean * mean))
      const at = y * width + x
      spread[at] = deviation
      ridge[at] = (mean - pixels[at]!) / (deviation + 4)
    }
  }
  return { ridge, spread }
}

/** Sums of the products of the slopes (Sobel) in each block. */
function tensor({ width, height, pixels }: GrayImage, columns: number, rows: number) {
  const xx = new Float32Array(columns * rows)
  const yy = new Float32Array(columns * rows)
  const xy = new Float32Array(columns * rows)
  for (let y = 1; y < Math.min(height - 1, rows * BLOCK); y++) {
    const row = Math.floor(y / BLOCK) * columns
    for (let x = 1; x < Math.min(width - 1, columns * BLOCK); x++) {
      const at = y * width + x
      const a = pixels[at - width - 1]!
      const c = pixels[at - width + 1]!
      const g = pixels[at + width - 1]!
      const i = pixels[at + width + 1]!
      const gx = c - a + 2 * (pixels[at + 1]! - pixels[at - 1]!) + i - g
      const gy = g - a + 2 * (pixels[at + width]! - pixels[at - width]!) + i - c
      const block = row + Math.floor(x / BLOCK)
      xx[block]! += gx * gx
      yy[block]! += gy * gy
      xy[block]! += gx * gy
    }
  }
  return { xx, yy, xy }
}

/** Dark pixels in each block: paper beside skin has contrast in its window, but no ink. */
function countInk(ridge: Float32Array, width: number, columns: number, rows: number): Uint8Array {
  const ink = new Uint8Array(columns * rows)
  for (let y = 0; y < rows * BLOCK; y++) {
    const row = Math.floor(y / BLOCK) * columns
    for (let x = 0; x < columns * BLOCK; x++) if (ridge[y * width + x]! > INK) ink[row + Math.floor(x / BLOCK)]!++
  }
  return ink
}

/** The largest connected patch of blocks with contrast and a direction, its small holes filled. */
function findSkin({
  ink,
  deviation,
  cos2,
  sin2,
  columns,
  rows,
}: Pick<RidgeField, 'deviation' | 'cos2' | 'sin2' | 'columns' | 'rows'> & { readonly ink: Uint8Array }): Uint8Array {
  const strong = deviation.toSorted()[Math.floor(deviation.length * STRONG_BLOCKS)] ?? 0
  const limit = Math.max(LEAST_DEVIATION, STRONG_SHARE * strong)
  const bare = new Uint8Array(columns * rows)
  for (let at = 0; at < bare.length; at++) {
    const directed = Math.hypot(cos2[at]!, sin2[at]!) >= LEAST_COHERENCE
    bare[at] = directed && deviation[at]! >= limit && ink[at]! >= LEAST_INK ? 1 : 0
  }
  // Most of the nine blocks around decide.
  const voted = new Uint8Array(bare.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let votes = 0
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
          votes += bare[y * columns + x]!
      }
      voted[row * columns + column] = votes >= 5 ? 1 : 0
    }
  }
  return largestPatch(voted, columns)
}

function largestPatch(mask: Uint8Array, columns: number): Uint8Array {
  const label = new Int32Array(mask.length)
  const sizes = [0]
  const stack: number[] = []
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || label[start] !== 0) continue
    const own = sizes.length
    let size = 0
    stack.push(start)
    label[start] = own
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      size++
      const column = at % columns
      for (const near of [column > 0 ? at - 1 : -1, column < columns - 1 ? at + 1 : -1, at - columns, at + columns]) {
        if (mask[near] === 1 && label[near] === 0) {
          label[near] = own
          stack.push(near)
        }
      }
    }
    sizes.push(size)
  }
  const largest = sizes.indexOf(Math.max(...sizes))
  return mask.map((_, at) => (largest > 0 && label[at] === largest ? 1 : 0))
}
