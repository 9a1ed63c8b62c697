import type { Region } from './mask.ts'

/** A region as a turned box. Lengths in pixels, `angle` in degrees clockwise from upright. */
export type Shape = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly angle: number
  readonly pixels: number
  /** The upright rectangle that holds the region. */
  readonly bounds: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
}

/** Steps to a pixel in which the ends of a box are found. */
const FINE = 4
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
  const { pixels } = region
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const at of pixels) {
    const x = at % width
    const y = (at - x) / width
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  const corners = [left, right + 1].flatMap((x) => [top, bottom + 1].map((y) => [x * cos + y * sin, y * cos - x * sin]))
  const leastU = Math.floor(Math.min(...corners.map(([u]) => u!)) * FINE)
  const leastV = Math.floor(Math.min(...corners.map(([, v]) => v!)) * FINE)
  const across = new Uint32Array(Math.ceil(Math.max(...corners.map(([u]) => u!)) * FINE) - leastU + 1)
  const along = new Uint32Array(Math.ceil(Math.max(...corners.map(([, v]) => v!)) * FINE) - leastV + 1)
  for (const at of pixels) {
    const x = (at % width) + 0.5
    const y = (at - (at % width)) / width + 0.5
    across[Math.floor((x * cos + y * sin) * FINE) - leastU]!++
    along[Math.floor((y * cos - x * sin) * FINE) - leastV]!++
  }
  const cut = Math.floor(pixels.length * TRIM)
  const [u0, u1] = ends(across, cut).map((end) => (end + leastU) / FINE) as [number, number]
  const [v0, v1] = ends(along, cut).map((end) => (end + leastV) / FINE) as [number, number]
  const u = (u0 + u1) / 2
  const v = (v0 + v1) / 2
  return {
    x: u * cos - v * sin,
    y: u * sin + v * cos,
    width: u1 - u0 + 1,
    height: v1 - v0 + 1,
    angle,
    pixels: pixels.length,
    bounds: { left, right, top, bottom },
  }
}

/** Where the counted values begin and end, `cut` of them left out on each side. */
function ends(counts: Uint32Array, cut: number): [number, number] {
  let from = 0
  for (let seen = counts[0]!; seen <= cut && from < counts.length - 1; seen += counts[++from]!);
  let to = counts.length - 1
  for (let seen = counts[to]!; seen <= cut && to > from; seen += counts[--to]!);
  return [from + 0.5, to + 0.5]
}
