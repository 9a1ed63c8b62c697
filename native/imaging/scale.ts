import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

/** The image made smaller by a whole factor: each pixel is the mean of factor × factor; a rest at the edge is cut. */
export function scaleDown(image: GrayImage, factor: number): GrayImage {
  if (!Number.isInteger(factor) || factor < 1) throw new RangeError('scale factor must be a whole number from 1')
  if (factor === 1) return image
  const width = Math.floor(image.width / factor)
  const height = Math.floor(image.height / factor)
  const { pixels: source, width: stride } = image
  const pixels = new Uint8Array(width * height)
  const sums = new Uint32Array(width)
  const area = factor * factor
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let line = 0; line < factor; line++) {
      let from = (y * factor + line) * stride
      for (let x = 0; x < width; x++) {
        const end = from + factor
        let sum = 0
        for (; from < end; from++) sum += source[from]!
        sums[x]! += sum
      }
    }
    for (let x = 0; x < width; x++) pixels[y * width + x] = (sums[x]! + (area >> 1)) / area
  }
  return { width, height, dpi: image.dpi / factor, pixels }
}
