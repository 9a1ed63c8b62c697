import type { Drawing } from '../people/portrait.ts'
import type { Font } from './font.ts'
import { ocrB, type Stroke } from './ocr-b.ts'

export type Colour = readonly [number, number, number]

/** A flat thing to be photographed, drawn in millimetres. */
export type Sheet = Drawing & {
  readonly pixelsPerMm: number
  fill(box: { x: number; y: number; width: number; height: number }, colour: Colour): void
  /** One line of text, its base at `y`; `size` is the em in millimetres. The width that was written. */
  write(text: string, at: { x: number; y: number; size: number }, font: Font, colour: Colour): number
  /** A line of a machine-readable zone: OCR-B as ICAO 9303-3 prints it, 2.54 mm a letter, `stroke` millimetres thick. */
  writeZone(text: string, at: { x: number; y: number; stroke?: number }, colour: Colour): void
  /** `size` in millimetres. */
  paste(other: Drawing, at: { x: number; y: number; size: number }): void
}

const PITCH = 2.54
/** Millimetres of a stroke of OCR-B (ISO 1073-2). */
const STROKE = 0.35

export function blankSheet(widthMm: number, heightMm: number, pixelsPerMm: number, colour: Colour): Sheet {
  const width = Math.round(widthMm * pixelsPerMm)
  const height = Math.round(heightMm * pixelsPerMm)
  const data = new Uint8Array(width * height * 4).fill(255)

  function mix(x: number, y: number, share: number, [red, green, blue]: Colour) {
    if (x < 0 || y < 0 || x >= width || y >= height || share <= 0) return
    const at = (y * width + x) * 4
    data[at]! += (red - data[at]!) * share
    data[at + 1]! += (green - data[at + 1]!) * share
    data[at + 2]! += (blue - data[at + 2]!) * share
  }

  function fill(box: { x: number; y: number; width: number; height: number }, ink: Colour) {
    const [left, top] = [Math.round(box.x * pixelsPerMm), Math.round(box.y * pixelsPerMm)]
    const [right, bottom] = [left + Math.round(box.width * pixelsPerMm), top + Math.round(box.height * pixelsPerMm)]
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) mix(x, y, 1, ink)
  }

  fill({ x: 0, y: 0, width: widthMm, height: heightMm }, colour)
  return {
    width,
    height,
    data,
    pixelsPerMm,
    fill,
    write(text, at, font, ink) {
      const size = at.size * pixelsPerMm
      let pen = at.x * pixelsPerMm
      for (const letter of text.normalize('NFC')) {
        const glyph = font.glyph(letter)
        if (!glyph) throw new RangeError('the font lacks a letter')
        const edges = glyph.contours.flatMap((contour) => flatten(contour, pen, at.y * pixelsPerMm, size))
        cover(edges, (x, y, share) => mix(x, y, share, ink))
        pen += glyph.advance * size
      }
      return pen / pixelsPerMm - at.x
    },
    writeZone(text, at, ink) {
      for (const [place, letter] of [...text].entries()) {
        const strokes = ocrB[letter]
        if (!strokes) throw new RangeError('not a letter of the zone')
        const left = (at.x + place * PITCH) * pixelsPerMm
        draw(
          strokes,
          { left, base: at.y * pixelsPerMm, scale: pixelsPerMm, stroke: at.stroke ?? STROKE },
          (x, y, share) => mix(x, y, share, ink),
        )
      }
    },
    paste(other, at) {
      const side = Math.round(at.size * pixelsPerMm)
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
          const from = Math.floor((y * other.height) / side) * other.width + Math.floor((x * other.width) / side)
          const ink = [other.data[from * 4]!, other.data[from * 4 + 1]!, other.data[from * 4 + 2]!] as const
          mix(Math.round(at.x * pixelsPerMm) + x, Math.round(at.y * pixelsPerMm) + y, 1, ink)
        }
      }
    },
  }
}

type Paint = (x: number, y: number, share: number) => void
type Edge = readonly [number, number, number, number]

/** Straight edges of a bent outline, in pixels, y downwards. */
function flatten(contour: readonly { x: number; y: number; on: boolean }[], left: number, base: number, size: number) {
  const points = contour.map(({ x, y, on }) => ({ x: left + x * size, y: base - y * size, on }))
  const whole = points.flatMap((point, index) => {
    const next = points[(index + 1) % points.length]!
    if (point.on || next.on) return [point]
    return [point, { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, on: true }]
  })
  const start = whole.findIndex(({ on }) => on)
  const ring = [...whole.slice(start), ...whole.slice(0, start + 1)]
  const edges: Edge[] = []
  let from = ring[0]!
  for (let at = 1; at < ring.length; at++) {
    const point = ring[at]!
    if (point.on) {
      edges.push([from.x, from.y, point.x, point.y])
      from = point
      continue
    }
    const to = ring[at + 1] ?? ring[0]!
    let [x, y] = [from.x, from.y]
    for (let step = 1; step <= 5; step++) {
      const t = step / 5
      const nextX = (1 - t) ** 2 * from.x + 2 * t * (1 - t) * point.x + t * t * to.x
      const nextY = (1 - t) ** 2 * from.y + 2 * t * (1 - t) * point.y + t * t * to.y
      edges.push([x, y, nextX, nextY])
      ;[x, y] = [nextX, nextY]
    }
    from = to
    at++
  }
  return edges
}

/** Lines across each row of pixels, four a row; what lies between crossings of unequal winding is ink. */
function cover(edges: readonly Edge[], paint: Paint) {
  if (edges.length === 0) return
  const parts = 4
  const top = Math.floor(Math.min(...edges.map(([, y1, , y2]) => Math.min(y1, y2))))
  const bottom = Math.ceil(Math.max(...edges.map(([, y1, , y2]) => Math.max(y1, y2))))
  const left = Math.floor(Math.min(...edges.map(([x1, , x2]) => Math.min(x1, x2))))
  const right = Math.ceil(Math.max(...edges.map(([x1, , x2]) => Math.max(x1, x2)))) + 1
  const row = new Float64Array(right - left + 1)
  for (let y = top; y < bottom; y++) {
    row.fill(0)
    for (let part = 0; part < parts; part++) {
      const line = y + (part + 0.5) / parts
      const crossings = edges
        .filter(([, y1, , y2]) => (y1 <= line && y2 > line) || (y2 <= line && y1 > line))
        .map(([x1, y1, x2, y2]) => ({ x: x1 + ((line - y1) / (y2 - y1)) * (x2 - x1), turn: y2 > y1 ? 1 : -1 }))
        .sort((a, b) => a.x - b.x)
      let winding = 0
      for (const [index, { x, turn }] of crossings.entries()) {
        winding += turn
        const next = crossings[index + 1]
        if (winding === 0 || !next) continue
        for (let column = Math.floor(x); column < next.x; column++) {
          row[column - left]! += Math.min(next.x, column + 1) - Math.max(x, column)
        }
      }
    }
    for (let x = left; x < right; x++) paint(x, y, Math.min(1, row[x - left]! / parts))
  }
}

/** Strokes of even thickness with round ends. */
function draw(
  strokes: readonly Stroke[],
  { left, base, scale, stroke: thick }: { left: number; base: number; scale: number; stroke: number },
  paint: Paint,
) {
  const half = (thick / 2) * scale
  const edges = strokes.flatMap((stroke) =>
    stroke.slice(1).map(([x, y], index) => {
      const [fromX, fromY] = stroke[index]!
      return [left + fromX * scale, base - fromY * scale, left + x * scale, base - y * scale] as const
    }),
  )
  for (let y = Math.floor(base - 2.9 * scale); y < base + 0.5 * scale; y++) {
    for (let x = Math.floor(left - 0.3 * scale); x < left + 2.4 * scale; x++) {
      let nearest = Infinity
      for (const [x1, y1, x2, y2] of edges) {
        const [dx, dy] = [x2 - x1, y2 - y1]
        const along = Math.max(0, Math.min(1, ((x + 0.5 - x1) * dx + (y + 0.5 - y1) * dy) / (dx * dx + dy * dy || 1)))
        const distance = Math.hypot(x + 0.5 - x1 - along * dx, y + 0.5 - y1 - along * dy)
        if (distance < nearest) nearest = distance
      }
      paint(x, y, Math.max(0, Math.min(1, half + 0.5 - nearest)))
    }
  }
}
