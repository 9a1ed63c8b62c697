import type { Grey } from '../picture.ts'
import { CELL, LETTER, templates } from './letters.ts'
import type { ZonePlace } from './place.ts'

/** How alike a cell is to each letter, −1 to 1, the likest first. */
export type Candidates = readonly { readonly letter: string; readonly score: number }[]

const SHIFTS_ACROSS = [-1, 0, 1]
const SHIFTS_DOWN = [-2, -1, 0, 1, 2]

/** The ninety letters of a zone, thirty a line. */
export function readCells(grey: Grey, place: ZonePlace): readonly (readonly Candidates[])[] {
  return place.middles.map((middle) => {
    const cells = Array.from({ length: 30 }, (_, index) => cutCell(grey, place, index, middle))
    return cells.map(compare)
  })
}

/** Darkness of one letter's place, 0 where paper is. */
function cutCell(grey: Grey, { left, pitch }: ZonePlace, index: number, middle: number): Float32Array {
  const scale = pitch / (LETTER.pitch * CELL.perMm)
  const centre = left + (index + 0.5) * pitch
  const cell = new Float32Array(CELL.width * CELL.height)
  const parts = scale > 1.4 ? 2 : 1
  for (let y = 0; y < CELL.height; y++) {
    for (let x = 0; x < CELL.width; x++) {
      let sum = 0
      for (let part = 0; part < parts * parts; part++) {
        const u = centre + (x + ((part % parts) + 0.5) / parts - CELL.width / 2) * scale
        const v = middle + (y + (Math.floor(part / parts) + 0.5) / parts - CELL.height / 2) * scale
        sum += sample(grey, u, v)
      }
      cell[y * CELL.width + x] = sum / (parts * parts)
    }
  }
  const sorted = cell.toSorted((a, b) => a - b)
  const paper = sorted[Math.floor(sorted.length * 0.8)]!
  for (let at = 0; at < cell.length; at++) cell[at] = Math.max(0, paper - cell[at]!)
  // What reaches in from the neighbours at the sides does not count.
  for (let y = 0; y < CELL.height; y++) {
    for (const [x, share] of [
      [0, 0.2],
      [1, 0.6],
      [CELL.width - 2, 0.6],
      [CELL.width - 1, 0.2],
    ] as const) {
      cell[y * CELL.width + x]! *= share
    }
  }
  return cell
}

function sample({ width, height, pixels }: Grey, u: number, v: number): number {
  const x = Math.max(0, Math.min(width - 1.001, u - 0.5))
  const y = Math.max(0, Math.min(height - 1.001, v - 0.5))
  const at = Math.floor(y) * width + Math.floor(x)
  const [fx, fy] = [x - Math.floor(x), y - Math.floor(y)]
  return (
    (pixels[at]! * (1 - fx) + pixels[at + 1]! * fx) * (1 - fy) +
    (pixels[at + width]! * (1 - fx) + pixels[at + width + 1]! * fx) * fy
  )
}

function compare(cell: Float32Array): Candidates {
  let [sum, columns, squares] = [0, 0, 0]
  for (let at = 0; at < cell.length; at++) {
    sum += cell[at]!
    squares += cell[at]! * cell[at]!
    columns += cell[at]! * (at % CELL.width)
  }
  const centre = sum > 0 ? columns / sum : CELL.width / 2
  const own = { pixels: cell, sum, squares }
  return templates
    .map((template) => {
      const middle = Math.max(-4, Math.min(4, Math.round(centre - template.centre)))
      let best = -1
      for (const across of SHIFTS_ACROSS) {
        for (const down of SHIFTS_DOWN) best = Math.max(best, likeness(own, template.pixels, middle + across, down))
      }
      return { letter: template.letter, score: best }
    })
    .toSorted((a, b) => b.score - a.score)
}

type Summed = { readonly pixels: Float32Array; readonly sum: number; readonly squares: number }

/** Correlation of a cell with a template moved by whole pixels; nothing is dark outside the template. */
function likeness({ pixels: cell, sum: a, squares: aa }: Summed, template: Float32Array, dx: number, dy: number) {
  const { width, height } = CELL
  const [left, right] = [Math.max(0, dx), Math.min(width, width + dx)]
  const [top, bottom] = [Math.max(0, dy), Math.min(height, height + dy)]
  let [b, bb, ab] = [0, 0, 0]
  for (let y = top; y < bottom; y++) {
    const own = y * width
    const other = (y - dy) * width - dx
    for (let x = left; x < right; x++) {
      const dark = template[other + x]!
      b += dark
      bb += dark * dark
      ab += cell[own + x]! * dark
    }
  }
  const n = width * height
  const under = (aa - (a * a) / n) * (bb - (b * b) / n)
  return under > 0 ? (ab - (a * b) / n) / Math.sqrt(under) : -1
}
