import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

const SIDE = 96
const REACH = 26
const EVERY = 3

/**
 * How well the square of one picture around a point is found again in another near a point: the best correlation of
 * their greys, 1 for the same ridges, about 0.3 for other ones that happen to run the same way.
 */
export function sameRidges(
  one: GrayImage,
  at: { readonly x: number; readonly y: number },
  other: GrayImage,
  near: { readonly x: number; readonly y: number },
): number {
  let best = -1
  const square = greys(one, at)
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) {
      best = Math.max(best, correlation(square, greys(other, { x: near.x + dx, y: near.y + dy })))
    }
  }
  return best
}

function greys({ width, pixels }: GrayImage, centre: { readonly x: number; readonly y: number }): Float32Array {
  const values = new Float32Array((SIDE / EVERY) ** 2)
  const [left, top] = [Math.round(centre.x) - SIDE / 2, Math.round(centre.y) - SIDE / 2]
  let sum = 0
  let to = 0
  for (let y = 0; y < SIDE; y += EVERY) {
    for (let x = 0; x < SIDE; x += EVERY) sum += values[to++] = pixels[(top + y) * width + left + x]!
  }
  const mean = sum / values.length
  let length = 0
  for (const value of values) length += (value - mean) ** 2
  return values.map((value) => (value - mean) / Math.sqrt(length))
}

function correlation(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!
  return sum
}

export function centreOf({ width, height }: GrayImage) {
  return { x: width / 2, y: height / 2 }
}
