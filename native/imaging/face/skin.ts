import type { Box, Point } from '#native/capability/picture.ts'
import { disc, percentile, pixelsIn } from './area.ts'
import { meshPoints, middle } from './mesh.ts'
import { boxAround } from './picture.ts'
import { UNIT, type HeadView } from './view.ts'

/** Colour of this person's skin in this light. */
export type Skin = { readonly red: number; readonly green: number; readonly luma: number }

/** How far the share of red and of green may be from that of the cheeks to be skin, and how much darker it may be. */
const COLOUR_REACH = 0.035
const LEAST_LUMA = 0.45

export function skinOf(view: HeadView): Skin {
  const cheeks = [meshPoints.rightCheek, meshPoints.leftCheek].map((cheek) =>
    middle(...cheek.map((index) => view.points[index]!)),
  )
  const pixels = cheeks.flatMap((centre) => disc(view, centre, UNIT * 0.16))
  const shares = pixels.map((at) => sharesAt(view, at))
  return {
    red: percentile(
      shares.map(({ red }) => red),
      0.5,
    ),
    green: percentile(
      shares.map(({ green }) => green),
      0.5,
    ),
    luma: percentile(
      pixels.map((at) => view.grey[at]!),
      0.5,
    ),
  }
}

function sharesAt({ image: { pixels } }: HeadView, at: number) {
  const red = pixels[at * 3]!
  const green = pixels[at * 3 + 1]!
  const sum = Math.max(1, red + green + pixels[at * 3 + 2]!)
  return { red: red / sum, green: green / sum }
}

export function isSkin(view: HeadView, skin: Skin, at: number): boolean {
  const { red, green } = sharesAt(view, at)
  return (
    Math.abs(red - skin.red) < COLOUR_REACH &&
    Math.abs(green - skin.green) < COLOUR_REACH &&
    view.grey[at]! > skin.luma * LEAST_LUMA
  )
}

export type Ears = {
  readonly right: number
  readonly left: number
  readonly boxes: { readonly right: Box; readonly left: Box }
}

/** How much of the place of each ear has the colour of the cheeks, 0–1. */
export function earsOf(view: HeadView, skin: Skin): Ears {
  const right = earBox(view, meshPoints.rightSide, -1)
  const left = earBox(view, meshPoints.leftSide, 1)
  const share = (box: Box) => {
    const pixels = pixelsIn(view.image, box)
    return pixels.filter((at) => isSkin(view, skin, at)).length / Math.max(1, pixels.length)
  }
  return { right: share(right), left: share(left), boxes: { right, left } }
}

/** Just outside the face, from the height of the eyes down to the nose. */
function earBox(view: HeadView, [lower, upper]: readonly [number, number], side: 1 | -1): Box {
  const from = middle(view.points[lower]!, view.points[upper]!)
  const width = UNIT * 0.16
  return { x: side < 0 ? from.x - width : from.x, y: from.y - UNIT * 0.1, width, height: UNIT * 0.45 }
}

/** How much of the forehead does not have the colour of the cheeks, or of the place of the hair that of no hair, 0–1. */
export function coveringOf(view: HeadView, skin: Skin): { readonly value: number; readonly box: Box } {
  const top = view.points[meshPoints.foreheadTop]!
  const crown: Point = { x: top.x, y: Math.max(0, top.y - UNIT * 0.45) }
  const box = boxAround([
    { x: top.x - UNIT * 0.6, y: crown.y },
    { x: top.x + UNIT * 0.6, y: top.y - UNIT * 0.05 },
  ])
  const pixels = pixelsIn(view.image, box)
  const odd = pixels.filter((at) => !isSkin(view, skin, at) && !isHair(view, at))
  return { value: odd.length / Math.max(1, pixels.length), box }
}

/** Hair is dark, brown or grey: little colour, and what there is of it warm. */
function isHair({ image: { pixels }, grey }: HeadView, at: number): boolean {
  const red = pixels[at * 3]!
  const green = pixels[at * 3 + 1]!
  const blue = pixels[at * 3 + 2]!
  const most = Math.max(red, green, blue)
  const spread = most - Math.min(red, green, blue)
  if (grey[at]! < 60 && spread < 40) return true
  if (spread < 28) return grey[at]! < 215
  return red >= green && green >= blue - 6 && spread < 110
}
