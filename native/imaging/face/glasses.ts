import type { Box, Point } from '#native/capability/picture.ts'
import { disc, percentile } from './area.ts'
import { meshPoints, middle } from './mesh.ts'
import { boxAround } from './picture.ts'
import { UNIT, type HeadView } from './view.ts'

/** A bridge this much darker (or lighter) than the skin above and below it, over the luma of the cheeks. */
const BRIDGE_LUMA = 0.15
/** A bridge this much less red than the skin above and below it, over the redness of the cheeks. */
const BRIDGE_COLOUR = 0.45
/** Eyes this dark against the cheeks, whites and lower lids included, are behind dark glass. */
const EYE_LUMA = 0.5
/** Less red than this, 0–255, the colour of a grey picture says nothing. */
const LEAST_REDNESS = 20

/**
 * How much speaks for glasses; from 1 on they are likely. Seen is a level line across the bridge of the nose, by its
 * luma or its colour, or dark glass. Rimless glasses and thin frames of the colour of the skin are not seen.
 */
export function glassesOf(view: HeadView): { readonly value: number; readonly box: Box } {
  const { points, grey, image } = view
  const at = (index: number) => points[index]!
  const right = middle(at(meshPoints.rightEye.outer), at(meshPoints.rightEye.inner))
  const left = middle(at(meshPoints.leftEye.outer), at(meshPoints.leftEye.inner))
  const nose = middle(right, left)
  const cheeks = [meshPoints.rightCheek, meshPoints.leftCheek].map((cheek) => middle(...cheek.map(at)))
  const skin = cheeks.flatMap((centre) => disc(view, centre, UNIT * 0.16))
  const redness = (pixel: number) => image.pixels[pixel * 3]! - image.pixels[pixel * 3 + 2]!
  const skinLuma = Math.max(
    1,
    percentile(
      skin.map((pixel) => grey[pixel]!),
      0.5,
    ),
  )
  const skinRedness = Math.max(LEAST_REDNESS, percentile(skin.map(redness), 0.5))

  const byLuma = lines(profile(view, nose, (pixel) => grey[pixel]!))
  const byColour = lines(profile(view, nose, redness))
  const eyes = [right, left].flatMap(({ x, y }) => disc(view, { x, y: y + UNIT * 0.08 }, UNIT * 0.16))
  const eyeLuma = percentile(
    eyes.map((pixel) => grey[pixel]!),
    0.7,
  )
  const darkness = (EYE_LUMA * skinLuma) / Math.max(1, eyeLuma)
  const behindGlass = darkness > 1 ? darkness : 0
  const value = Math.max(
    Math.max(byLuma.below, byLuma.above) / skinLuma / BRIDGE_LUMA,
    byColour.below / skinRedness / BRIDGE_COLOUR,
    behindGlass,
  )
  const { x, y, width, height } = boxAround([right, left])
  const margin = UNIT * 0.45
  return { value, box: { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin } }
}

/** Means of the rows of a narrow strip down the bridge of the nose. */
function profile({ image }: HeadView, nose: Point, measure: (pixel: number) => number): number[] {
  const from = Math.max(0, Math.round(nose.x - UNIT * 0.06))
  const to = Math.min(image.width - 1, Math.round(nose.x + UNIT * 0.06))
  const last = Math.min(image.height, Math.round(nose.y + UNIT * 0.2))
  const rows: number[] = []
  for (let y = Math.max(0, Math.round(nose.y - UNIT * 0.25)); y < last; y++) {
    let sum = 0
    for (let x = from; x <= to; x++) sum += measure(y * image.width + x)
    rows.push(sum / (to - from + 1))
  }
  return rows
}

/** How far a row lies below, or above, both the row a little before it and the one a little after it. */
function lines(rows: readonly number[]): { readonly below: number; readonly above: number } {
  const reach = Math.round(UNIT * 0.1)
  let below = 0
  let above = 0
  for (let at = reach; at < rows.length - reach; at++) {
    const before = rows[at - reach]!
    const after = rows[at + reach]!
    below = Math.max(below, Math.min(before, after) - rows[at]!)
    above = Math.max(above, rows[at]! - Math.max(before, after))
  }
  return { below, above }
}
