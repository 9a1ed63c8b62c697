import type { Box, Point, TurnedBox } from '#native/capability/picture.ts'

/** A colour picture: red, green, blue bytes row by row, the origin at the upper left. */
export type ColourImage = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

/** Luma of ITU-R BT.601 from bytes as they are stored (gamma applied), 0–255. */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue
}

/** The luma of every pixel. */
export function greyOf({ width, height, pixels }: ColourImage): Float32Array {
  const grey = new Float32Array(width * height)
  for (let at = 0, from = 0; at < grey.length; at++, from += 3) {
    grey[at] = luma(pixels[from]!, pixels[from + 1]!, pixels[from + 2]!)
  }
  return grey
}

/** Samples a side of a pixel of the result: enough to average the source without gaps up to this reduction. */
const mostSamples = 6

/** The part of a picture under a turned box, upright, at any size. Beyond the edge the edge goes on. */
export function takeUpright(image: ColourImage, box: TurnedBox, width: number, height: number): ColourImage {
  const pixels = new Uint8Array(width * height * 3)
  const { cos, sin, centreX, centreY } = axes(box)
  const stepX = box.width / width
  const stepY = box.height / height
  const samples = Math.min(mostSamples, Math.max(1, Math.ceil(Math.max(stepX, stepY))))
  const share = 1 / (samples * samples)
  const right = image.width - 1
  const bottom = image.height - 1
  const source = image.pixels
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let red = 0
      let green = 0
      let blue = 0
      for (let down = 0; down < samples; down++) {
        const v = (row + (down + 0.5) / samples) * stepY - box.height / 2
        for (let across = 0; across < samples; across++) {
          const u = (column + (across + 0.5) / samples) * stepX - box.width / 2
          // Pixel centres lie at halves.
          const x = Math.min(right, Math.max(0, centreX + u * cos - v * sin - 0.5))
          const y = Math.min(bottom, Math.max(0, centreY + u * sin + v * cos - 0.5))
          const left = Math.floor(x)
          const top = Math.floor(y)
          const shareX = x - left
          const shareY = y - top
          const a = (top * image.width + left) * 3
          const b = left < right ? a + 3 : a
          const c = top < bottom ? a + image.width * 3 : a
          const d = c + (b - a)
          const ofA = (1 - shareX) * (1 - shareY)
          const ofB = shareX * (1 - shareY)
          const ofC = (1 - shareX) * shareY
          const ofD = shareX * shareY
          red += source[a]! * ofA + source[b]! * ofB + source[c]! * ofC + source[d]! * ofD
          green += source[a + 1]! * ofA + source[b + 1]! * ofB + source[c + 1]! * ofC + source[d + 1]! * ofD
          blue += source[a + 2]! * ofA + source[b + 2]! * ofB + source[c + 2]! * ofC + source[d + 2]! * ofD
        }
      }
      const at = (row * width + column) * 3
      pixels[at] = Math.round(red * share)
      pixels[at + 1] = Math.round(green * share)
      pixels[at + 2] = Math.round(blue * share)
    }
  }
  return { width, height, pixels }
}

/** Where a point of the picture lies in the upright part, in its own pixels. */
export function intoUpright({ x, y }: Point, box: TurnedBox, width: number): Point {
  const { cos, sin, centreX, centreY } = axes(box)
  const scale = width / box.width
  const across = x - centreX
  const down = y - centreY
  return {
    x: (across * cos + down * sin + box.width / 2) * scale,
    y: (down * cos - across * sin + box.height / 2) * scale,
  }
}

/** Where a point of the upright part lies in the picture. */
export function outOfUpright({ x, y }: Point, box: TurnedBox, width: number): Point {
  const { cos, sin, centreX, centreY } = axes(box)
  const scale = box.width / width
  const u = x * scale - box.width / 2
  const v = y * scale - box.height / 2
  return { x: centreX + u * cos - v * sin, y: centreY + u * sin + v * cos }
}

/** The smallest upright box around points. */
export function boxAround(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

function axes({ x, y, width, height, angle }: TurnedBox) {
  const radians = (angle * Math.PI) / 180
  return { cos: Math.cos(radians), sin: Math.sin(radians), centreX: x + width / 2, centreY: y + height / 2 }
}
