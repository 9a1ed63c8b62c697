import type { Region } from './mask.ts'
import { boxAround } from './shape.ts'

/** Lengths in millimetres. A flat fingertip from its top to the crease of the last joint. */
const TIP = { least: 15, most: 31 }
/** A region longer than this goes on beyond the crease. */
const WHOLE = 30
/** What lies in line below a fingertip, this far from its centre, is the next part of the same finger. */
const BELOW = { least: 14, most: 75 }
/** Pieces of one fingertip together are no longer than a fingertip. */
const PIECES = 27

type OwnAngle = (region: Region) => number

/** Cuts regions that go on beyond the last joint at its crease, and leaves out those that lie below a fingertip. */
export function fingertips(found: readonly Region[], width: number, mm: number, own: OwnAngle): Region[] {
  const cut = found.flatMap((region) => cutAtCrease(region, width, mm, own(region)))
  const shapes = cut.map((region) => boxAround(region, width, own(region)))
  return cut.filter((_, index) => {
    const shape = shapes[index]!
    return !shapes.some((tip, other) => {
      if (other === index || tip.width < 7 * mm || tip.height < 9 * mm) return false
      const { across, along } = offset(tip, shape, tip.angle)
      const inLine = Math.abs(across) < 4 * mm + 0.12 * along
      // The next part of a finger is no larger than its tip.
      const slim = shape.width < 1.3 * tip.width + 3 * mm && shape.pixels < 1.3 * tip.pixels
      return along > BELOW.least * mm && along < BELOW.most * mm && inLine && slim
    })
  })
}

/** Puts together what dry skin or a scar has taken apart: pieces one above the other, no longer than one fingertip. */
export function joined(found: readonly Region[], width: number, mm: number, own: OwnAngle): Region[] {
  const left = found.toSorted((a, b) => b.pixels.length - a.pixels.length)
  const whole: Region[] = []
  for (let region = left.shift(); region; region = left.shift()) {
    let main = region
    for (let at = 0; at < left.length; at++) {
      const piece = left[at]!
      if (!fitsTogether(main, piece, width, mm, own(main))) continue
      const pixels = new Int32Array(main.pixels.length + piece.pixels.length)
      pixels.set(main.pixels)
      pixels.set(piece.pixels, main.pixels.length)
      main = { pixels }
      left.splice(at, 1)
      at = -1
    }
    whole.push(main)
  }
  return whole
}

function fitsTogether(main: Region, piece: Region, width: number, mm: number, angle: number): boolean {
  const a = boxAround(main, width, angle)
  const b = boxAround(piece, width, angle)
  const { across, along } = offset(a, b, angle)
  const overlap = Math.min(a.width / 2, across + b.width / 2) - Math.max(-a.width / 2, across - b.width / 2)
  const tall = Math.max(a.height / 2, along + b.height / 2) - Math.min(-a.height / 2, along - b.height / 2)
  return overlap > 0.6 * Math.min(a.width, b.width) && tall < PIECES * mm
}

/** How far the centre of b lies from that of a, across the finger and down along it. */
function offset(a: { x: number; y: number }, b: { x: number; y: number }, angle: number) {
  const turn = (angle * Math.PI) / 180
  const dx = b.x - a.x
  const dy = b.y - a.y
  return { across: dx * Math.cos(turn) + dy * Math.sin(turn), along: dy * Math.cos(turn) - dx * Math.sin(turn) }
}

/** The region above its narrowest line between the shortest and the longest fingertip, and what is below it. */
function cutAtCrease(region: Region, width: number, mm: number, angle: number): Region[] {
  const shape = boxAround(region, width, angle)
  if (shape.height <= WHOLE * mm) return [region]
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const top = shape.y * cos - shape.x * sin - shape.height / 2
  const lines = new Float64Array(Math.ceil(shape.height) + 2)
  const lineOf = (at: number) => {
    const x = (at % width) + 0.5
    const y = Math.floor(at / width) + 0.5
    return Math.max(0, Math.min(lines.length - 1, Math.floor(y * cos - x * sin - top)))
  }
  for (const at of region.pixels) lines[lineOf(at)]!++
  let narrowest = Math.round(TIP.most * mm)
  let least = Infinity
  for (let line = Math.round(TIP.least * mm); line <= Math.min(lines.length - 2, TIP.most * mm); line++) {
    const thick = lines[line - 1]! + lines[line]! + lines[line + 1]!
    if (thick < least) {
      least = thick
      narrowest = line
    }
  }
  const tip = region.pixels.filter((at) => lineOf(at) < narrowest)
  const rest = region.pixels.filter((at) => lineOf(at) >= narrowest)
  return tip.length === 0 || rest.length === 0 ? [region] : [{ pixels: tip }, { pixels: rest }]
}
