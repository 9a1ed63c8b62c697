import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import type { DeviceLine } from './pty-pair.ts'

/**
 * The device's end of a line over a socket, where there are no pseudo-terminals or nobody else shall open the line.
 * One program at a time; the next one that opens it takes it over, and what nobody listens to is lost, as on a cable.
 */
export async function openSocketLine(address: string): Promise<DeviceLine> {
  const listeners = new Set<(bytes: Uint8Array) => void>()
  let other: Socket | undefined
  const server = createServer((socket) => {
    other?.destroy()
    other = socket
    socket.on('data', (bytes: Buffer) => {
      for (const listener of listeners) listener(new Uint8Array(bytes))
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      if (other === socket) other = undefined
    })
  })
  await rm(address, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })

  let ending: Promise<void> | undefined
  const end = async () => {
    other?.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    await rm(address, { force: true })
  }

  return {
    address,
    write: (bytes) =>
      new Promise((resolve) => {
        if (!other?.writable) return resolve()
        other.write(bytes, () => resolve())
      }),
    onData(listener) {
      listeners.add(listener)
    },
    unplug() {
      ending ??= end()
      return ending
    },
  }
}
