import { createNoise } from '../hands/noise.ts'
import { createRandom } from '../hands/random.ts'
import type { Drawing } from '../people/portrait.ts'
import { carry, seenCorners, type Corners } from './perspective.ts'

export const tables = ['dark', 'grey', 'wood', 'pale', 'cluttered'] as const

/** How a thing on a table is photographed. What is not said is drawn from the seed. */
type Shot = {
  readonly seed: number
  readonly width?: number
  readonly height?: number
  readonly table?: (typeof tables)[number]
  /** Share of the frame that the thing spans on its tighter side. */
  readonly fill?: number
  /** Degrees clockwise. */
  readonly turn?: number
  /** Degrees out of the plane. */
  readonly tilt?: number
  /** Pixels beside the middle. */
  readonly shift?: { readonly x: number; readonly y: number }
  /** 0–1: how much light the shadow takes. */
  readonly shadow?: number
  /** Standard deviations, in grey levels and in pixels. */
  readonly noise?: number
  readonly blur?: number
  /** 0–1: how much light there is. */
  readonly light?: number
  /** A lamp mirrored on the thing, this share of its width. */
  readonly glare?: number
}

export type Photograph = Drawing & {
  /** Upper left, upper right, lower right, lower left of the thing itself, however it is turned. */
  readonly corners: Corners
}

/** An empty table: what a camera sees before anything is laid down. */
export function photographTable(shot: Shot): Drawing {
  const nothing = { width: 100, height: 100, data: new Uint8Array(0) }
  return photograph(nothing, shot)
}

/** A photograph of a flat thing lying on a table; the same for the same shot. */
export function photograph(sheet: Drawing, shot: Shot): Photograph {
  const random = createRandom(shot.seed * 7919 + 13)
  const between = (low: number, high: number) => low + (high - low) * random()
  const { width = 960, height = 720 } = shot
  const table = shot.table ?? tables[Math.floor(random() * tables.length)]!
  const drawn = {
    fill: between(0.6, 0.86),
    turn: between(-20, 20),
    tilt: between(0, 22),
    tiltAxis: between(0, 180),
    dx: between(-0.03, 0.03) * width,
    dy: between(-0.03, 0.03) * height,
    shadow: between(0, 0.45),
    noise: between(1, 5),
    blur: between(0.4, 1),
  }
  const view = {
    ...drawn,
    fill: shot.fill ?? drawn.fill,
    turn: shot.turn ?? drawn.turn,
    tilt: shot.tilt ?? drawn.tilt,
    dx: shot.shift?.x ?? drawn.dx,
    dy: shot.shift?.y ?? drawn.dy,
  }
  const corners = seenCorners(sheet, { width, height }, view)
  const picture = layTable(table, width, height, random)
  const span = Math.hypot(corners[1].x - corners[0].x, corners[1].y - corners[0].y)
  if (sheet.data.length > 0) layDown(picture, sheet, corners)
  shine(picture, { random, shadow: shot.shadow ?? drawn.shadow, light: shot.light ?? 1 })
  if (shot.glare) mirrorLamp(picture, corners, span * shot.glare)
  const soft = blurred(picture, shot.blur ?? drawn.blur)
  addNoise(soft, shot.noise ?? drawn.noise, random)
  return { ...soft, corners }
}

type Canvas = { readonly width: number; readonly height: number; readonly data: Uint8Array }

function layTable(table: string, width: number, height: number, random: () => number): Canvas {
  const data = new Uint8Array(width * height * 4).fill(255)
  const grain = createNoise(random)
  const base = { dark: [52, 48, 46], grey: [112, 116, 118], wood: [134, 98, 64], pale: [186, 180, 170] }[table] ?? [
    96, 90, 84,
  ]
  const slant = random() * 0.3 - 0.15
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = (y + slant * x) / height
      const streak =
        table === 'wood' ? 22 * grain(across * 34, x / width) + 8 * Math.sin(across * 190) : 6 * grain(x / 40, y / 40)
      const at = (y * width + x) * 4
      for (let channel = 0; channel < 3; channel++) data[at + channel] = clamp(base[channel]! + streak)
    }
  }
  const canvas = { width, height, data }
  if (table === 'cluttered') for (let thing = 0; thing < 14; thing++) layThing(canvas, random)
  return canvas
}

/** A box or a disc of any colour: a phone, a cup, a stapler. */
function layThing({ width, height, data }: Canvas, random: () => number) {
  const [x, y] = [random() * width, random() * height]
  const [half, thick] = [(0.03 + 0.2 * random()) * width, (0.01 + 0.1 * random()) * width]
  const angle = random() * Math.PI
  const round = random() < 0.35
  const colour = [random() * 220, random() * 220, random() * 220]
  const reach = Math.ceil(half + thick)
  for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(height, y + reach); row++) {
    for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(width, x + reach); column++) {
      const u = (column - x) * Math.cos(angle) + (row - y) * Math.sin(angle)
      const v = (row - y) * Math.cos(angle) - (column - x) * Math.sin(angle)
      const inside = round ? Math.hypot(u, v) < thick : Math.abs(u) < half && Math.abs(v) < thick
      if (inside)
        for (let channel = 0; channel < 3; channel++) data[(row * width + column) * 4 + channel] = colour[channel]!
    }
  }
}

/** Puts the sheet where its corners are, four samples a pixel from a sheet made about as fine as it is seen. */
function layDown({ width, height, data }: Canvas, sheet: Drawing, corners: Corners) {
  const seen = Math.hypot(corners[1].x - corners[0].x, corners[1].y - corners[0].y)
  const small = shrink(sheet, Math.max(1, Math.floor(sheet.width / seen / 1.2)))
  const [w, h] = [small.width, small.height]
  const back = carry(corners, [
    { x: 0, y: 0 },
    { x: w, y: 0 },
    { x: w, y: h },
    { x: 0, y: h },
  ])
  const [a, b, c, d, e, f, g, i] = back as [number, number, number, number, number, number, number, number]
  const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))]
  const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))]
  // Written out channel by channel: most of the time of a photograph goes by here.
  const from = small.data
  const row = w * 4
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++) {
      let hits = 0
      let red = 0
      let green = 0
      let blue = 0
      for (let part = 0; part < 4; part++) {
        const px = x + 0.25 + 0.5 * (part & 1)
        const py = y + 0.25 + 0.5 * (part >> 1)
        const under = g * px + i * py + 1
        const u = (a * px + b * py + c) / under
        const v = (d * px + e * py + f) / under
        if (u < 0 || v < 0 || u >= w || v >= h) continue
        hits++
        const x0 = Math.max(0, Math.min(w - 2, Math.floor(u - 0.5)))
        const y0 = Math.max(0, Math.min(h - 2, Math.floor(v - 0.5)))
        const fx = Math.max(0, Math.min(1, u - 0.5 - x0))
        const fy = Math.max(0, Math.min(1, v - 0.5 - y0))
        const at = (y0 * w + x0) * 4
        red += mixed(from[at]!, from[at + 4]!, from[at + row]!, from[at + row + 4]!, fx, fy)
        green += mixed(from[at + 1]!, from[at + 5]!, from[at + row + 1]!, from[at + row + 5]!, fx, fy)
        blue += mixed(from[at + 2]!, from[at + 6]!, from[at + row + 2]!, from[at + row + 6]!, fx, fy)
      }
      if (hits === 0) continue
      const at = (y * width + x) * 4
      data[at] = (red + data[at]! * (4 - hits)) / 4
      data[at + 1] = (green + data[at + 1]! * (4 - hits)) / 4
      data[at + 2] = (blue + data[at + 2]! * (4 - hits)) / 4
    }
  }
}

/** Between four neighbours. */
function mixed(here: number, beside: number, below: number, across: number, fx: number, fy: number): number {
  return (here * (1 - fx) + beside * fx) * (1 - fy) + (below * (1 - fx) + across * fx) * fy
}

function shrink(sheet: Drawing, factor: number): Drawing {
  if (factor === 1) return sheet
  const width = Math.floor(sheet.width / factor)
  const height = Math.floor(sheet.height / factor)
  const data = new Uint8Array(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0
        for (let row = 0; row < factor; row++) {
          for (let column = 0; column < factor; column++) {
            sum += sheet.data[((y * factor + row) * sheet.width + x * factor + column) * 4 + channel]!
          }
        }
        data[(y * width + x) * 4 + channel] = sum / factor ** 2
      }
    }
  }
  return { width, height, data }
}

/** Light that falls off to one side, and a shadow with a soft edge. */
function shine(
  { width, height, data }: Canvas,
  { random, shadow, light }: { random: () => number; shadow: number; light: number },
) {
  const [fall, edge] = [random() * 2 * Math.PI, random() * 2 * Math.PI]
  const [fallX, fallY, edgeX, edgeY] = [Math.cos(fall), Math.sin(fall), Math.cos(edge), Math.sin(edge)]
  const loss = 0.25 * random()
  const where = (random() - 0.5) * 0.5
  const soft = 0.02 + 0.06 * random()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width - 0.5, y / height - 0.5]
      const fallen = 1 - loss * (0.5 + fallX * u + fallY * v)
      const dark = 1 / (1 + Math.exp(-(edgeX * u + edgeY * v - where) / soft))
      const share = light * fallen * (1 - shadow * dark)
      const at = (y * width + x) * 4
      for (let channel = 0; channel < 3; channel++) data[at + channel] = clamp(data[at + channel]! * share)
    }
  }
}

function mirrorLamp({ width, height, data }: Canvas, corners: Corners, radius: number) {
  const x0 = corners.reduce((sum, { x }) => sum + x / 4, 0) + radius / 2
  const y0 = corners.reduce((sum, { y }) => sum + y / 4, 0) - radius / 3
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 330 * Math.exp(-(((x - x0) / radius) ** 2 + ((y - y0) / radius) ** 2) * 2)
      if (light < 1) continue
      const at = (y * width + x) * 4
      for (let channel = 0; channel < 3; channel++) data[at + channel] = clamp(data[at + channel]! + light)
    }
  }
}

/** A bell-shaped blur, first along the rows, then down the columns. */
function blurred({ width, height, data }: Canvas, sigma: number): Canvas {
  if (sigma < 0.2) return { width, height, data }
  const reach = Math.ceil(sigma * 2.5)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let from = data
  for (const vertical of [false, true]) {
    const to = new Uint8Array(data.length).fill(255)
    const step = (vertical ? width : 1) * 4
    const last = vertical ? height - 1 : width - 1
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4
        const place = vertical ? y : x
        const inside = place >= reach && place + reach <= last
        let red = 0
        let green = 0
        let blue = 0
        for (let k = -reach; k <= reach; k++) {
          const away = inside ? k : Math.max(0, Math.min(last, place + k)) - place
          const source = at + away * step
          const weight = weights[k + reach]!
          red += weight * from[source]!
          green += weight * from[source + 1]!
          blue += weight * from[source + 2]!
        }
        to[at] = red / whole + 0.5
        to[at + 1] = green / whole + 0.5
        to[at + 2] = blue / whole + 0.5
      }
    }
    from = to
  }
  return { width, height, data: from }
}

function addNoise({ data }: Canvas, deviation: number, random: () => number) {
  for (let at = 0; at < data.length; at += 4) {
    // Three even numbers make nearly a bell.
    const noise = (random() + random() + random() - 1.5) * 2 * deviation
    for (let channel = 0; channel < 3; channel++) data[at + channel] = clamp(data[at + channel]! + noise)
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}
