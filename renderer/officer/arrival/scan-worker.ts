import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** One frame in, the text of the QR code in it out; '' when there is none. Frames go in as they were sampled. */
export type ScanReply = { readonly text: string } | { readonly broken: true }

const ready = prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })

addEventListener('message', (event: MessageEvent<ImageData>) => void scan(event.data))

async function scan(frame: ImageData): Promise<void> {
  try {
    await ready
    const found = await readBarcodes(frame, {
      formats: ['QRCode'],
      tryHarder: true,
      maxNumberOfSymbols: 1,
      textMode: 'Plain',
    })
    postMessage({ text: found[0]?.isValid ? found[0].text : '' } satisfies ScanReply)
  } catch {
    postMessage({ broken: true } satisfies ScanReply)
  }
}
