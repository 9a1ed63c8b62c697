import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { AppError } from '#domain/failure/index.ts'

let loaded: Promise<unknown> | undefined

const quietZone = 4

/** A QR code as SVG, one unit a module, black on white. */
export async function qrCode(text: string): Promise<string> {
  await (loaded ??= load())
  const { symbol, error } = await writeBarcode(text, { format: 'QRCode', ecLevel: 'M' })
  if (error !== '') throw new AppError('INTERNAL', 'bundle.qr')
  const { width, height, data } = symbol
  const dark = Array.from({ length: width * height }, (_, at) => at).filter((at) => data[at] === 0)
  const path = dark.map((at) => `M${(at % width) + quietZone} ${Math.floor(at / width) + quietZone}h1v1h-1z`).join('')
  const side = width + 2 * quietZone
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`,
    `<title>${text}</title><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>\n`,
  ].join('')
}

async function load() {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
  const file = await readFile(path)
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
