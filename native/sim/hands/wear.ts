import { createNoise } from './noise.ts'

/** A print as a grid of heights: −1 in a valley, +1 on a ridge. */
type Skin = { readonly width: number; readonly height: number; readonly ridge: Float32Array }

/**
 * What years of fields, cement or soap leave of a print: ridges rubbed shallow in patches, broken into pieces, crossed
 * by fine creases and by a few cuts. `wear` 0 nothing, 1 hardly a line without a gap. The minutiae stay where they were.
 */
export function wornDown(skin: Skin, wear: number, random: () => number): Float32Array {
  const { width, height } = skin
  const patches = createNoise(random)
  const gaps = createNoise(random)
  const ridge = new Float32Array(skin.ridge.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const rubbed = wear * (0.55 + 0.45 * patches(x / 24, y / 24))
      const broken = Math.max(0, gaps(x / 4.5, y / 4.5) + 1.3 * rubbed - 0.7)
      ridge[at] = skin.ridge[at]! * (1 - 0.65 * rubbed) - 0.5 * rubbed - 2 * broken
    }
  }
  const anywhere = () => ({ x: width * random(), y: height * random(), angle: random() * Math.PI })
  for (let count = Math.round(16 * wear); count > 0; count--) {
    cutLine(ridge, skin, { ...anywhere(), length: 15 + 45 * random(), depth: 0.8, bend: 0.12 }, random)
  }
  for (let count = Math.round(5 * wear); count > 0; count--) {
    cutLine(ridge, skin, { ...anywhere(), length: 40 + 80 * random(), depth: 2.2, bend: 0.03, wide: true }, random)
  }
  return ridge
}

/** Draws a white line across the ridges, in pixels; `bend` is how far its direction may turn at each, in radians. */
export function cutLine(
  ridge: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  line: {
    readonly x: number
    readonly y: number
    readonly angle: number
    readonly length: number
    readonly depth: number
    readonly bend: number
    readonly wide?: boolean
  },
  random: () => number,
): void {
  let { x, y, angle } = line
  for (let { length } = line; length > 0; length--) {
    angle += (random() - 0.5) * line.bend
    x += Math.cos(angle)
    y += Math.sin(angle)
    const at = Math.round(y) * width + Math.round(x)
    if (x <= 2 || x >= width - 3 || y <= 2 || y >= height - 3) continue
    ridge[at]! -= line.depth
    ridge[at + 1]! -= line.depth * 0.44
    ridge[at + width]! -= line.depth * 0.44
    if (!line.wide) continue
    ridge[at - 1]! -= line.depth * 0.44
    ridge[at - width]! -= line.depth * 0.44
  }
}
