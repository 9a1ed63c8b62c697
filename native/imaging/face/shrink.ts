import type { ColourImage } from './picture.ts'

/** A picture made smaller by a whole number, each pixel the mean of those under it. */
export function shrink(image: ColourImage, by: number): ColourImage {
  if (by <= 1) return image
  const width = Math.floor(image.width / by)
  const height = Math.floor(image.height / by)
  const pixels = new Uint8Array(width * height * 3)
  const share = 1 / (by * by)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let red = 0
      let green = 0
      let blue = 0
      for (let row = 0; row < by; row++) {
        let from = ((y * by + row) * image.width + x * by) * 3
        for (let column = 0; column < by; column++, from += 3) {
          red += image.pixels[from]!
          green += image.pixels[from + 1]!
          blue += image.pixels[from + 2]!
        }
      }
      const to = (y * width + x) * 3
      pixels[to] = Math.round(red * share)
      pixels[to + 1] = Math.round(green * share)
      pixels[to + 2] = Math.round(blue * share)
    }
  }
  return { width, height, pixels }
}
