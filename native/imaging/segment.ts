import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import type { FingerFound, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { cutApart } from './cut-apart.ts'
import { regions, skinMask, type Region } from './mask.ts'
import { nameFingers } from './naming.ts'
import { fingerQuality } from './quality.ts'
import { scaleDown } from './scale.ts'
import { boxAround, longAxis, type Shape } from './shape.ts'

/** Fingers are looked for at this resolution: a slap of 80 × 75 mm is 400 × 375 pixels. */
const SEARCH_DPI = 125
const MM = SEARCH_DPI / 25.4
/** A fingertip is at least this many square millimetres, and at most this wide and long, in millimetres. */
const LEAST_AREA = 35
const WIDEST = 25
const LONGEST = 40
const LEAST_WIDTH = 5
/** A larger region, in square millimetres, may be two fingers that touch; each part must then be at least this large. */
const ONE_FINGER = 380
const LEAST_PART = 70
/** Fingers of one hand lean at most this far from each other, in degrees. */
const FAN = 14
/** Pixels (0.2 mm each) to wear away at most to get touching fingers apart. */
const CUT_DEPTH = 30

/**
 * The fingers of a flat impression, left to right, each with its name, its box turned by its angle, and its quality.
 * Fewer than expected when some are missing, none on an empty platen. Reads images of 100 dpi and more.
 */
export function segmentSlap(image: GrayImage, step: CaptureStep): FingerFound[] {
  const factor = searchFactor(image)
  const small = scaleDown(image, factor)
  const shapes = findShapes(small, captureSteps[step].fingers.length)
  if (shapes.length === 0) return []

  const lean = median(shapes.map((shape) => shape.angle))
  const upright = shapes.map((shape) => ({ shape, ...turnedBack(shape, small, lean) })).toSorted((a, b) => a.x - b.x)
  const names = nameFingers(
    step,
    upright.map(({ shape, x, y }) => ({ x: x / MM, y: y / MM, size: (shape.width * shape.height) / (MM * MM) })),
  )
  return upright.map(({ shape }, index) => {
    const box = {
      x: (shape.x - shape.width / 2) * factor,
      y: (shape.y - shape.height / 2) * factor,
      width: shape.width * factor,
      height: shape.height * factor,
    }
    const area = { box, angle: shape.angle }
    return { position: names[index]!, ...area, quality: fingerQuality(image, area) }
  })
}

/** Whether there is anything like a finger in the image. */
export function hasFinger(image: GrayImage): boolean {
  return findShapes(scaleDown(image, searchFactor(image)), 1).length > 0
}

function searchFactor(image: GrayImage): number {
  return Math.max(1, Math.round(image.dpi / SEARCH_DPI))
}

/** The largest finger-like shapes, at most `expected`. */
function findShapes(image: GrayImage, expected: number): Shape[] {
  const mask = skinMask(image)
  if (!mask) return []
  const least = LEAST_AREA * MM * MM
  const found = regions(mask, image.width, least).flatMap((region) => singleFingers(region, image))
  const axes = found.map((region) => longAxis(region, image.width))
  // Round spots have no direction of their own: the long ones say how the hand lies.
  const clear = axes.filter((axis) => axis.stretch > 1.15).map((axis) => axis.angle)
  const lean = clear.length > 0 ? median(clear) : 0
  return found
    .map((region, index) => {
      const { angle, stretch } = axes[index]!
      const own = stretch > 1.15 ? Math.max(lean - FAN, Math.min(lean + FAN, angle)) : lean
      return boxAround(region, image.width, own)
    })
    .filter(({ width, height }) => width > LEAST_WIDTH * MM && width < WIDEST * MM && height < LONGEST * MM)
    .toSorted((a, b) => b.pixels - a.pixels)
    .slice(0, expected)
}

/** Fingers that touch, taken apart one by one. */
function singleFingers(region: Region, image: GrayImage): Region[] {
  if (!mayBeTwo(region, image.width)) return [region]
  const parts = cutApart(region, image.width, LEAST_PART * MM * MM, CUT_DEPTH)
  return parts.length === 1 ? parts : parts.flatMap((part) => singleFingers(part, image))
}

function mayBeTwo(region: Region, width: number): boolean {
  if (region.pixels.length > ONE_FINGER * MM * MM) return true
  const { angle } = longAxis(region, width)
  const shape = boxAround(region, width, angle)
  return Math.min(shape.width, shape.height) > WIDEST * MM || Math.max(shape.width, shape.height) > LONGEST * MM
}

/** The centre of a shape as if the hand stood upright, from the centre of the image. */
function turnedBack(shape: Shape, image: GrayImage, lean: number): { x: number; y: number } {
  const turn = (lean * Math.PI) / 180
  const dx = shape.x - image.width / 2
  const dy = shape.y - image.height / 2
  return { x: dx * Math.cos(turn) + dy * Math.sin(turn), y: dy * Math.cos(turn) - dx * Math.sin(turn) }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
