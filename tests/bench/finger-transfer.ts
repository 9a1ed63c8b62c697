import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import { hasFinger } from '#native/imaging/index.ts'
import { LINK_BYTES_PER_SECOND, startHidImage } from '#native/sim/hid-image/index.ts'
import { socketTransport } from '#native/transport/socket.ts'
import type { Figure } from './figure.ts'

/** A slap of 1600 × 1500 over the image protocol: bytes of picture a second, over what the bare link carries. */
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
    const image = await reader.capture({ step: 'right-four', signal: never, shoot: never, onPreview: hasFinger })
    let transfer = device.lastTransfer()
    while (!transfer) {
      await new Promise((resolve) => setImmediate(resolve))
      transfer = device.lastTransfer()
    }
    const rate = image.pixels.length / (transfer.wallMs / 1000)
    const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB/s`
    return [
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
