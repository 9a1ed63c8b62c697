import { decode, encode } from 'fast-png'

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

/** Each new point is the mean of those it stands for; Chromium's screenshots have eight bits and no palette. */
function shrink(png: Buffer, { width, height }: Size): Buffer {
  const { data, channels, width: oldWidth, height: oldHeight } = decode(png)
  const out = new Uint8Array(width * height * channels)
  const edge = (at: number, count: number, old: number) => Math.floor((at * old) / count)
  for (let y = 0; y < height; y++) {
    const top = edge(y, height, oldHeight)
    const bottom = Math.max(top + 1, edge(y + 1, height, oldHeight))
    for (let x = 0; x < width; x++) {
      const left = edge(x, width, oldWidth)
      const right = Math.max(left + 1, edge(x + 1, width, oldWidth))
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) sum += data[(row * oldWidth + column) * channels + channel]!
        }
        out[(y * width + x) * channels + channel] = sum / ((bottom - top) * (right - left))
      }
    }
  }
  return Buffer.from(encode({ width, height, data: out, channels }))
}
