import { decode, encode } from './png.ts'

type Size = { readonly width: number; readonly height: number }

type Image = {
  toPNG: () => Buffer
  toDataURL: () => string
  isEmpty: () => boolean
  getSize: () => Size
  /** As Electron's: a side that is not given follows the other one. */
  resize: (size: Partial<Size>) => Image
}

/** A screenshot as Electron's NativeImage, as far as one needs it to be saved, also smaller. */
export function createImage(png: Buffer): Image {
  // IHDR: width and height follow the eight bytes of the signature and the eight of the chunk's head.
  const getSize = (): Size => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) })
  return {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    isEmpty: () => png.length === 0,
    getSize,
    resize: ({ width, height }) => {
      const old = getSize()
      const scale = width === undefined ? (height === undefined ? 1 : height / old.height) : width / old.width
      const size = { width: width ?? Math.round(old.width * scale), height: height ?? Math.round(old.height * scale) }
      return createImage(shrink(png, size))
    },
  }
}

/** Each new point is the mean of those it stands for. */
function shrink(png: Buffer, { width, height }: Size): Buffer {
  const old = decode(png)
  const { data, channels } = old
  const out = new Uint8Array(width * height * channels)
  const edge = (at: number, count: number, from: number) => Math.floor((at * from) / count)
  const line = width * channels
  const sums = new Uint32Array(line)
  for (let y = 0; y < height; y++) {
    const top = edge(y, height, old.height)
    const bottom = Math.max(top + 1, edge(y + 1, height, old.height))
    sums.fill(0)
    for (let row = top; row < bottom; row++) {
      for (let x = 0; x < width; x++) {
        const left = edge(x, width, old.width)
        const right = Math.max(left + 1, edge(x + 1, width, old.width))
        for (let channel = 0; channel < channels; channel++) {
          let sum = 0
          const end = (row * old.width + right) * channels
          for (let at = (row * old.width + left) * channels + channel; at < end; at += channels) sum += data[at]!
          sums[x * channels + channel]! += sum
        }
      }
    }
    for (let x = 0; x < width; x++) {
      const left = edge(x, width, old.width)
      const count = (bottom - top) * (Math.max(left + 1, edge(x + 1, width, old.width)) - left)
      for (let at = x * channels; at < (x + 1) * channels; at++) out[y * line + at] = sums[at]! / count
    }
  }
  return encode({ width, height, channels, data: out })
}
