import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { encodeButtonReport, shutterButton } from '#native/drivers/hid-button/report.ts'

export const hidButtonFaults = [
  'one-byte-chunks',
  'garbage',
  'bad-checksum',
  'silence',
  'late',
  'duplicate',
  'unplug',
] as const
export type HidButtonFault = (typeof hidButtonFaults)[number]

const LATE_MS = 1500

export type HidButtonSimulator = {
  readonly address: string
  /** Presses the shutter and lets it go. Resolves when both reports left. */
  press(): Promise<void>
  addFault(fault: HidButtonFault): () => void
  stop(): Promise<void>
}

/** Starts a simulated shutter button at a Unix socket. */
export async function startHidButton(options: {
  readonly address: string
  readonly faults?: readonly HidButtonFault[]
}): Promise<HidButtonSimulator> {
  const { address } = options
  const faults = new Set<HidButtonFault>(options.faults)
  const lines = new Set<Socket>()
  let counter = 0

  const server = createServer((socket) => {
    lines.add(socket)
    socket.on('error', () => {})
    // Read on, or the end of the host is never seen.
    socket.resume()
    socket.on('close', () => lines.delete(socket))
  })
  await rm(address, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })

  async function report(shutter: boolean) {
    counter = (counter + 1) & 0xff
    const bytes = encodeButtonReport(shutterButton, { shutter, counter })
    if (faults.has('silence')) return
    if (faults.has('late')) await new Promise((resolve) => setTimeout(resolve, LATE_MS))
    if (faults.has('bad-checksum')) bytes[shutterButton.check.at]! ^= 0x55
    if (faults.has('garbage')) await send(Uint8Array.of(shutterButton.kind.value, 1, 2, 3, shutterButton.kind.value))
    if (faults.has('unplug')) {
      faults.delete('unplug')
      await send(bytes.subarray(0, 3))
      for (const line of lines) line.destroy()
      return
    }
    for (let times = faults.has('duplicate') ? 2 : 1; times > 0; times--) await send(bytes)
  }

  async function send(bytes: Uint8Array) {
    const size = faults.has('one-byte-chunks') ? 1 : bytes.length
    for (let at = 0; at < bytes.length; at += size) {
      await Promise.all(
        [...lines].map((line) => new Promise((resolve) => line.write(bytes.subarray(at, at + size), resolve))),
      )
      if (size === 1) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  return {
    address,
    async press() {
      await report(true)
      await report(false)
    },
    addFault(fault) {
      faults.add(fault)
      return () => faults.delete(fault)
    },
    async stop() {
      for (const line of lines) line.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(address, { force: true })
    },
  }
}
