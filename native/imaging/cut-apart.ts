import { regions, type Region } from './mask.ts'

/** Pixels worn away from one try to the next. */
const STRIDE = 2
/** What is left of a part when it comes off is at least one of so many shares of what it must grow to. */
const LEAST_CORE = 16

/**
 * A region cut where it is narrow: it is worn away until it falls into parts, and each part grows back to what it had.
 * A region that stays whole comes back alone, and so does one of which a part would be smaller than `least` pixels.
 */
export function cutApart(region: Region, width: number, least: number, most: number): Region[] {
  const patch = patchOf(region, width)
  const depth = depths(patch.mask, patch.width)
  const core = new Uint8Array(depth.length)
  for (let worn = STRIDE; worn <= most; worn += STRIDE) {
    for (let at = 0; at < core.length; at++) core[at] = depth[at]! > worn ? 1 : 0
    const parts = regions(core, patch.width, least / LEAST_CORE)
    if (parts.length === 0) break
    if (parts.length === 1) continue
    const grown = grownBack(parts, patch.mask, patch.width)
    if (grown.some((part) => part.pixels.length < least)) break
    return grown.map(({ pixels }) => ({ pixels: pixels.map((at) => patch.toWhole(at)) }))
  }
  return [region]
}

/** Half the thickness of a region in pixels: the radius of the largest circle in it, nearly. */
export function deepest(region: Region, width: number): number {
  const patch = patchOf(region, width)
  return depths(patch.mask, patch.width).reduce((most, depth) => Math.max(most, depth), 0)
}

/** The region alone in the smallest mask that has an empty pixel all round. */
function patchOf(region: Region, width: number) {
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0]
  for (const at of region.pixels) {
    const x = at % width
    const y = (at - x) / width
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const side = right - left + 3
  const mask = new Uint8Array(side * (bottom - top + 3))
  for (const at of region.pixels) {
    const x = at % width
    mask[((at - x) / width - top + 1) * side + x - left + 1] = 1
  }
  const toWhole = (at: number) => (Math.floor(at / side) + top - 1) * width + (at % side) + left - 1
  return { mask, width: side, toWhole }
}

/** How many steps each pixel is away from the edge (chamfer: an octagon is round enough). */
function depths(mask: Uint8Array, width: number): Uint16Array {
  const twice = new Uint16Array(mask.length)
  const near = (at: number, a: number, b: number, c: number, d: number) =>
    Math.min(twice[at]!, twice[a]! + 2, twice[b]! + 2, twice[c]! + 3, twice[d]! + 3)
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue
    twice[at] = 1000
    twice[at] = near(at, at - 1, at - width, at - width - 1, at - width + 1)
  }
  for (let at = mask.length - 1; at >= 0; at--) {
    if (mask[at] === 1) twice[at] = near(at, at + 1, at + width, at + width + 1, at + width - 1)
  }
  return twice.map((value) => value >> 1)
}

/** All parts spread at the same speed over what is left of the whole. */
function grownBack(parts: readonly Region[], whole: Uint8Array, width: number): Region[] {
  const free = whole.slice()
  const owner = new Int8Array(whole.length)
  const queue = new Int32Array(whole.length)
  let end = 0
  parts.forEach((part, index) => {
    for (const at of part.pixels) {
      free[at] = 0
      owner[at] = index
      queue[end++] = at
    }
  })
  const take = (at: number, index: number) => {
    if (free[at] !== 1) return
    free[at] = 0
    owner[at] = index
    queue[end++] = at
  }
  for (let next = 0; next < end; next++) {
    const at = queue[next]!
    const index = owner[at]!
    take(at - 1, index)
    take(at + 1, index)
    take(at - width, index)
    take(at + width, index)
  }
  const taken = queue.subarray(0, end)
  return parts.map((_, index) => ({ pixels: taken.filter((at) => owner[at] === index) }))
}
