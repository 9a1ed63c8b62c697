import { createConnection, type Socket } from 'node:net'
import { AppError } from '#domain/failure/index.ts'
import type { CloseReason, Transport } from './transport.ts'

/**
 * A line over a Unix socket: development hosts and simulators only. `address` is the socket's path.
 *
 * Nothing is added to the bytes: reports follow each other back to back, and chunks may be cut or joined
 * anywhere, so the codec above must find the boundaries itself.
 */
export function socketTransport(address: string): Transport {
  const dataListeners = new Set<(bytes: Uint8Array) => void>()
  const closeListeners = new Set<(reason: CloseReason) => void>()
  let socket: Socket | undefined
  let asked = false

  /** Tells the end of a line once, whoever noticed it first. */
  function end(line: Socket) {
    if (socket !== line) return
    socket = undefined
    for (const listener of closeListeners) listener(asked ? 'asked' : 'unplugged')
  }

  return {
    async open(signal) {
      if (signal.aborted) throw new AppError('CANCELLED', 'socket.open')
      if (socket) throw new AppError('DEVICE_BUSY', 'socket.open')
      asked = false
      const line = createConnection({ path: address })
      await new Promise<void>((resolve, reject) => {
        const cancel = () => {
          line.destroy()
          reject(new AppError('CANCELLED', 'socket.open'))
        }
        const refuse = (cause: Error) => {
          signal.removeEventListener('abort', cancel)
          reject(new AppError('DEVICE_ABSENT', 'socket.open', { cause }))
        }
        signal.addEventListener('abort', cancel, { once: true })
        line.once('error', refuse)
        line.once('connect', () => {
          signal.removeEventListener('abort', cancel)
          line.off('error', refuse)
          resolve()
        })
      })
      socket = line
      line.on('data', (bytes) => {
        for (const listener of dataListeners) listener(bytes)
      })
      line.on('error', () => end(line))
      line.on('close', () => end(line))
    },

    async write(bytes, signal) {
      if (signal.aborted) throw new AppError('CANCELLED', 'socket.write')
      const line = socket
      if (!line) throw new AppError('DEVICE_GONE', 'socket.write')
      await new Promise<void>((resolve, reject) => {
        line.write(bytes, (cause) => {
          if (!cause) return resolve()
          end(line)
          reject(new AppError('DEVICE_GONE', 'socket.write', { cause }))
        })
      })
    },

    onData(listener) {
      dataListeners.add(listener)
      return () => dataListeners.delete(listener)
    },

    onClose(listener) {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },

    hold(on) {
      if (on) socket?.pause()
      else socket?.resume()
    },

    async close() {
      const line = socket
      if (!line) return
      asked = true
      await new Promise<void>((resolve) => {
        line.once('close', () => resolve())
        line.destroy()
      })
    },
  }
}
