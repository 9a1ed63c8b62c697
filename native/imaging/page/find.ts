import type { Point } from '#native/capability/picture.ts'
import { strongestLines, type Line } from './edges.ts'
import { factorTo, shrink, type Colours } from './picture.ts'
import { isConvex, meet, signedArea, type Corners } from './quad.ts'
import { refineCorners } from './refine.ts'

export type PageFound = { readonly corners: Corners; readonly score: number }

/** Longer side in pixels of the picture that lines are looked for in, and of the one they are set right in. */
const COARSE = 320
const FINE = 960
const MOST_LINES = 36
/** Least score of a page; see `rate`. */
const LEAST_SCORE = 0.25
const LEAST_SIDE_SHARE = 0.5
/** Share of the frame: smaller things are not papers laid there on purpose. */
const LEAST_AREA = 0.05
/** How far outside the frame a corner may lie, as a share of its longer side. */
const OUTSIDE = 0.12
/** Colour steps, summed over three channels, between paper and table. */
const LEAST_STEP = 30

/**
 * The largest sheet of even edges in a picture: corners in its pixels, upper left first, clockwise, as the page lies.
 * A corner may lie outside the frame. Undefined when there is none.
 */
export function findPage(picture: Colours): PageFound | undefined {
  const fineFactor = factorTo(FINE, picture)
  const fine = shrink(picture, fineFactor)
  const coarseFactor = factorTo(COARSE, fine)
  const coarse = shrink(fine, coarseFactor)
  const seen = strongestLines(coarse, MOST_LINES).map((line) => measureLine(coarse, line))
  const lines = [...seen, ...borders(coarse)]
  const best = bestQuad(lines, coarse)
  if (!best) return undefined
  const rough = best.corners.map(({ x, y }) => ({ x: (x + 0.5) * coarseFactor, y: (y + 0.5) * coarseFactor }))
  const exact = refineCorners(fine, rough as unknown as Corners, coarseFactor)
  const corners = exact.map(({ x, y }) => ({ x: x * fineFactor, y: y * fineFactor }))
  return { corners: inOrder(corners), score: best.score }
}

/** Running sums along a line of the pixels where its one side is brighter than its other. */
type Measured = Line & {
  /** Where the sums begin along the line. */
  readonly from: number
  readonly ahead: Float32Array
  readonly behind: Float32Array
  readonly inFrame: Float32Array
  /** The end of the frame stands for an edge that cannot be seen. */
  readonly border?: true
}

/** How much a border counts as an edge, and how much less a page is that needs one. */
const BORDER_SHARE = 0.75
const BORDER_PRICE = 0.6
/** With one side unseen the others must be clear. */
const LEAST_SHARE_BESIDE_BORDER = 0.75

function borders({ width, height }: { readonly width: number; readonly height: number }): Measured[] {
  const reach = Math.ceil(Math.hypot(width, height))
  const sums = (share: number) => Float32Array.from({ length: 2 * reach + 2 }, (_, index) => index * share)
  const sides = { from: -reach, ahead: sums(BORDER_SHARE), behind: sums(BORDER_SHARE), inFrame: sums(1) }
  return [
    { cos: 1, sin: 0, distance: 0 },
    { cos: 1, sin: 0, distance: width },
    { cos: 0, sin: 1, distance: 0 },
    { cos: 0, sin: 1, distance: height },
  ].map((line) => ({ ...line, ...sides, border: true }))
}

function measureLine({ width, height, rgb }: Colours, line: Line): Measured {
  const { cos, sin, distance } = line
  const reach = Math.ceil(Math.hypot(width, height))
  const size = 2 * reach + 2
  const ahead = new Float32Array(size)
  const behind = new Float32Array(size)
  const inFrame = new Float32Array(size)
  for (let index = 0; index < size - 1; index++) {
    const t = index - reach
    const [x, y] = [distance * cos - t * sin, distance * sin + t * cos]
    let [one, other, inside] = [0, 0, 0]
    if (x >= 4 && y >= 4 && x < width - 4 && y < height - 4) {
      inside = 1
      let [signed, absolute] = [0, 0]
      const place = (away: number) => (Math.round(y + sin * away) * width + Math.round(x + cos * away)) * 3
      const [near, far, nearOut, farOut] = [place(2), place(3), place(-2), place(-3)]
      for (let channel = 0; channel < 3; channel++) {
        const inner = rgb[near + channel]! + rgb[far + channel]!
        const step = (inner - rgb[nearOut + channel]! - rgb[farOut + channel]!) / 2
        signed += step
        absolute += Math.abs(step)
      }
      if (absolute >= LEAST_STEP) {
        if (signed >= 0) one = 1
        if (signed <= 0) other = 1
      }
    }
    ahead[index + 1] = ahead[index]! + one
    behind[index + 1] = behind[index]! + other
    inFrame[index + 1] = inFrame[index]! + inside
  }
  return { ...line, from: -reach, ahead, behind, inFrame }
}

type Quad = { readonly corners: Corners; readonly score: number }

function bestQuad(lines: readonly Measured[], frame: { readonly width: number; readonly height: number }) {
  const pairs = opposite(lines, Math.min(frame.width, frame.height) * 0.12)
  let best: Quad | undefined
  for (const [index, [a, b]] of pairs.entries()) {
    for (let other = index + 1; other < pairs.length; other++) {
      const [c, d] = pairs[other]!
      if (a === c || a === d || b === c || b === d) continue
      if (crossing(a, c) < 0.7 || crossing(a, d) < 0.7 || crossing(b, c) < 0.7 || crossing(b, d) < 0.7) continue
      const quad = rate([a, c, b, d], frame)
      if (quad && quad.score > (best?.score ?? LEAST_SCORE)) best = quad
    }
  }
  return best
}

/** Sine of the angle between two lines. */
function crossing(a: Line, b: Line): number {
  return Math.abs(a.cos * b.sin - a.sin * b.cos)
}

function opposite(lines: readonly Measured[], leastGap: number): (readonly [Measured, Measured])[] {
  return lines.flatMap((a, index) =>
    lines.slice(index + 1).flatMap((b) => {
      if (crossing(a, b) > 0.45) return []
      const same = a.cos * b.cos + a.sin * b.sin > 0
      return Math.abs(a.distance - (same ? b.distance : -b.distance)) < leastGap ? [] : [[a, b] as const]
    }),
  )
}

/**
 * 0–1.2: how much of the four sides is an edge with the brighter (or everywhere the darker) side inside, less when the
 * edges run on past the corners, more for a larger sheet.
 */
function rate(
  sides: readonly [Measured, Measured, Measured, Measured],
  { width, height }: { readonly width: number; readonly height: number },
): Quad | undefined {
  const unseen = sides.filter(({ border }) => border).length
  if (unseen > 2) return undefined
  const leastShare = unseen > 0 ? LEAST_SHARE_BESIDE_BORDER : LEAST_SIDE_SHARE
  const margin = OUTSIDE * Math.max(width, height)
  const corners: Point[] = []
  for (let index = 0; index < 4; index++) {
    const corner = meet(sides[index]!, sides[(index + 3) % 4]!)
    if (!corner || corner.x < -margin || corner.y < -margin) return undefined
    if (corner.x > width + margin || corner.y > height + margin) return undefined
    corners.push(corner)
  }
  const area = Math.abs(signedArea(corners)) / (width * height)
  if (area < LEAST_AREA || !isConvex(corners)) return undefined
  const middle = {
    x: corners.reduce((sum, { x }) => sum + x / 4, 0),
    y: corners.reduce((sum, { y }) => sum + y / 4, 0),
  }
  let [bright, dark, brightLeast, darkLeast, past] = [0, 0, 1, 1, 0]
  for (let index = 0; index < 4; index++) {
    const side = sides[index]!
    const [start, end] = [along(side, corners[index]!), along(side, corners[(index + 1) % 4]!)]
    const [low, high] = start < end ? [start, end] : [end, start]
    const seen = between(side.inFrame, side.from, low + 2, high - 2)
    // Half of each side must be in sight.
    if (seen < 0.5 * (high - low - 4)) return undefined
    const inward = middle.x * side.cos + middle.y * side.sin > side.distance
    const [to, fro] = inward ? [side.ahead, side.behind] : [side.behind, side.ahead]
    const [one, other] = [
      between(to, side.from, low + 2, high - 2) / seen,
      between(fro, side.from, low + 2, high - 2) / seen,
    ]
    bright += one / 4
    dark += other / 4
    brightLeast = Math.min(brightLeast, one)
    darkLeast = Math.min(darkLeast, other)
    if (brightLeast < leastShare && darkLeast < leastShare) return undefined
    if (side.border) continue
    for (const [from, until] of [
      [low - 12, low - 3],
      [high + 3, high + 12],
    ] as const) {
      past += Math.max(between(to, side.from, from, until), between(fro, side.from, from, until)) / 9 / 8
    }
  }
  const isBright = bright * brightLeast >= dark * darkLeast
  const [mean, least] = isBright ? [bright, brightLeast] : [dark, darkLeast]
  if (least < leastShare) return undefined
  const price = BORDER_PRICE ** unseen
  const score = price * mean * mean * least * (1 - 0.5 * past) * (0.6 + 0.6 * Math.sqrt(Math.min(1, area)))
  return { corners: corners as unknown as Corners, score }
}

function between(sums: Float32Array, from: number, low: number, high: number): number {
  const last = sums.length - 1
  const place = (t: number) => Math.max(0, Math.min(last, Math.round(t) - from))
  return sums[place(high)]! - sums[place(low)]!
}

function along(line: Line, { x, y }: Point): number {
  return y * line.cos - x * line.sin
}

/** Clockwise from the upper left: the corner from which the next side runs most to the right. */
function inOrder(corners: readonly Point[]): Corners {
  const ring = signedArea(corners) > 0 ? corners : corners.toReversed()
  const rightward = ring.map((corner, index) => {
    const next = ring[(index + 1) % 4]!
    return (next.x - corner.x) / Math.hypot(next.x - corner.x, next.y - corner.y)
  })
  const first = rightward.indexOf(Math.max(...rightward))
  return [0, 1, 2, 3].map((step) => ring[(first + step) % 4]!) as unknown as Corners
}
