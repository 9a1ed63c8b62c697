import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

const PERIOD = 9

/** A place where one line more begins: to the right of it (1) or to the left of it (−1). */
export type Planted = { readonly x: number; readonly y: number; readonly side: 1 | -1 }

/**
 * Parallel lines on an oval of skin, turned clockwise by so many degrees about the middle; at each planted place a line
 * begins, which is an ending or a fork as `phase` has it: 0 a fork, π an ending, where only one is planted.
 */
export function drawLines(planted: readonly Planted[], { phase = 0, turn = 0 } = {}): GrayImage {
  const [width, height] = [360, 440]
  const pixels = new Uint8Array(width * height).fill(250)
  const cos = Math.cos((turn * Math.PI) / 180)
  const sin = Math.sin((turn * Math.PI) / 180)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      if ((dx / 150) ** 2 + (dy / 190) ** 2 > 1) continue
      const u = dx * cos + dy * sin + width / 2
      const v = dy * cos - dx * sin + height / 2
      let wave = phase + (2 * Math.PI * v) / PERIOD
      for (const place of planted) wave += place.side * Math.atan2(v - place.y, u - place.x)
      pixels[y * width + x] = 135 - 90 * Math.cos(wave)
    }
  }
  return { width, height, dpi: 500, pixels }
}

/** The phase for which the first of the planted places is an ending. */
export function phaseOfEnding([first, ...others]: readonly Planted[]): number {
  // The line that begins on its side lies level with it.
  let wave = (2 * Math.PI * first!.y) / PERIOD + (first!.side === 1 ? 0 : Math.PI)
  for (const { x, y, side } of others) wave += side * Math.atan2(first!.y - y, first!.x - x)
  return -wave
}

/** Where a planted place lies in the turned picture. */
export function turnedPlace({ x, y }: { readonly x: number; readonly y: number }, turn: number) {
  const cos = Math.cos((turn * Math.PI) / 180)
  const sin = Math.sin((turn * Math.PI) / 180)
  return { x: 180 + (x - 180) * cos - (y - 220) * sin, y: 220 + (x - 180) * sin + (y - 220) * cos }
}
