import jpeg from 'jpeg-js'
import { deflateSync } from 'node:zlib'
import { pngColour, pngFile } from '../png-file.ts'
import type { Colours } from './picture.ts'

/** Photographs are noise: packing harder costs seconds and saves a few hundredths. */
const LEVEL = 3
const PAETH = 4

/** Every pixel as a PNG of 8-bit colour, each row against what lies beside and above (W3C PNG 9.2, type 4). */
export function encodePng({ width, height, rgb }: Colours): Uint8Array {
  const stride = width * 3
  const rows = new Uint8Array((stride + 1) * height)
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * stride, y * (stride + 1)]
    rows[to] = PAETH
    for (let x = 0; x < stride; x++) {
      const left = x < 3 ? 0 : rgb[from + x - 3]!
      const above = y === 0 ? 0 : rgb[from + x - stride]!
      const corner = x < 3 || y === 0 ? 0 : rgb[from + x - stride - 3]!
      const toLeft = Math.abs(above - corner)
      const toAbove = Math.abs(left - corner)
      const toCorner = Math.abs(left + above - 2 * corner)
      const guess = toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner
      rows[to + 1 + x] = rgb[from + x]! - guess
    }
  }
  return pngFile({ width, height, colour: pngColour.colour }, [['IDAT', deflateSync(rows, { level: LEVEL })]])
}

export function encodeJpeg({ width, height, rgb }: Colours, quality: number): Uint8Array {
  const data = new Uint8Array(width * height * 4)
  for (let at = 0, from = 0; at < data.length; at += 4, from += 3) {
    data[at] = rgb[from]!
    data[at + 1] = rgb[from + 1]!
    data[at + 2] = rgb[from + 2]!
    data[at + 3] = 255
  }
  return new Uint8Array(jpeg.encode({ width, height, data }, quality).data)
}
