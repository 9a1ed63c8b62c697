import type { Region } from './mask.ts'

/** A region as a turned box. Lengths in pixels, `angle` in degrees clockwise from upright. */
export type Shape = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly angle: number
  readonly pixels: number
}

/** Share of the pixels on each side that may stick out of the box. */
const TRIM = 0.004

/** The angle of a region's long axis, degrees clockwise from upright, between −90 and 90; and how long it is for its width. */
export function longAxis(region: Region, width: number): { angle: number; stretch: number } {
  let sumX = 0
  let sumY = 0
  for (const at of region.pixels) {
    sumX += at % width
    sumY += Math.floor(at / width)
  }
  const count = region.pixels.length
  const meanX = sumX / count
  const meanY = sumY / count
  let xx = 0
  let yy = 0
  let xy = 0
  for (const at of region.pixels) {
    const dx = (at % width) - meanX
    const dy = Math.floor(at / width) - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  // Upright is the y axis, which runs down: a finger that leans to the right has its tip at +x, −y.
  const angle = (Math.atan2(-2 * xy, yy - xx) / 2) * (180 / Math.PI)
  const root = Math.hypot(xx - yy, 2 * xy)
  return { angle, stretch: Math.sqrt((xx + yy + root) / Math.max(1, xx + yy - root)) }
}

/** The box of that angle around a region. */
export function boxAround(region: Region, width: number, angle: number): Shape {
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const across = new Float32Array(region.pixels.length)
  const along = new Float32Array(region.pixels.length)
  region.pixels.forEach((at, index) => {
    const x = (at % width) + 0.5
    const y = Math.floor(at / width) + 0.5
    across[index] = x * cos + y * sin
    along[index] = y * cos - x * sin
  })
  across.sort()
  along.sort()
  const cut = Math.floor(region.pixels.length * TRIM)
  const [left, right] = [across[cut]! - 0.5, across.at(-1 - cut)! + 0.5]
  const [top, bottom] = [along[cut]! - 0.5, along.at(-1 - cut)! + 0.5]
  const u = (left + right) / 2
  const v = (top + bottom) / 2
  return {
    x: u * cos - v * sin,
    y: u * sin + v * cos,
    width: right - left,
    height: bottom - top,
    angle,
    pixels: region.pixels.length,
  }
}
