/** Colour pictures: red, green, blue, rows from the top. */
export type Colours = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

export type Grey = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

/** Rec. 601 luma. */
export function toGrey({ width, height, rgb }: Colours): Grey {
  const pixels = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < pixels.length; at++, from += 3) {
    pixels[at] = (rgb[from]! * 77 + rgb[from + 1]! * 150 + rgb[from + 2]! * 29 + 128) >> 8
  }
  return { width, height, pixels }
}

/** Smaller by a whole factor: means of factor × factor; a rest at the edge is cut. */
export function shrink(picture: Colours, factor: number): Colours {
  if (factor <= 1) return picture
  const width = Math.floor(picture.width / factor)
  const height = Math.floor(picture.height / factor)
  const rgb = new Uint8Array(width * height * 3)
  const sums = new Uint32Array(width * 3)
  const area = factor * factor
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let line = 0; line < factor; line++) {
      let from = (y * factor + line) * picture.width * 3
      for (let x = 0; x < width * 3; x += 3) {
        for (let step = 0; step < factor; step++, from += 3) {
          sums[x]! += picture.rgb[from]!
          sums[x + 1]! += picture.rgb[from + 1]!
          sums[x + 2]! += picture.rgb[from + 2]!
        }
      }
    }
    const row = y * width * 3
    for (let x = 0; x < width * 3; x++) rgb[row + x] = (sums[x]! + (area >> 1)) / area
  }
  return { width, height, rgb }
}

/** The factor that makes the longer side about `side` pixels. */
export function factorTo(side: number, { width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(1, Math.round(Math.max(width, height) / side))
}

/** Turned clockwise by quarters. */
export function turnQuarters(picture: Colours, quarters: number): Colours {
  const turns = ((quarters % 4) + 4) % 4
  if (turns === 0) return picture
  const { width: w, height: h, rgb: from } = picture
  const [width, height] = turns === 2 ? [w, h] : [h, w]
  const rgb = new Uint8Array(from.length)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [u, v] = turns === 1 ? [h - 1 - y, x] : turns === 2 ? [w - 1 - x, h - 1 - y] : [y, w - 1 - x]
      const [source, target] = [(y * w + x) * 3, (v * width + u) * 3]
      rgb[target] = from[source]!
      rgb[target + 1] = from[source + 1]!
      rgb[target + 2] = from[source + 2]!
    }
  }
  return { width, height, rgb }
}

/** Left and right changed over. */
export function mirror({ width, height, rgb: from }: Colours): Colours {
  const rgb = new Uint8Array(from.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [source, target] = [(y * width + x) * 3, (y * width + width - 1 - x) * 3]
      rgb.set(from.subarray(source, source + 3), target)
    }
  }
  return { width, height, rgb }
}
