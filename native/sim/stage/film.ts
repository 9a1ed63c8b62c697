import type { Drawing } from '../people/portrait.ts'

/**
 * A film of one picture in YUV4MPEG2, as Chromium takes it for a camera: two frames, of which the second is a shade
 * lighter, as no camera gives the same pixels twice. Nothing has to be unpacked, and it says how many frames a second are.
 */
export function filmOf({ width, height, data }: Drawing, framesASecond: number): Uint8Array {
  const [first, second] = [0, 1].map((lighter) => frame({ width, height, data }, lighter))
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesASecond}:1 Ip A1:1 C420\n`)
  return Buffer.concat([head, first!, second!])
}

/** ITU-R BT.601 with the narrow range, colour for each four pixels from the first of them. */
function frame({ width, height, data }: Drawing, lighter: number): Uint8Array {
  const mark = Buffer.from('FRAME\n')
  const half = { width: width >> 1, height: height >> 1 }
  const out = new Uint8Array(mark.length + width * height + 2 * half.width * half.height)
  out.set(mark)
  let at = mark.length
  for (let from = 0; from < width * height * 4; from += 4) {
    const luma = 65.738 * data[from]! + 129.057 * data[from + 1]! + 25.064 * data[from + 2]!
    out[at++] = 16.5 + lighter + luma / 256
  }
  for (const [red, green, blue] of [
    [-37.945, -74.494, 112.439],
    [112.439, -94.154, -18.285],
  ] as const) {
    for (let y = 0; y < half.height; y++) {
      for (let x = 0; x < half.width; x++) {
        const from = (y * 2 * width + x * 2) * 4
        out[at++] = 128.5 + (red * data[from]! + green * data[from + 1]! + blue * data[from + 2]!) / 256
      }
    }
  }
  return out
}
