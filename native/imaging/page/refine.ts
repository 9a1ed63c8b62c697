import type { Point } from '#native/capability/picture.ts'
import type { Line } from './edges.ts'
import type { Colours } from './picture.ts'
import { meet, type Corners } from './quad.ts'

const SAMPLES = 72
/** Share of a side beside its corners that is left out: corners of papers are round or bent. */
const ENDS = 0.05

/** The corners where the real edges meet: lines laid through the steepest points beside each side. */
export function refineCorners(picture: Colours, corners: Corners, coarseFactor: number): Corners {
  let lines = corners.map((corner, index) => through(corner, corners[(index + 1) % 4]!))
  let current: Corners = corners
  for (const reach of [Math.max(4, 3 * coarseFactor), Math.max(3, Math.ceil(1.5 * coarseFactor))]) {
    lines = lines.map((line, index) => fitSide(picture, current[index]!, current[(index + 1) % 4]!, reach) ?? line)
    const met = lines.map((line, index) => meet(line, lines[(index + 3) % 4]!) ?? current[index]!)
    current = met as unknown as Corners
  }
  return current
}

function through(a: Point, b: Point): Line {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [cos, sin] = [(b.y - a.y) / length, -(b.x - a.x) / length]
  return { cos, sin, distance: a.x * cos + a.y * sin }
}

function fitSide(picture: Colours, a: Point, b: Point, reach: number): Line | undefined {
  const { width, height, rgb } = picture
  const { cos, sin } = through(a, b)
  const size = 2 * reach + 1
  const profiles: { readonly x: number; readonly y: number; readonly values: Float32Array }[] = []
  for (let index = 0; index < SAMPLES; index++) {
    const share = ENDS + ((1 - 2 * ENDS) * index) / (SAMPLES - 1)
    const [x, y] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share]
    const out = reach + 2
    if (x - out < 0 || y - out < 0 || x + out >= width || y + out >= height) continue
    const values = new Float32Array(size * 3)
    for (let step = -reach; step <= reach; step++) {
      const at = (Math.floor(y + sin * step) * width + Math.floor(x + cos * step)) * 3
      values.set([rgb[at]!, rgb[at + 1]!, rgb[at + 2]!], (step + reach) * 3)
    }
    profiles.push({ x, y, values })
  }
  if (profiles.length < SAMPLES / 6) return undefined
  const mix = colourStep(profiles, size)
  const points = profiles.flatMap(({ x, y, values }) => {
    const step = steepest(values, size, mix)
    return step === undefined ? [] : [{ x: x + cos * (step - reach), y: y + sin * (step - reach) }]
  })
  return points.length < SAMPLES / 6 ? undefined : robustLine(points)
}

/** How the colour changes from the one side to the other, as weights of the channels. */
function colourStep(profiles: readonly { readonly values: Float32Array }[], size: number): readonly number[] {
  const third = Math.max(1, Math.floor(size / 3))
  return [0, 1, 2].map((channel) => {
    const steps = profiles.map(({ values }) => {
      let step = 0
      for (let at = 0; at < third; at++) {
        step += values[(size - 1 - at) * 3 + channel]! - values[at * 3 + channel]!
      }
      return step / third
    })
    return steps.sort((one, other) => one - other)[steps.length >> 1]!
  })
}

function steepest(values: Float32Array, size: number, mix: readonly number[]): number | undefined {
  const norm = Math.hypot(...mix) || 1
  const grey = Float32Array.from({ length: size }, (_, at) =>
    mix.reduce((sum, weight, channel) => sum + (weight / norm) * values[at * 3 + channel]!, 0),
  )
  const rise = (at: number) => grey[at + 1]! + grey[at + 2]! - grey[at - 1]! - grey[at - 2]!
  let [best, most] = [-1, 16]
  for (let at = 2; at < size - 2; at++) {
    const step = rise(at)
    if (step > most) [best, most] = [at, step]
  }
  if (best < 3 || best > size - 4) return best < 0 ? undefined : best + 0.5
  const [before, after] = [rise(best - 1), rise(best + 1)]
  const bend = before + after - 2 * most
  // Pixels were taken at their middles.
  return best + 0.5 * (bend < 0 ? (before - after) / bend : 0)
}

/** Total least squares, again and again, each time trusting far points less (Tukey). */
function robustLine(points: readonly Point[]): Line | undefined {
  let weights = points.map(() => 1)
  let line: Line | undefined
  for (let round = 0; round < 8; round++) {
    let [sum, mx, my] = [0, 0, 0]
    for (const [index, { x, y }] of points.entries()) {
      sum += weights[index]!
      mx += weights[index]! * x
      my += weights[index]! * y
    }
    if (sum < 4) return line
    mx /= sum
    my /= sum
    let [xx, xy, yy] = [0, 0, 0]
    for (const [index, { x, y }] of points.entries()) {
      xx += weights[index]! * (x - mx) ** 2
      xy += weights[index]! * (x - mx) * (y - my)
      yy += weights[index]! * (y - my) ** 2
    }
    const angle = 0.5 * Math.atan2(2 * xy, xx - yy) + Math.PI / 2
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const fitted = { cos, sin, distance: mx * cos + my * sin }
    line = fitted
    const away = points.map(({ x, y }) => Math.abs(x * cos + y * sin - fitted.distance))
    const middle = away.toSorted((one, other) => one - other)[away.length >> 1]!
    const limit = Math.max(1.5, 4 * middle)
    weights = away.map((far) => (far >= limit ? 0 : (1 - (far / limit) ** 2) ** 2))
  }
  return line
}
