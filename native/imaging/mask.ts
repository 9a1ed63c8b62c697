import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

/** Pixels of an image that belong together: their indices, in the order they were found. */
export type Region = { readonly pixels: Int32Array }

/** Window in which skin must show ridges, in pixels to each side: 1 mm at 125 dpi. */
const REACH = 2
/** Deviations in grey levels: nothing under the first is skin; skin shows at least this share of the strongest. */
const LEAST_DEVIATION = 6
const STRONG_SHARE = 0.2
/** The strongest places: a single little finger covers three hundredths of the glass. */
const STRONG_PLACES = 0.99
/** An image whose strongest places are weaker than this shows no finger. */
const EMPTY_DEVIATION = 11

/** How much larger than other holes a dark one may be, and the grey below which it is dark: drowned or smeared skin. */
const DARK_HOLE = 12
const DARK_GREY = 185

/** 1 where ridges are, 0 elsewhere; undefined when there are none. For images of about 125 dpi. */
export function skinMask(image: GrayImage): Uint8Array | undefined {
  const deviation = localDeviation(image)
  const counts = new Uint32Array(256)
  for (const value of deviation) counts[value]!++
  const strong = percentile(counts, deviation.length, STRONG_PLACES)
  if (strong < EMPTY_DEVIATION) return undefined
  const limit = Math.max(LEAST_DEVIATION, STRONG_SHARE * strong)
  const mask = new Uint8Array(deviation.length)
  for (let at = 0; at < deviation.length; at++) mask[at] = deviation[at]! >= limit ? 1 : 0
  return mask
}

function percentile(counts: Uint32Array, total: number, share: number): number {
  let rest = total * (1 - share)
  for (let value = counts.length - 1; value > 0; value--) {
    rest -= counts[value]!
    if (rest <= 0) return value
  }
  return 0
}

/** Standard deviation of the grey levels around each pixel, from running sums of columns. */
function localDeviation({ width, height, pixels }: GrayImage): Uint8Array {
  const result = new Uint8Array(width * height)
  const side = 2 * REACH + 1
  const count = side * side
  if (width < side || height < side) return result
  const sums = new Int32Array(width)
  const squares = new Int32Array(width)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = pixels[y * width + x]!
      sums[x]! += value
      squares[x]! += value * value
      if (y >= side) {
        const old = pixels[(y - side) * width + x]!
        sums[x]! -= old
        squares[x]! -= old * old
      }
    }
    if (y < side - 1) continue
    let sum = 0
    let square = 0
    for (let x = 0; x < width; x++) {
      sum += sums[x]!
      square += squares[x]!
      if (x >= side) {
        sum -= sums[x - side]!
        square -= squares[x - side]!
      }
      if (x < side - 1) continue
      result[(y - REACH) * width + x - REACH] = Math.sqrt((square - (sum * sum) / count) / count)
    }
  }
  return result
}

/** Fills enclosed empty places of a mask: those of at most `most` pixels, and up to twelve times as large dark ones. */
export function fillHoles(mask: Uint8Array, { width, height, pixels }: GrayImage, most: number): void {
  for (const hole of regions(
    mask.map((value) => 1 - value),
    width,
    1,
  )) {
    const size = hole.pixels.length
    if (size > most * DARK_HOLE || hole.pixels.some((at) => isEdge(at, width, height))) continue
    const grey = size > most ? hole.pixels.reduce((sum, at) => sum + pixels[at]!, 0) / size : 0
    if (grey < DARK_GREY) for (const at of hole.pixels) mask[at] = 1
  }
}

function isEdge(at: number, width: number, height: number): boolean {
  const x = at % width
  return x === 0 || x === width - 1 || at < width || at >= width * (height - 1)
}

/** The connected regions of a mask (four neighbours) with at least so many pixels. */
export function regions(mask: Uint8Array, width: number, least: number): Region[] {
  const seen = mask.slice()
  const stack = new Int32Array(mask.length)
  const found: Region[] = []
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 0) continue
    let length = 0
    let end = 0
    stack[end++] = start
    seen[start] = 0
    while (length < end) {
      const at = stack[length++]!
      const x = at % width
      if (x > 0 && seen[at - 1] === 1) seen[(stack[end++] = at - 1)] = 0
      if (x < width - 1 && seen[at + 1] === 1) seen[(stack[end++] = at + 1)] = 0
      if (at >= width && seen[at - width] === 1) seen[(stack[end++] = at - width)] = 0
      if (at + width < seen.length && seen[at + width] === 1) seen[(stack[end++] = at + width)] = 0
    }
    if (end >= least) found.push({ pixels: stack.slice(0, end) })
  }
  return found
}
