import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

export function plain(width: number, height: number, value: (at: number) => number, dpi = 500): GrayImage {
  return { width, height, dpi, pixels: Uint8Array.from({ length: width * height }, (_, at) => value(at)) }
}

/** The hand a second time `mm` further down its fingers, as the next parts of the fingers would lie there. */
export function withMiddleJoints(image: GrayImage, mm: number, rotation: number): GrayImage {
  const turn = (rotation * Math.PI) / 180
  const length = (mm / 25.4) * image.dpi
  const by = Math.round(length * Math.cos(turn)) * image.width - Math.round(length * Math.sin(turn))
  return { ...image, pixels: image.pixels.map((value, at) => Math.min(value, image.pixels[at - by] ?? 255)) }
}

/** The picture moved by so many millimetres; what leaves it is gone, what comes in is empty glass. */
export function moved(image: GrayImage, right: number, down: number): GrayImage {
  const { width, height, dpi, pixels } = image
  const [dx, dy] = [right, down].map((mm) => Math.round((mm / 25.4) * dpi)) as [number, number]
  return {
    ...image,
    pixels: pixels.map((_, at) => {
      const [x, y] = [(at % width) - dx, Math.floor(at / width) - dy]
      return x < 0 || y < 0 || x >= width || y >= height ? 250 : pixels[y * width + x]!
    }),
  }
}

/** A part of the picture, as a smaller glass would give it. */
export function cutOut(image: GrayImage, left: number, top: number, width: number, height: number): GrayImage {
  const value = (at: number) => image.pixels[(top + Math.floor(at / width)) * image.width + left + (at % width)]!
  return plain(width, height, value, image.dpi)
}
