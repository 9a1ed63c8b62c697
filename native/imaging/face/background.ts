import type { Box } from '#native/capability/picture.ts'
import { mean, percentile, pixelsIn } from './area.ts'
import type { HeadView } from './view.ts'

/** Edges of the view that show the wall beside a head, as shares of its width and height: above the shoulders. */
const SIDE = 0.1
const DOWN = 0.4
/** Hair may reach into a strip: so much of each may be something else, 0–1. */
const SOMETHING_ELSE = 0.15

export type Background = {
  /** The widest range of luma in a strip or between the strips, 0–255. */
  readonly unevenness: number
  /** The darkest of the three colours of the wall, 0–255: low when it is grey as well as when it is coloured. */
  readonly whiteness: number
  /** Where it is darkest. */
  readonly box: Box
}

/** Of the wall to the left and right of the head; nothing when the picture does not reach there. */
export function backgroundOf(view: HeadView): Background | undefined {
  const { width, height } = view.image
  const strips = [0, width * (1 - SIDE)].flatMap((x) => {
    const box = { x, y: 0, width: width * SIDE, height: height * DOWN }
    const pixels = pixelsIn(view.image, box, (column, row) => view.covers(column + 0.5, row + 0.5))
    return pixels.length < (box.width * box.height) / 4 ? [] : [{ box, pixels }]
  })
  if (strips.length === 0) return undefined
  const seen = strips.map(({ box, pixels }) => {
    const values = pixels.map((at) => view.grey[at]!)
    return {
      box,
      dark: percentile(values, SOMETHING_ELSE),
      bright: percentile(values, 1 - SOMETHING_ELSE),
      middle: percentile(values, 0.5),
      whiteness: Math.min(
        ...[0, 1, 2].map((part) =>
          percentile(
            pixels.map((at) => view.image.pixels[at * 3 + part]!),
            0.5,
          ),
        ),
      ),
    }
  })
  const middles = seen.map(({ middle }) => middle)
  const ranges = seen.map(({ dark, bright }) => bright - dark)
  const darkest = seen.toSorted((one, other) => one.whiteness - other.whiteness)[0]!
  return {
    unevenness: Math.max(...ranges, Math.max(...middles) - Math.min(...middles)),
    whiteness: mean(seen.map(({ whiteness }) => whiteness)),
    box: darkest.box,
  }
}
