import type { Box, Point, TurnedBox } from '#native/capability/picture.ts'
import { idealCrop, landmarksOf, placeOf, type HeadPlace, type Landmarks } from './geometry.ts'
import type { Face } from './mesh.ts'
import { boxAround, greyOf, intoUpright, outOfUpright, takeUpright, type ColourImage } from './picture.ts'

/** Eye distance in a view, pixels: about that of a frame of 640 × 480 with a well placed person. */
export const UNIT = 64

/** A head upright and at one size whatever the picture was, so that one limit fits all. */
export type HeadView = {
  /** The part of the picture that the portrait would be, beyond its edges if need be. */
  readonly image: ColourImage
  readonly grey: Float32Array
  readonly crop: TurnedBox
  readonly place: HeadPlace
  readonly landmarks: Landmarks
  /** Points of the mesh in the view. */
  readonly points: readonly Point[]
  /** Whether the picture has something at this place of the view. */
  readonly covers: (x: number, y: number) => boolean
  /** The upright box in the picture around a box of the view. */
  readonly mark: (box: Box) => Box
}

/** `unit` is the eye distance of the view, pixels. */
export function viewHead(picture: ColourImage, face: Face, unit = UNIT): HeadView {
  const landmarks = landmarksOf(face)
  const place = placeOf(landmarks)
  const crop = idealCrop(place)
  const scale = unit / place.eyeDistance
  const width = Math.round(crop.width * scale)
  const height = Math.round(crop.height * scale)
  const image = takeUpright(picture, crop, width, height)
  return {
    image,
    grey: greyOf(image),
    crop,
    place,
    landmarks,
    points: face.mesh.map((point) => intoUpright(point, crop, width)),
    covers(x, y) {
      const at = outOfUpright({ x, y }, crop, width)
      return at.x >= 0 && at.y >= 0 && at.x < picture.width && at.y < picture.height
    },
    mark: ({ x, y, width: wide, height: high }) =>
      boxAround(
        [
          { x, y },
          { x: x + wide, y },
          { x, y: y + high },
          { x: x + wide, y: y + high },
        ].map((corner) => outOfUpright(corner, crop, width)),
      ),
  }
}
