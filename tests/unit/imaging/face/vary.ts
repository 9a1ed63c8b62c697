import type { Face } from '#native/imaging/face/index.ts'
import type { ColourImage } from '#native/imaging/face/index.ts'

type Colour = readonly [number, number, number]
type Spot = { readonly x: number; readonly y: number }

/** A copy whose every pixel was looked at by `change`. */
export function repaint(
  image: ColourImage,
  change: (colour: Colour, x: number, y: number) => Colour | undefined,
): ColourImage {
  const pixels = Uint8Array.from(image.pixels)
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at += 3) {
      const colour = change([pixels[at]!, pixels[at + 1]!, pixels[at + 2]!], x, y)
      if (!colour) continue
      for (let part = 0; part < 3; part++) pixels[at + part] = Math.min(255, Math.max(0, Math.round(colour[part]!)))
    }
  }
  return { ...image, pixels }
}

/** Light times a number, as bytes are stored. */
export function brighter(image: ColourImage, by: number): ColourImage {
  return repaint(image, ([red, green, blue]) => [red * by, green * by, blue * by])
}

/** Three runs of a box, which together are nearly a Gaussian of this deviation in pixels. */
export function blurred(image: ColourImage, deviation: number): ColourImage {
  const reach = Math.max(1, Math.round(Math.sqrt((deviation * deviation * 12) / 3 + 1) / 2 - 0.5))
  let result = image
  for (let run = 0; run < 3; run++) result = boxed(boxed(result, reach, true), reach, false)
  return result
}

function boxed({ width, height, pixels }: ColourImage, reach: number, across: boolean): ColourImage {
  const out = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let part = 0; part < 3; part++) {
        let sum = 0
        for (let step = -reach; step <= reach; step++) {
          const column = across ? Math.min(width - 1, Math.max(0, x + step)) : x
          const row = across ? y : Math.min(height - 1, Math.max(0, y + step))
          sum += pixels[(row * width + column) * 3 + part]!
        }
        out[(y * width + x) * 3 + part] = Math.round(sum / (2 * reach + 1))
      }
    }
  }
  return { width, height, pixels: out }
}

/** Glasses painted over a face: `thickness` of the frame over the eye distance, lenses as dark as `tint` (0–1). */
export function withGlasses(
  image: ColourImage,
  face: Face,
  { thickness = 0.05, frame = [30, 28, 32] as Colour, tint = 0 } = {},
): ColourImage {
  const right = between(face, 33, 133)
  const left = between(face, 362, 263)
  const apart = Math.hypot(left.x - right.x, left.y - right.y)
  const along = { x: (left.x - right.x) / apart, y: (left.y - right.y) / apart }
  return repaint(image, (colour, x, y) => {
    const near = (eye: Spot) => {
      const u = ((x - eye.x) * along.x + (y - eye.y) * along.y) / apart
      const v = ((y - eye.y) * along.x - (x - eye.x) * along.y) / apart - 0.06
      return { u, v, round: ((Math.abs(u) / 0.4) ** 3 + (Math.abs(v) / 0.3) ** 3) ** (1 / 3) }
    }
    const eyes = [near(right), near(left)]
    const onFrame = eyes.some(({ round }) => Math.abs(round - 1) < thickness / 0.35 / 2)
    const { u, v } = eyes[0]!
    const onBridge = u > 0.39 && u < 0.61 && Math.abs(v + 0.06) < thickness / 2
    const onArm = (u < -0.39 || u > 1.39) && u > -0.75 && u < 1.75 && Math.abs(v + 0.08) < thickness / 2
    if (onFrame || onBridge || onArm) return frame
    if (eyes.some(({ round }) => round < 1)) return colour.map((part) => part * (1 - tint)) as unknown as Colour
    return undefined
  })
}

/** Cloth over the hair and the upper forehead. */
export function withCloth(image: ColourImage, face: Face, cloth: (x: number, y: number) => Colour): ColourImage {
  const top = face.mesh[10]!
  const chin = face.mesh[152]!
  const half = Math.hypot(face.mesh[454]!.x - face.mesh[234]!.x, face.mesh[454]!.y - face.mesh[234]!.y) / 2
  const length = chin.y - top.y
  return repaint(image, (_, x, y) => {
    const u = (x - top.x) / (half * 1.15)
    const v = (y - (top.y + length * 0.2)) / (length * 0.62)
    return v < -0.2 && u * u + v * v < 1 ? cloth(x, y) : undefined
  })
}

/** Darker towards one side: light at the edge is multiplied by `by`. */
export function shaded(image: ColourImage, face: Face, by: number, way: 'across' | 'down' = 'across'): ColourImage {
  const { x, y, width, height } = face.box
  return repaint(image, ([red, green, blue], column, row) => {
    const along = way === 'across' ? (column - x) / width : (row - y) / height
    const light = 1 - (1 - by) / (1 + Math.exp(-(along - 0.5) * 14))
    return [red * light, green * light, blue * light]
  })
}

function between({ mesh }: Face, one: number, other: number): Spot {
  return { x: (mesh[one]!.x + mesh[other]!.x) / 2, y: (mesh[one]!.y + mesh[other]!.y) / 2 }
}

/** The picture turned clockwise by so many degrees about its middle, corners filled with what lies at the edge. */
export function tilted(image: ColourImage, degrees: number): ColourImage {
  const turn = (degrees * Math.PI) / 180
  const middle = { x: image.width / 2, y: image.height / 2 }
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)))
  return repaint(image, (_, x, y) => {
    const u = x - middle.x
    const v = y - middle.y
    const column = clamp(middle.x + u * Math.cos(turn) + v * Math.sin(turn), image.width - 1)
    const row = clamp(middle.y + v * Math.cos(turn) - u * Math.sin(turn), image.height - 1)
    const at = (row * image.width + column) * 3
    return [image.pixels[at]!, image.pixels[at + 1]!, image.pixels[at + 2]!]
  })
}
