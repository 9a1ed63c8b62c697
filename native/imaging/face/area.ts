import type { Box, Point } from '#native/capability/picture.ts'
import type { HeadView } from './view.ts'

/** Indexes of the pixels of a view within a circle. */
export function disc({ image }: HeadView, centre: Point, radius: number): number[] {
  return pixelsIn(image, square(centre, radius), (x, y) => (x - centre.x) ** 2 + (y - centre.y) ** 2 <= radius ** 2)
}

export function square({ x, y }: Point, radius: number): Box {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }
}

/** Indexes of the pixels of a box that `wanted` says yes to. */
export function pixelsIn(
  { width, height }: { readonly width: number; readonly height: number },
  box: Box,
  wanted: (x: number, y: number) => boolean = () => true,
): number[] {
  const found: number[] = []
  const bottom = Math.min(height, Math.ceil(box.y + box.height))
  const right = Math.min(width, Math.ceil(box.x + box.width))
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x++) if (wanted(x, y)) found.push(y * width + x)
  }
  return found
}

/** Whether a point lies in a polygon (even-odd rule). */
export function within(polygon: readonly Point[], x: number, y: number): boolean {
  let inside = false
  for (let at = 0, before = polygon.length - 1; at < polygon.length; before = at++) {
    const one = polygon[at]!
    const other = polygon[before]!
    if (one.y > y === other.y > y) continue
    if (x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x) inside = !inside
  }
  return inside
}

/** The value below which a share (0–1) of the values lie; NaN of none. */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float32Array.from(values).toSorted()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
