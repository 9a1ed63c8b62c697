import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

/** The image at another resolution: the mean of what a pixel covers when made smaller, between neighbours when larger. */
export function resample(image: GrayImage, scale: number): GrayImage {
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const pixels = new Uint8Array(width * height)
  const taps = Math.max(1, Math.round(1 / scale))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let row = 0; row < taps; row++) {
        for (let column = 0; column < taps; column++) {
          sum += between(image, (x + (column + 0.5) / taps) / scale - 0.5, (y + (row + 0.5) / taps) / scale - 0.5)
        }
      }
      pixels[y * width + x] = sum / (taps * taps) + 0.5
    }
  }
  return { width, height, dpi: image.dpi * scale, pixels }
}

function between({ width, height, pixels }: GrayImage, x: number, y: number): number {
  const px = Math.max(0, Math.min(width - 1, x))
  const py = Math.max(0, Math.min(height - 1, y))
  const left = Math.min(Math.max(0, width - 2), Math.floor(px))
  const top = Math.min(Math.max(0, height - 2), Math.floor(py))
  const right = Math.min(width - 1, left + 1)
  const bottom = Math.min(height - 1, top + 1)
  const u = px - left
  const v = py - top
  return (
    (pixels[top * width + left]! * (1 - u) + pixels[top * width + right]! * u) * (1 - v) +
    (pixels[bottom * width + left]! * (1 - u) + pixels[bottom * width + right]! * u) * v
  )
}
