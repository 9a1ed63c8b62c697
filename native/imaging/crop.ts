import type { FingerFound, GrayImage } from '#native/capability/fingerprint-reader.ts'

/** Where a finger lies: its box before turning, and the turn clockwise about the centre of the box. */
export type FingerArea = Pick<FingerFound, 'box' | 'angle'>

const BACKGROUND = 255

/** The finger alone, turned upright, at the resolution of the image. What lies outside the image is white. */
export function cropFinger(image: GrayImage, { box, angle }: FingerArea): GrayImage {
  const width = Math.max(1, Math.round(box.width))
  const height = Math.max(1, Math.round(box.height))
  const pixels = new Uint8Array(width * height)
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const centreX = box.x + box.width / 2
  const centreY = box.y + box.height / 2
  for (let y = 0; y < height; y++) {
    const v = y + 0.5 - height / 2
    for (let x = 0; x < width; x++) {
      const u = x + 0.5 - width / 2
      pixels[y * width + x] = sample(image, centreX + u * cos - v * sin - 0.5, centreY + u * sin + v * cos - 0.5)
    }
  }
  return { width, height, dpi: image.dpi, pixels }
}

/** Bilinear. */
function sample({ width, height, pixels }: GrayImage, x: number, y: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) {
    const inside = left >= 0 && top >= 0 && left < width && top < height
    return inside ? pixels[top * width + left]! : BACKGROUND
  }
  const at = top * width + left
  const right = x - left
  const down = y - top
  const above = pixels[at]! * (1 - right) + pixels[at + 1]! * right
  const below = pixels[at + width]! * (1 - right) + pixels[at + width + 1]! * right
  return above * (1 - down) + below * down + 0.5
}
