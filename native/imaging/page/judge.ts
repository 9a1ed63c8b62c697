import type { Box, PageProblem, PageSeen } from '#native/capability/picture.ts'
import type { Grey } from './picture.ts'
import { signedArea, type Corners } from './quad.ts'

type Problem = PageSeen['problems'][number]

/** Grey of the paper under which print is hard to tell from shadow. */
const DARK_PAPER = 90
/** Sharpness under which small print runs together; 1 is an edge from one pixel to the next. */
const LEAST_SHARPNESS = 0.29
/** Levels from which the sensor saw nothing but light. */
const WASHED_OUT = 252
/** Share of the page in one washed-out patch, and levels that it is brighter than the paper around. */
const LEAST_PATCH = 0.004
const LEAST_GLEAM = 14
/** Share of the page that is washed out when the whole is overexposed. */
const MOSTLY = 0.6
const CELL = 8
/** Share of the longer side: a corner so near the end of the frame may as well be outside. */
const RIM = 0.004

/** What stands in the way of reading the page inside the corners, in pixels of the picture. */
export function judgePage(picture: Grey, corners: Corners): readonly Problem[] {
  const cells = cellsInside(picture, corners)
  const problems: Problem[] = []
  const rim = Math.max(picture.width, picture.height) * RIM
  const cut = corners.filter(({ x, y }) => x < rim || y < rim || x > picture.width - rim || y > picture.height - rim)
  if (cut.length > 0) problems.push({ problem: 'page-cut', value: cut.length })
  if (cells.length === 0) return problems
  const paper = quantile(
    cells.map(({ bright }) => bright),
    0.7,
  )
  if (paper < DARK_PAPER) problems.push({ problem: 'too-dark', value: Math.round(paper) })
  const glare = findGlare(cells, paper)
  if (glare) problems.push(glare)
  const sharpness = sharpnessOf(cells, paper * 0.28) ?? sharpnessOf(cellsOnSides(picture, corners), 0)
  if (sharpness !== undefined && sharpness < LEAST_SHARPNESS) {
    problems.push({ problem: 'blurred', value: round(sharpness) })
  }
  return problems
}

type Cell = {
  readonly x: number
  readonly y: number
  /** The brightest pixel but few. */
  readonly bright: number
  readonly range: number
  /** Steepest step between neighbours, less what is noise. */
  readonly step: number
  readonly washed: number
}

function cellsInside(picture: Grey, corners: Corners): readonly Cell[] {
  const { width, height } = picture
  // Thousands of cells tell no more than hundreds.
  const area = signedArea(corners)
  const stride = CELL * Math.max(1, Math.floor(Math.sqrt(area / (CELL * CELL) / 6000)))
  const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))]
  const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))]
  const cells: Cell[] = []
  for (let y = Math.max(1, Math.ceil(top)); y + CELL < Math.min(height - 1, bottom); y += stride) {
    for (let x = Math.max(1, Math.ceil(left)); x + CELL < Math.min(width - 1, right); x += stride) {
      if (!insideBy(corners, x + CELL / 2, y + CELL / 2, CELL)) continue
      cells.push(cellAt(picture, x, y))
    }
  }
  return cells
}

function cellAt({ width, pixels }: Grey, x: number, y: number): Cell {
  let [least, most, step, washed] = [255, 0, 0, 0]
  for (let row = y; row < y + CELL; row++) {
    for (let at = row * width + x; at < row * width + x + CELL; at++) {
      const value = pixels[at]!
      if (value < least) least = value
      if (value > most) most = value
      if (value >= WASHED_OUT) washed++
      const across = Math.abs(pixels[at + 1]! - pixels[at - 1]!)
      const down = Math.abs(pixels[at + width]! - pixels[at - width]!)
      if (across > step) step = across
      if (down > step) step = down
    }
  }
  return { x, y, bright: most, range: most - least, step: step / 2, washed: washed / (CELL * CELL) }
}

/** Along the edges of the page: all that there is to see sharpness by on a blank or a badly blurred one. */
function cellsOnSides(picture: Grey, corners: Corners): readonly Cell[] {
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % 4]!
    return Array.from({ length: 20 }, (_, step) => ({
      x: Math.round(corner.x + ((next.x - corner.x) * (step + 1)) / 21 - CELL / 2),
      y: Math.round(corner.y + ((next.y - corner.y) * (step + 1)) / 21 - CELL / 2),
    }))
      .filter(({ x, y }) => x > 1 && y > 1 && x + CELL < picture.width - 1 && y + CELL < picture.height - 1)
      .map(({ x, y }) => cellAt(picture, x, y))
  })
}

/** At least `margin` pixels from every side. */
function insideBy(corners: Corners, x: number, y: number, margin: number): boolean {
  return corners.every((corner, index) => {
    const next = corners[(index + 1) % 4]!
    const [dx, dy] = [next.x - corner.x, next.y - corner.y]
    return (dx * (y - corner.y) - dy * (x - corner.x)) / Math.hypot(dx, dy) >= margin
  })
}

/**
 * How much of the step between light and dark happens within one pixel, where there is print: 0.5 is as sharp as it can
 * be seen so, a bell-shaped blur of 2 pixels leaves about 0.2. Undefined when there is nothing on the page.
 */
function sharpnessOf(cells: readonly Cell[], leastRange: number): number | undefined {
  const printed = cells.filter(({ range }) => range > Math.max(24, leastRange))
  if (printed.length < 12) return undefined
  return quantile(
    printed.map(({ range, step }) => step / range),
    0.8,
  )
}

/** The largest patch where a lamp is mirrored, or the whole page when too much light was let in. */
function findGlare(cells: readonly Cell[], paper: number): Problem | undefined {
  const washed = cells.filter((cell) => cell.washed > 0.6)
  const share = washed.length / cells.length
  if (share > MOSTLY) return { problem: 'glare', value: round(share) }
  const around = quantile(
    cells.filter((cell) => cell.washed === 0).map(({ bright }) => bright),
    0.7,
  )
  if (share < LEAST_PATCH || Math.min(paper, around) > WASHED_OUT - LEAST_GLEAM) return undefined
  const patch = largestPatch(washed)
  if (patch.length / cells.length < LEAST_PATCH) return undefined
  const [xs, ys] = [patch.map(({ x }) => x), patch.map(({ y }) => y)]
  const mark: Box = {
    x: Math.min(...xs),
    y: Math.min(...ys),
    width: Math.max(...xs) - Math.min(...xs) + CELL,
    height: Math.max(...ys) - Math.min(...ys) + CELL,
  }
  return { problem: 'glare' satisfies PageProblem, value: round(patch.length / cells.length), mark }
}

function largestPatch(cells: readonly Cell[]): readonly Cell[] {
  const gap = Math.min(
    ...cells.slice(1).flatMap((cell, at) => (cell.y === cells[at]!.y ? [cell.x - cells[at]!.x] : [])),
    1e6,
  )
  const left = new Set(cells)
  let best: readonly Cell[] = []
  for (const start of cells) {
    if (!left.delete(start)) continue
    const patch = [start]
    for (const cell of patch) {
      for (const other of left) {
        if (Math.abs(other.x - cell.x) > gap || Math.abs(other.y - cell.y) > gap) continue
        left.delete(other)
        patch.push(other)
      }
    }
    if (patch.length > best.length) best = patch
  }
  return best
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
