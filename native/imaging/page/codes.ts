import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import { toGrey, type Colours, type Grey } from './picture.ts'

const MOST_CODES = 8
/** A code in a picture narrower than this is looked at enlarged too. */
const SMALL = 1400

const usual: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: MOST_CODES,
  textMode: 'Plain',
}

let loaded: Promise<unknown> | undefined

/**
 * Text of the QR codes on a picture, as it stands; from raw grey pixels. What the plain look misses is looked for again
 * enlarged, sharpened and with the darkness of each place taken out.
 */
export async function readCodes(picture: Colours): Promise<readonly string[]> {
  await (loaded ??= load())
  const grey = toGrey(picture)
  for (const attempt of attempts(grey)) {
    const { image, options } = attempt()
    const found = await readBarcodes(asImage(image), { ...usual, ...options })
    const texts = found.filter(({ isValid }) => isValid).map(({ text }) => text)
    if (texts.length > 0) return [...new Set(texts)]
  }
  return []
}

type Attempt = () => { readonly image: Grey; readonly options?: ReaderOptions }

function attempts(grey: Grey): readonly Attempt[] {
  const small = Math.max(grey.width, grey.height) < SMALL
  return [
    () => ({ image: grey }),
    () => ({ image: grey, options: { binarizer: 'GlobalHistogram' } }),
    () => ({ image: sharpen(grey) }),
    ...(small
      ? [
          () => ({ image: enlarge(grey) }),
          () => ({ image: sharpen(enlarge(grey)) }),
          () => ({ image: sharpen(sharpen(enlarge(grey))) }),
        ]
      : []),
    () => ({ image: grey, options: { tryDenoise: true } }),
  ]
}

function asImage({ width, height, pixels }: Grey) {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 0, to = 0; at < pixels.length; at++, to += 4) {
    data[to] = data[to + 1] = data[to + 2] = pixels[at]!
    data[to + 3] = 255
  }
  return { width, height, data } as Parameters<typeof readBarcodes>[0]
}

/** Twice as large, straight between the pixels. */
function enlarge({ width: w, height: h, pixels: from }: Grey): Grey {
  const [width, height] = [w * 2, h * 2]
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const v = Math.max(0, Math.min(h - 1.001, (y - 0.5) / 2))
    const y0 = Math.floor(v)
    for (let x = 0; x < width; x++) {
      const u = Math.max(0, Math.min(w - 1.001, (x - 0.5) / 2))
      const at = y0 * w + Math.floor(u)
      const [fx, fy] = [u - Math.floor(u), v - y0]
      pixels[y * width + x] =
        (from[at]! * (1 - fx) + from[at + 1]! * fx) * (1 - fy) +
        (from[at + w]! * (1 - fx) + from[at + w + 1]! * fx) * fy
    }
  }
  return { width, height, pixels }
}

/** Differences to the mean of five by five made three times as large. */
function sharpen({ width, height, pixels: from }: Grey): Grey {
  const pixels = from.slice()
  const rows = new Uint16Array(width * height)
  for (let at = 2; at < from.length - 2; at++) {
    rows[at] = from[at - 2]! + from[at - 1]! + from[at]! + from[at + 1]! + from[at + 2]!
  }
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const at = y * width + x
      const sum = rows[at - 2 * width]! + rows[at - width]! + rows[at]! + rows[at + width]! + rows[at + 2 * width]!
      const value = from[at]! * 3 - (2 * sum) / 25
      pixels[at] = value < 0 ? 0 : value > 255 ? 255 : value
    }
  }
  return { width, height, pixels }
}

async function load() {
  const file = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
