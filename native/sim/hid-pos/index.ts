import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { encodePart } from '#native/drivers/hid-pos/codec.ts'
import { reportMaps, type ReportMapName } from '#native/drivers/hid-pos/report-maps.ts'

export const hidPosFaults = ['one-byte-chunks', 'garbage', 'silence', 'late', 'duplicate', 'unplug'] as const
export type HidPosFault = (typeof hidPosFaults)[number]

/** Longer than a person waits, shorter than a test does. */
const LATE_MS = 1500

export type HidPosSimulator = {
  readonly address: string
  /** How many hosts hang on it. */
  hosts(): number
  /** Holds a code before the scanner. Resolves when its reports have left. */
  scan(code: string | Uint8Array): Promise<void>
  addFault(fault: HidPosFault): () => void
  stop(): Promise<void>
}

/** Starts a simulated HID POS scanner at a Unix socket, where reports follow each other without a boundary. */
export async function startHidPos(options: {
  readonly address: string
  readonly map?: ReportMapName
  readonly faults?: readonly HidPosFault[]
}): Promise<HidPosSimulator> {
  const { address } = options
  const map = reportMaps[options.map ?? 'counted']
  const faults = new Set<HidPosFault>(options.faults)
  const lines = new Set<Socket>()

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
    hosts: () => lines.size,
    async scan(code) {
      const bytes = typeof code === 'string' ? new TextEncoder().encode(code) : code
      if (faults.has('silence')) return
      if (faults.has('late')) await new Promise((resolve) => setTimeout(resolve, LATE_MS))
      if (faults.has('garbage')) await send(Uint8Array.of(map.id, 0xff, 0x5d, 0x00, map.id, 0x41, map.id))
      for (let at = 0; at < bytes.length; at += map.data.room) {
        const data = bytes.subarray(at, at + map.data.room)
        const report = encodePart(map, { symbology: ']Q1', data, more: at + map.data.room < bytes.length })
        if (faults.has('unplug')) {
          faults.delete('unplug')
          await send(report.subarray(0, 20))
          for (const line of lines) line.destroy()
          return
        }
        for (let times = faults.has('duplicate') ? 2 : 1; times > 0; times--) await send(report)
      }
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
