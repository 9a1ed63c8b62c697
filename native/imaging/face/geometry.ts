import type { Box, Point, PortraitSeen, TurnedBox } from '#native/capability/picture.ts'
import { distance, meshPoints, middle, type Face } from './mesh.ts'

/** Width and height of a portrait in millimetres (ICAO Doc 9303-3, portrait of 45 × 35 mm). */
export const PORTRAIT_MM = { width: 35, height: 45 } as const
/** Resolution that a printed portrait needs (ICAO Doc 9303-3: at least 300 dots an inch). */
export const PORTRAIT_DPI = 300
export const PORTRAIT_ROWS = Math.ceil((PORTRAIT_MM.height / 25.4) * PORTRAIT_DPI)
/** Crown to chin over the height of the portrait that we cut; ICAO Doc 9303-3 asks for 70–80 %. */
export const HEAD_SHARE = 0.72
/** What is still accepted: ISO/IEC 19794-5:2011, 8.3, head length 60–90 % of the height. */
export const MOST_HEAD_SHARE = 0.9
/** Eye line from the upper edge over the height that we cut; ISO/IEC 19794-5:2011, 8.3: 30–50 %. */
export const EYE_LINE = 0.45
export const EYE_LINE_RANGE = { least: 0.3, most: 0.5 } as const
/** Middle of the face over the width; ISO/IEC 19794-5:2011, 8.3: 45–55 %. */
export const FACE_CENTRE_RANGE = { least: 0.45, most: 0.55 } as const
/**
 * Eye line to crown over eye line to chin. The mesh ends at the hairline, and hair hides the crown, so it is placed by the
 * proportions of adults (vertex, sellion and menton of ISO 7250-1); children's crowns are a little higher.
 */
const CROWN_OVER_CHIN = 1

export type Landmarks = NonNullable<PortraitSeen['landmarks']>

export function landmarksOf({ mesh }: Face): Landmarks {
  const at = (index: number) => flat(mesh[index]!)
  const rightEye = middle(at(meshPoints.rightEye.outer), at(meshPoints.rightEye.inner))
  const leftEye = middle(at(meshPoints.leftEye.outer), at(meshPoints.leftEye.inner))
  const chin = at(meshPoints.chin)
  const eyes = middle(rightEye, leftEye)
  const { cos, sin } = turnOf(rightEye, leftEye)
  const down = (chin.y - eyes.y) * cos - (chin.x - eyes.x) * sin
  const up = down * CROWN_OVER_CHIN
  return {
    leftEye,
    rightEye,
    nose: at(meshPoints.noseTip),
    mouth: middle(at(meshPoints.lips.upper), at(meshPoints.lips.lower)),
    chin,
    crown: { x: eyes.x + up * sin, y: eyes.y - up * cos },
  }
}

export type HeadPlace = {
  /** Between the middles of the eyes, pixels. */
  readonly eyeDistance: number
  /** Of the line through both eyes, degrees clockwise. */
  readonly angle: number
  readonly eyes: Point
  /** Crown to chin along the head, pixels. */
  readonly headLength: number
}

export function placeOf({ rightEye, leftEye, chin, crown }: Landmarks): HeadPlace {
  const eyes = middle(rightEye, leftEye)
  const { cos, sin, angle } = turnOf(rightEye, leftEye)
  const along = (point: Point) => (point.y - eyes.y) * cos - (point.x - eyes.x) * sin
  return { eyeDistance: distance(rightEye, leftEye), angle, eyes, headLength: along(chin) - along(crown) }
}

/** The portrait as it should lie about a head, whether or not the picture reaches that far. */
export function idealCrop({ eyes, angle, headLength }: HeadPlace): TurnedBox {
  const height = headLength / HEAD_SHARE
  const width = (height * PORTRAIT_MM.width) / PORTRAIT_MM.height
  const radians = (angle * Math.PI) / 180
  const below = (0.5 - EYE_LINE) * height
  const centre = { x: eyes.x - below * Math.sin(radians), y: eyes.y + below * Math.cos(radians) }
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height, angle }
}

/** The same crop, moved and, where that is not enough, made smaller until it lies inside the picture. */
export function fitCrop(crop: TurnedBox, picture: { readonly width: number; readonly height: number }): TurnedBox {
  const radians = (crop.angle * Math.PI) / 180
  const cos = Math.abs(Math.cos(radians))
  const sin = Math.abs(Math.sin(radians))
  const wide = crop.width * cos + crop.height * sin
  const high = crop.height * cos + crop.width * sin
  const scale = Math.min(1, picture.width / wide, picture.height / high)
  const inside = (centre: number, reach: number, end: number) =>
    Math.min(end - (reach * scale) / 2, Math.max((reach * scale) / 2, centre))
  const centreX = inside(crop.x + crop.width / 2, wide, picture.width)
  const centreY = inside(crop.y + crop.height / 2, high, picture.height)
  const width = crop.width * scale
  const height = crop.height * scale
  return { x: centreX - width / 2, y: centreY - height / 2, width, height, angle: crop.angle }
}

/** Where the head lies in a crop, as shares of its width and height. */
export function placeInCrop({ eyes, headLength, angle }: HeadPlace, crop: TurnedBox) {
  const radians = (angle * Math.PI) / 180
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  const x = eyes.x - (crop.x + crop.width / 2)
  const y = eyes.y - (crop.y + crop.height / 2)
  const eyeLine = 0.5 + (y * cos - x * sin) / crop.height
  const headShare = headLength / crop.height
  return {
    centre: 0.5 + (x * cos + y * sin) / crop.width,
    eyeLine,
    headShare,
    /** Of the crown from the upper edge; negative when it is cut off. */
    crown: eyeLine - (headShare * CROWN_OVER_CHIN) / (1 + CROWN_OVER_CHIN),
  }
}

export function clipBox(box: Box, { width, height }: { readonly width: number; readonly height: number }): Box {
  const x = Math.min(width, Math.max(0, box.x))
  const y = Math.min(height, Math.max(0, box.y))
  return {
    x,
    y,
    width: Math.max(0, Math.min(width, box.x + box.width) - x),
    height: Math.max(0, Math.min(height, box.y + box.height) - y),
  }
}

function turnOf(rightEye: Point, leftEye: Point) {
  const radians = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x)
  return { cos: Math.cos(radians), sin: Math.sin(radians), angle: (radians * 180) / Math.PI }
}

function flat({ x, y }: Point): Point {
  return { x, y }
}
