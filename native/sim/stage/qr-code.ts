import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import type { Drawing } from '../people/portrait.ts'

const quietZone = 4
let loaded: Promise<unknown> | undefined

/** A QR code with its quiet zone, `size` pixels a module. */
export async function drawQrCode(text: string, size: number): Promise<Drawing> {
  await (loaded ??= load())
  const { symbol, error } = await writeBarcode(text, { format: 'QRCode' })
  if (error !== '') throw new RangeError('the text does not fit into a QR code')
  const modules = symbol.width + 2 * quietZone
  const width = modules * size
  const data = new Uint8Array(width * width * 4).fill(255)
  for (let y = 0; y < width; y++) {
    const row = Math.floor(y / size) - quietZone
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / size) - quietZone
      const inside = row >= 0 && column >= 0 && row < symbol.height && column < symbol.width
      if (inside && symbol.data[row * symbol.width + column] === 0)
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return { width, height: width, data }
}

async function load() {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
  const file = await readFile(path)
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
