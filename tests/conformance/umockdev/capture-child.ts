// Run by the test in a process of its own: captures one slap through the real node-hid and prints what came of it.
import { createHash } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import { hidTransport } from '#native/transport/hid.ts'

const [address = ''] = process.argv.slice(2)
const signal = AbortSignal.timeout(160_000)
const binding = { id: 'scanner', kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'hid', address } as const

let longestRead = 0
let gone = false
const reader = hidImage(binding, (line) => {
  const transport = hidTransport(line.address)
  transport.onData((bytes) => (longestRead = Math.max(longestRead, bytes.length)))
  return transport
})
reader.onGone(() => (gone = true))

async function capture() {
  const { model } = await reader.acquire(signal)
  let frames = 0
  const prints = await reader.capture({
    step: 'right-four',
    signal,
    shoot: new AbortController().signal,
    onPreview: () => ++frames === 4,
  })
  await reader.release()
  if (prints.kind !== 'whole') throw new Error('the scanner cut the fingers itself')
  const { image } = prints
  const sha256 = createHash('sha256').update(image.pixels).digest('hex')
  return { model, width: image.width, height: image.height, longestRead, sha256 }
}

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error))

const outcome = await capture().catch(async (error: unknown) => {
  const again = await reader.acquire(signal).then(() => 'acquired', codeOf)
  return { code: codeOf(error), gone, again }
})
process.stdout.write(`${JSON.stringify(outcome)}\n`, () => {
  // Under umockdev's preload a process may hang in its own exit.
  process.kill(process.pid, 'SIGKILL')
})
