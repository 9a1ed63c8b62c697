import type { Drawing } from '../people/portrait.ts'
import { glyphs, glyphSize } from './glyphs.ts'

export type Colour = readonly [number, number, number]
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A picture to draw on, 4 bytes a pixel; what falls outside is cut off. */
export type Picture = Drawing & {
  fill(box: Box, colour: Colour): void
  /** Capital letters, digits and `<`; anything else leaves a gap. `size` is the width of a dot in pixels. */
  write(text: string, at: { readonly x: number; readonly y: number; readonly size: number }, colour: Colour): void
  paste(other: Drawing, at: { readonly x: number; readonly y: number }): void
}

export function blankPicture(width: number, height: number, colour: Colour): Picture {
  const data = new Uint8Array(width * height * 4).fill(255)

  function fill(box: Box, [red, green, blue]: Colour) {
    const right = Math.min(width, box.x + box.width)
    const bottom = Math.min(height, box.y + box.height)
    for (let y = Math.max(0, box.y); y < bottom; y++) {
      for (let x = Math.max(0, box.x); x < right; x++) {
        const at = (y * width + x) * 4
        data[at] = red
        data[at + 1] = green
        data[at + 2] = blue
      }
    }
  }

  fill({ x: 0, y: 0, width, height }, colour)
  return {
    width,
    height,
    data,
    fill,
    write(text, { x, y, size }, ink) {
      const step = (glyphSize.width + 1) * size
      for (const [place, letter] of [...text].entries()) {
        for (const [row, bits] of (glyphs[letter] ?? []).entries()) {
          for (let column = 0; column < glyphSize.width; column++) {
            if (!(bits & (0x10 >> column))) continue
            fill({ x: x + place * step + column * size, y: y + row * size, width: size, height: size }, ink)
          }
        }
      }
    },
    paste(other, { x, y }) {
      for (let row = 0; row < other.height && y + row < height; row++) {
        const from = row * other.width * 4
        data.set(other.data.subarray(from, from + Math.min(other.width, width - x) * 4), ((y + row) * width + x) * 4)
      }
    },
  }
}

/** Text as the glyphs can show it: capitals without marks. */
export function plainCapitals(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().replaceAll('Đ', 'D')
}
