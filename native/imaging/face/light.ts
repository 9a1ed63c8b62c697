import type { Box } from '#native/capability/picture.ts'
import { disc, mean, percentile, pixelsIn, square, within } from './area.ts'
import { meshPoints, middle } from './mesh.ts'
import { boxAround } from './picture.ts'
import { UNIT, type HeadView } from './view.ts'

/** Luma of the skin of the face, 0–255: its middle, and what all but a twentieth of it stay under. */
export function brightnessOf(view: HeadView): { readonly middle: number; readonly bright: number } {
  const oval = meshPoints.oval.map((index) => view.points[index]!)
  const inside = pixelsIn(view.image, boxAround(oval), (x, y) => (x + y) % 2 === 0 && within(oval, x, y))
  const values = inside.map((at) => view.grey[at]!)
  return { middle: percentile(values, 0.5), bright: percentile(values, 0.95) }
}

/** The largest relative difference of luma between the halves of the face, 0–1, and its darker side. */
export function shadowOf(view: HeadView): { readonly value: number; readonly box: Box } {
  const radius = UNIT * 0.16
  const patch = (...indexes: readonly number[]) => {
    const centre = middle(...indexes.map((index) => view.points[index]!))
    return {
      centre,
      luma: percentile(
        disc(view, centre, radius).map((at) => view.grey[at]!),
        0.5,
      ),
    }
  }
  const right = patch(...meshPoints.rightCheek)
  const left = patch(...meshPoints.leftCheek)
  const upper = patch(meshPoints.forehead)
  const across = differ(right.luma, left.luma)
  // Foreheads shine and chins lie under the nose: from top to bottom more is usual.
  const down = differ(upper.luma, mean([right.luma, left.luma])) * DOWN_WEIGHT
  if (down > across) {
    const darker = upper.luma < right.luma ? upper : { centre: middle(right.centre, left.centre) }
    return { value: down, box: square(darker.centre, UNIT * 0.4) }
  }
  return { value: across, box: square((right.luma < left.luma ? right : left).centre, UNIT * 0.4) }
}

const DOWN_WEIGHT = 0.75

function differ(one: number, other: number): number {
  return Math.abs(one - other) / Math.max(one, other, 1)
}

/**
 * How sharp the edges of the face are: energy of the second derivatives (Laplacian) over that of the first, so that
 * neither contrast nor light counts. Noise counts as sharpness. `view` must not be larger than the face in the picture.
 */
export function sharpnessOf({ grey, points, image }: HeadView): number {
  const oval = meshPoints.oval.map((index) => points[index]!)
  const { width, height } = image
  const inner = (x: number, y: number) => x > 0 && y > 0 && x < width - 1 && y < height - 1
  let second = 0
  let first = 0
  for (const at of pixelsIn(image, boxAround(oval), (x, y) => inner(x, y) && within(oval, x, y))) {
    const left = grey[at - 1]!
    const right = grey[at + 1]!
    const above = grey[at - width]!
    const below = grey[at + width]!
    second += (4 * grey[at]! - left - right - above - below) ** 2
    first += ((right - left) ** 2 + (below - above) ** 2) / 4
  }
  return second / Math.max(1, first)
}
