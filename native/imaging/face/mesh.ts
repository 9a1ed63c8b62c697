import type { Box, Point } from '#native/capability/picture.ts'
import type { ColourImage } from './picture.ts'

/** `z` in pixels too, smaller is nearer to the camera; only differences mean anything. */
export type MeshPoint = Point & { readonly z: number }

/** One face: the box of its skin, and the 478 points of the MediaPipe face mesh (468 and two irises), all in pixels. */
export type Face = { readonly box: Box; readonly mesh: readonly MeshPoint[] }

/** What finds faces, largest first, whatever it is made of. */
export type FaceFinder = {
  find(image: ColourImage): Promise<readonly Face[]>
  /** A list of numbers that is alike for pictures of one person, of the largest face. */
  describe(image: ColourImage): Promise<readonly number[] | undefined>
}

/**
 * Numbers of points in the MediaPipe face mesh (its canonical face model). Right and left are the person's own: the right
 * eye is on the left of the picture.
 */
export const meshPoints = {
  rightEye: { outer: 33, inner: 133, upper: [160, 159, 158], lower: [144, 145, 153] },
  leftEye: { outer: 263, inner: 362, upper: [387, 386, 385], lower: [373, 374, 380] },
  rightBrow: [70, 63, 105, 66, 107],
  leftBrow: [300, 293, 334, 296, 336],
  foreheadTop: 10,
  forehead: 151,
  noseTip: 1,
  noseBridge: 6,
  lips: { upper: 13, lower: 14, right: 78, left: 308, outerUpper: 0, outerLower: 17 },
  chin: 152,
  rightCheek: [50, 205],
  leftCheek: [280, 425],
  rightSide: [234, 127],
  leftSide: [454, 356],
  oval: [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
  ],
} as const

export function middle(...points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 })
  return { x: sum.x / points.length, y: sum.y / points.length }
}

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
