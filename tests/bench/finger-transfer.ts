import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { hasFinger } from '#native/imaging/index.ts'
import { LINK_BYTES_PER_SECOND, startHidImage } from '#native/sim/hid-image/index.ts'
import { socketTransport } from '#native/transport/socket.ts'
import type { Figure } from './figure.ts'

/** Preview frames with a hand on the glass that are counted. */
const FRAMES = 40
const WANTED_FRAMES = 10

/**
 * A slap of 1600 × 1500 over the image protocol: preview frames a second until it is taken, each of them looked at, and
 * bytes of picture a second over what the bare link carries.
 */
export async function fingerTransfer(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'qcc-bench-'))
  const device = await startHidImage({ address: join(dir, 'scanner.sock'), hand: 7 })
  const binding = {
    id: 'fingerprint',
    kind: 'fingerprint-scanner',
    driver: 'hid-image',
    transport: 'socket',
    address: device.address,
  } as const
  const reader = hidImage(binding, ({ address }) => socketTransport(address))
  const never = new AbortController().signal
  try {
    await reader.acquire(never)
    const seen: number[] = []
    const onPreview = (frame: GrayImage) => {
      if (hasFinger(frame)) seen.push(performance.now())
      return seen.length > FRAMES
    }
    const prints = await reader.capture({ step: 'right-four', signal: never, shoot: never, onPreview })
    if (prints.kind !== 'whole') throw new Error('the scanner cut the fingers itself')
    const { image } = prints
    const frames = FRAMES / ((seen.at(-1)! - seen[0]!) / 1000)
    let transfer = device.lastTransfer()
    while (!transfer) {
      await new Promise((resolve) => setImmediate(resolve))
      transfer = device.lastTransfer()
    }
    const rate = image.pixels.length / (transfer.wallMs / 1000)
    const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB/s`
    return [
      {
        name: 'preview frames over ten a second',
        ours: `${frames.toFixed(1)}/s`,
        beside: `${WANTED_FRAMES}/s`,
        ratio: frames / WANTED_FRAMES,
        wanted: 1,
        better: 'higher',
      },
      {
        name: 'image transfer over the link capacity',
        ours: kilobytes(rate),
        beside: kilobytes(LINK_BYTES_PER_SECOND),
        ratio: rate / LINK_BYTES_PER_SECOND,
        wanted: 0.85,
        better: 'higher',
      },
    ]
  } finally {
    await reader.release()
    await device.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
