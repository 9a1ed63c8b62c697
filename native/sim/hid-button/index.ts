import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { shippedMaps, type ButtonReportMap } from '#native/drivers/hid-button/report-map.ts'
import { encodeButtonReport, encodeLampReport } from '#native/drivers/hid-button/report.ts'

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

const lateByDefault = 1500

export type HidButtonSimulator = {
  readonly address: string
  /** How many programs have it open. */
  readonly heardBy: number
  /** Presses the shutter and lets it go. Resolves when both reports left. */
  press(): Promise<void>
  /** As the lamp was last told, 0–1; 0 at first. */
  readonly brightness: number
  addFault(fault: HidButtonFault): () => void
  stop(): Promise<void>
}

/** Starts a simulated shutter button at a Unix socket. */
export async function startHidButton(options: {
  readonly address: string
  readonly faults?: readonly HidButtonFault[]
  readonly map?: ButtonReportMap
  /** By how much each report of a late button is late. */
  readonly lateMs?: number
}): Promise<HidButtonSimulator> {
  const { address, map = shippedMaps[0], lateMs = lateByDefault } = options
  const faults = new Set<HidButtonFault>(options.faults)
  const lines = new Set<Socket>()
  let counter = 0
  let brightness = 0

  const server = createServer((socket) => {
    lines.add(socket)
    socket.on('error', () => {})
    let heard: number[] = []
    socket.on('data', (bytes) => {
      for (const byte of bytes) heard = hear([...heard, byte])
    })
    socket.on('close', () => lines.delete(socket))
  })
  await rm(address, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })

  /** What is left after a lamp report; bytes that begin none are dropped. */
  function hear(bytes: number[]): number[] {
    const { lamp } = map
    if (!lamp || bytes.length < lamp.length) return lamp ? bytes : []
    const wanted = bytes[lamp.brightness.at]! / lamp.brightness.most
    if (!encodeLampReport(lamp, wanted).every((value, at) => value === bytes[at])) return bytes.slice(1)
    brightness = wanted
    return []
  }

  async function report(shutter: boolean) {
    counter = (counter + 1) & 0xff
    const bytes = encodeButtonReport(map.input, { shutter, counter })
    if (faults.has('silence')) return
    if (faults.has('late')) await new Promise((resolve) => setTimeout(resolve, lateMs))
    if (faults.has('bad-checksum')) bytes[bytes.length - 1]! ^= 0x55
    if (faults.has('garbage')) await send(Uint8Array.of(bytes[0]!, 1, 2, 3, bytes[0]!))
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
    get heardBy() {
      return lines.size
    },
    get brightness() {
      return brightness
    },
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
