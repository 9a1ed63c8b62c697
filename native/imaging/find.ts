import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { cutApart, deepest } from './cut-apart.ts'
import { fillHoles, regions, skinMask, type Region } from './mask.ts'
import { scaleDown } from './scale.ts'
import { boxAround, longAxis, type Shape } from './shape.ts'
import { fingertips, joined } from './fingertip.ts'

/** Fingers are looked for at this resolution, or the nearest to it that a whole factor gives. */
const SEARCH_DPI = 110
/** A fingertip is at least this many square millimetres and this wide. */
const LEAST_AREA = 35
const LEAST_WIDTH = 5
/** Each part of two fingers that touch is at least this large, in square millimetres. */
const LEAST_PART = 70
/** Height over width of each of two small fingers taken apart. */
const TIP = { least: 0.95, most: 1.9 }
/** Fingers of one hand lean at most this far from each other, in degrees. */
const FAN = 14
/** Millimetres to wear away at most to get touching fingers apart. */
const CUT_DEPTH = 6
/** Of a glass with room around a finger, in square millimetres, fingers cover at most this share. */
const ROOM = 700
const MOST_OF_ROOM = 0.67
/** Places without ridges inside the skin, in square millimetres: a scar, a drop of water. */
const LARGEST_HOLE = 12
/** No hand is laid down with more lean than this; a shape that lies so is a part of a finger. */
const MOST_LEAN = 50
/** A region this much longer than wide says how it lies. */
const STRETCHED = 1.15

/**
 * How fingers of one kind of capture may look, in millimetres. `thickest` is the radius of the largest circle in them,
 * `largest` the square millimetres beyond which it may be two that touch, `suspect` those from which it may be two small ones.
 */
export type Looks = {
  readonly widest: number
  readonly longest: number
  readonly thickest: number
  readonly largest: number
  readonly suspect: number
  readonly upright: boolean
}

export const flatLooks: Looks = { widest: 25, longest: 34, thickest: 14.5, largest: 380, suspect: 220, upright: false }
export const thumbLooks: Looks = { ...flatLooks, largest: 560, suspect: Infinity }
/** Rolled from nail to nail a finger may be wider than tall, so that its shape does not say how it lies. */
export const rolledLooks: Looks = {
  widest: 34,
  longest: 38,
  thickest: 19,
  largest: Infinity,
  suspect: Infinity,
  upright: true,
}

export type Search = {
  /** Finger-like shapes, the largest first, in pixels of the search image. */
  readonly shapes: readonly Shape[]
  /** Square millimetres that vary as skin does but have no finger's shape. */
  readonly strange: number
  /** Degrees clockwise by which the hand leans. */
  readonly lean: number
  readonly width: number
  readonly height: number
  /** Pixels of the image to one of the search image. */
  readonly factor: number
  /** Pixels of the search image to a millimetre. */
  readonly mm: number
}

/** Looks for fingertips in an image of 90 dpi and more. */
export function findFingers(image: GrayImage, looks: Looks): Search {
  const factor = Math.max(1, Math.round(image.dpi / SEARCH_DPI))
  const small = scaleDown(image, factor)
  const mm = small.dpi / 25.4
  const { width, height } = small
  const nothing = { shapes: [], strange: 0, lean: 0, width, height, factor, mm }
  const mask = skinMask(small)
  if (!mask) return nothing
  fillHoles(mask, small, LARGEST_HOLE * mm * mm)
  const skin = mask.reduce((sum, value) => sum + value, 0)
  if (mask.length > ROOM * mm * mm && skin > MOST_OF_ROOM * mask.length) {
    return { ...nothing, strange: skin / (mm * mm) }
  }
  const all = regions(mask, width, LEAST_AREA * mm * mm)
  // Fingers that touch are no thicker than one of them; a palm is.
  const [thick, slim] = split(all, (region) => deepest(region, width) > looks.thickest * mm)
  const single = looks.upright ? slim : slim.flatMap((region) => singleFingers(region, width, mm, looks))
  const lean = looks.upright ? 0 : leanOf(single, width)
  const own = (region: Region) => {
    if (looks.upright) return 0
    const { angle, stretch } = longAxis(region, width)
    const says = stretch > STRETCHED && Math.abs(angle - lean) < MOST_LEAN
    return says ? Math.max(lean - FAN, Math.min(lean + FAN, angle)) : lean
  }
  const tips = joined(fingertips(single, width, mm, own), width, mm, own)
  const shapes = tips.map((region) => boxAround(region, width, own(region)))
  const [fitting, odd] = split(
    shapes,
    (shape) => shape.width > LEAST_WIDTH * mm && shape.width < looks.widest * mm && shape.height < looks.longest * mm,
  )
  const strange =
    thick.reduce((sum, { pixels }) => sum + pixels.length, 0) + odd.reduce((sum, { pixels }) => sum + pixels, 0)
  return { ...nothing, shapes: fitting.toSorted((a, b) => b.pixels - a.pixels), strange: strange / (mm * mm), lean }
}

function split<T>(list: readonly T[], test: (each: T) => boolean): [T[], T[]] {
  return [list.filter(test), list.filter((each) => !test(each))]
}

/** Round spots have no direction of their own: the long ones say how the hand lies. */
function leanOf(found: readonly Region[], width: number): number {
  const clear = found
    .map((region) => longAxis(region, width))
    .filter(({ angle, stretch }) => stretch > STRETCHED && Math.abs(angle) < MOST_LEAN)
  return clear.length > 0 ? median(clear.map(({ angle }) => angle)) : 0
}

/** Fingers that touch, taken apart one by one. */
function singleFingers(region: Region, width: number, mm: number, looks: Looks): Region[] {
  const sure = isLarge(region, width, mm, looks)
  if (!sure && region.pixels.length < looks.suspect * mm * mm) return [region]
  const parts = cutApart(region, width, LEAST_PART * mm * mm, CUT_DEPTH * mm)
  if (parts.length === 1 || !(sure || parts.every((part) => isTip(part, width)))) return [region]
  return parts.flatMap((part) => singleFingers(part, width, mm, looks))
}

/** Larger than one finger in some way. */
function isLarge(region: Region, width: number, mm: number, { largest, widest, longest }: Looks): boolean {
  if (region.pixels.length > largest * mm * mm) return true
  const shape = boxAround(region, width, longAxis(region, width).angle)
  return Math.min(shape.width, shape.height) > widest * mm || Math.max(shape.width, shape.height) > longest * mm
}

function isTip(region: Region, width: number): boolean {
  const { angle, stretch } = longAxis(region, width)
  const shape = boxAround(region, width, stretch > STRETCHED && Math.abs(angle) < MOST_LEAN ? angle : 0)
  return shape.height > TIP.least * shape.width && shape.height < TIP.most * shape.width
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
