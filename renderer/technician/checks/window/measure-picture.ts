/** RGBA, 4 bytes a pixel, rows from the top. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: ArrayLike<number> }

/** Levels 0–255, one a pixel (Rec. 601). */
export function lumaOf({ data }: Pixels): Uint8Array {
  const luma = new Uint8Array(Math.floor(data.length / 4))
  for (let at = 0, from = 0; at < luma.length; at++, from += 4)
    luma[at] = Math.round(0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!)
  return luma
}

export type Edges = { readonly edgesSeen: number; readonly edgePixels?: number }

/** Levels: an edge rises by this much within its reach, and by this much from one pixel to the next. */
const leastRise = 40
const leastStep = 6
/** Pixels on both sides of the steepest place. */
const reach = 8
const leastEdges = 40

/**
 * How many pixels an edge takes from dark to light: the middle one of all edges, along rows and along columns, the worse
 * of the two, so that a blur of motion counts. The size of the picture is part of the figure.
 */
export function edgesOf(picture: Pixels): Edges {
  const luma = lumaOf(picture)
  const { width, height } = picture
  const ways = [
    widths(luma, { lines: height, along: width, next: 1, line: width }),
    widths(luma, { lines: width, along: height, next: width, line: 1 }),
  ]
  const told = ways.filter((each) => each.length >= leastEdges)
  const edgesSeen = ways.reduce((sum, each) => sum + each.length, 0)
  if (told.length === 0) return { edgesSeen }
  return { edgesSeen, edgePixels: Math.max(...told.map((each) => each.toSorted((a, b) => a - b)[each.length >> 1]!)) }
}

type Way = { readonly lines: number; readonly along: number; readonly next: number; readonly line: number }

function widths(luma: Uint8Array, { lines, along, next, line }: Way): number[] {
  const found: number[] = []
  const levels = new Float32Array(along)
  for (let row = 1; row < lines - 1; row += 2) {
    // Three lines as one: an edge goes on over them, noise does not.
    for (let at = 0; at < along; at++) {
      const here = row * line + at * next
      levels[at] = (luma[here - line]! + luma[here]! + luma[here + line]!) / 3
    }
    for (let at = reach; at < along - reach - 1; at++) {
      const step = Math.abs(levels[at + 1]! - levels[at]!)
      if (step < leastStep) continue
      if (step < Math.abs(levels[at]! - levels[at - 1]!) || step <= Math.abs(levels[at + 2]! - levels[at + 1]!))
        continue
      const near = levels.subarray(at - reach + 1, at + reach + 1)
      const rise = Math.max(...near) - Math.min(...near)
      if (rise >= leastRise) found.push(rise / step)
    }
  }
  return found
}

/** A covered lens, or a frame in which nothing arrived. */
export function isBlack(picture: Pixels): boolean {
  const luma = lumaOf(picture).toSorted()
  return luma[Math.floor(luma.length * 0.95)]! < 28
}

/** A number that differs when any pixel does (FNV-1a). */
export function printOf({ data }: Pixels): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < data.length; at++) hash = Math.imul(hash ^ data[at]!, 0x01000193)
  return hash >>> 0
}

export type Sheet =
  | { readonly sheetSeen: 0 }
  | {
      readonly sheetSeen: 1
      readonly sheetLevel: number
      readonly sheetClippedShare: number
      readonly sheetCast: number
      /** Absent when the sheet does not reach into the corners. */
      readonly sheetUnevenShare?: number
    }

/** Levels over six pixels of a picture of about 160: the rim of the sheet, or what lies on it. */
const rim = 34

/** Of a small picture (about 160 × 120, smoothly shrunk) of a white sheet that fills at least its middle. */
export function sheetOf(picture: Pixels): Sheet {
  const luma = lumaOf(picture)
  const { width, height } = picture
  const middle = { left: 0.25 * width, right: 0.75 * width, top: 0.25 * height, bottom: 0.75 * height }
  const whole = { left: 0, right: width, top: 0, bottom: height }
  if (rimsIn(picture, luma, middle) > 0.02) return { sheetSeen: 0 }
  const { red, green, blue, level, clipped } = meanIn(picture, luma, middle)
  const fills = rimsIn(picture, luma, whole) < 0.004
  return {
    sheetSeen: 1,
    sheetLevel: level,
    sheetClippedShare: clipped,
    sheetCast: castOf(red, green, blue),
    ...(fills && { sheetUnevenShare: unevenness(picture, luma) }),
  }
}

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** Share of places of a box at which the level jumps. */
function rimsIn({ width, height }: Pixels, luma: Uint8Array, box: Box): number {
  let [rims, places] = [0, 0]
  for (let y = Math.max(3, Math.ceil(box.top)); y < Math.min(height - 3, box.bottom); y++) {
    for (let x = Math.max(3, Math.ceil(box.left)); x < Math.min(width - 3, box.right); x++) {
      const at = y * width + x
      places++
      const across = Math.abs(luma[at + 3]! - luma[at - 3]!)
      const down = Math.abs(luma[at + 3 * width]! - luma[at - 3 * width]!)
      if (Math.max(across, down) > rim) rims++
    }
  }
  return places === 0 ? 0 : rims / places
}

function meanIn({ width, data }: Pixels, luma: Uint8Array, box: Box) {
  const sum = { red: 0, green: 0, blue: 0, level: 0, clipped: 0 }
  let count = 0
  for (let y = Math.ceil(box.top); y < box.bottom; y++) {
    for (let x = Math.ceil(box.left); x < box.right; x++) {
      const at = y * width + x
      const [red, green, blue] = [data[4 * at]!, data[4 * at + 1]!, data[4 * at + 2]!]
      sum.red += red
      sum.green += green
      sum.blue += blue
      sum.level += luma[at]!
      if (Math.min(red, green, blue) >= 250) sum.clipped++
      count++
    }
  }
  const { red, green, blue, level, clipped } = sum
  return { red: red / count, green: green / count, blue: blue / count, level: level / count, clipped: clipped / count }
}

function unevenness(picture: Pixels, luma: Uint8Array): number {
  const { width, height } = picture
  const part = (left: number, top: number) => {
    const box = { left: left * width, right: (left + 0.15) * width, top: top * height, bottom: (top + 0.15) * height }
    return meanIn(picture, luma, box).level
  }
  const parts = [part(0, 0), part(0.85, 0), part(0, 0.85), part(0.85, 0.85), part(0.425, 0.425)]
  const most = Math.max(...parts)
  return most === 0 ? 0 : 1 - Math.min(...parts) / most
}

/** Chroma in CIELAB (D65) of a mean colour (sRGB, 0–255), as it would be at the level of a well lit sheet. */
function castOf(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue)
  if (most < 1) return 0
  const linear = (level: number) => {
    const value = Math.min(1, (level * 200) / (most * 255))
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const bent = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
  const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return Math.hypot(500 * (x - y), 200 * (y - z))
}
