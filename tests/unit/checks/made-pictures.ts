import type { Pixels } from '../../../renderer/technician/checks/window/measure-picture.ts'

type Colour = readonly [number, number, number]
type Painter = (x: number, y: number) => number | Colour

export function painted(width: number, height: number, paint: Painter): Pixels {
  const data = new Uint8ClampedArray(4 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = paint(x, y)
      const [red, green, blue] = typeof level === 'number' ? [level, level, level] : level
      data.set([red, green, blue, 255], 4 * (y * width + x))
    }
  }
  return { width, height, data }
}

/** Something like lines of print: strokes of 2–4 pixels, seldom at the same place. */
export const page: Painter = (x, y) => {
  const line = Math.floor(y / 18)
  if (y % 18 > 11) return 225
  const at = (x * 7 + line * 131) % 97
  const stroke = Math.floor((x + line * 5) / 3) % 3 === 0 && at > 20
  const bar = y % 18 < 2 && at > 40
  return stroke || bar ? 40 : 225
}

/** A bell-shaped blur of `sigma` pixels. */
export function blurred(picture: Pixels, sigma: number, ways: 'both' | 'rows' = 'both'): Pixels {
  if (sigma === 0) return picture
  const radius = Math.ceil(3 * sigma)
  const bell = Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-((at - radius) ** 2) / (2 * sigma ** 2)))
  const sum = bell.reduce((all, each) => all + each, 0)
  const { width, height } = picture
  const pass = (from: Pixels, dx: number, dy: number): Pixels =>
    painted(width, height, (x, y) => {
      let level = 0
      for (const [at, weight] of bell.entries()) {
        const px = Math.min(width - 1, Math.max(0, x + (at - radius) * dx))
        const py = Math.min(height - 1, Math.max(0, y + (at - radius) * dy))
        level += weight * from.data[4 * (py * width + px)]!
      }
      return level / sum
    })
  const across = pass(picture, 1, 0)
  return ways === 'rows' ? across : pass(across, 0, 1)
}

/** Noise as of a sensor, the same each time for the same `seed`. */
export function noisy(picture: Pixels, levels: number, seed = 1): Pixels {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const data = Uint8ClampedArray.from(picture.data)
  for (let at = 0; at < data.length; at++) {
    if (at % 4 === 3) continue
    data[at] = data[at]! + (next() + next() + next() - 1.5) * 2 * levels
  }
  return { ...picture, data }
}

/** A white sheet that fills the picture: `level` in its middle, colours by share, corners darker by `vignette`. */
export const sheet =
  (level: number, [red, green, blue]: Colour = [1, 1, 1], vignette = 0, width = 160, height = 120): Painter =>
  (x, y) => {
    const away = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) / 0.5
    const light = level * (1 - vignette * away)
    return [Math.min(255, light * red), Math.min(255, light * green), Math.min(255, light * blue)]
  }
