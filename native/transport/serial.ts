import { read } from 'node:fs'
import { promisify } from 'node:util'
import { AppError } from '#domain/failure/index.ts'
import type { SerialPort } from 'serialport'
import type { CloseReason, Transport } from './transport.ts'

export type SerialSettings = {
  readonly path: string
  readonly baudRate: number
  readonly dataBits?: 7 | 8
  readonly stopBits?: 1 | 2
}

type Write = { readonly fail: (error: AppError) => void }

/**
 * A serial line over the `serialport` module, loaded at the first `open` so that its absence disables serial devices only.
 * Modem lines (`get`/`set`) are never touched: a pty answers them with ENOTTY.
 */
export function serialTransport(settings: SerialSettings): Transport {
  const dataListeners = new Set<(bytes: Uint8Array) => void>()
  const closeListeners = new Set<(reason: CloseReason) => void>()
  const writes = new Set<Write>()
  let port: SerialPort | undefined
  let closing = false
  let readsEnd = () => Promise.resolve()

  const ended = (reason: CloseReason) => {
    port = undefined
    const gone = new AppError('DEVICE_GONE', 'serial.write')
    for (const write of writes) write.fail(gone)
    for (const listener of closeListeners) listener(reason)
  }

  return {
    async open(signal) {
      if (signal.aborted) throw new AppError('CANCELLED', 'serial.open')
      if (port) throw new AppError('DEVICE_BUSY', 'serial.open')
      const { SerialPort } = await loadSerialPort()
      const opened = new SerialPort({
        path: settings.path,
        baudRate: settings.baudRate,
        dataBits: settings.dataBits ?? 8,
        stopBits: settings.stopBits ?? 1,
        parity: 'none',
        autoOpen: false,
        hupcl: false,
      })
      closing = false
      await new Promise<void>((resolve, reject) => {
        opened.open((error) => (error ? reject(openFailure(error)) : resolve()))
      })
      if (signal.aborted) {
        await closePort(opened)
        throw new AppError('CANCELLED', 'serial.open')
      }
      port = opened
      readsEnd = noticeHangUp(opened)
      opened.on('data', (bytes: Buffer) => {
        for (const listener of dataListeners) listener(bytes)
      })
      // Every error is followed by a close, or is reported to the writer; without a listener Node would throw it.
      opened.on('error', () => {})
      opened.on('close', (error?: (Error & { disconnected?: boolean }) | null) => {
        if (port !== opened) return
        ended(closing ? 'asked' : error && error.disconnected !== true ? 'failed' : 'unplugged')
      })
    },

    write(bytes, signal) {
      const line = port
      if (signal.aborted) return Promise.reject(new AppError('CANCELLED', 'serial.write'))
      if (!line?.isOpen) return Promise.reject(new AppError('DEVICE_GONE', 'serial.write'))
      return new Promise((resolve, reject) => {
        const settle = () => {
          writes.delete(write)
          signal.removeEventListener('abort', cancel)
        }
        const write: Write = {
          fail: (error) => {
            settle()
            reject(error)
          },
        }
        const cancel = () => write.fail(new AppError('CANCELLED', 'serial.write'))
        writes.add(write)
        signal.addEventListener('abort', cancel, { once: true })
        line.write(bytes, (error) => {
          if (error) return write.fail(new AppError('DEVICE_GONE', 'serial.write', { cause: error }))
          settle()
          resolve()
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
      if (on) port?.pause()
      else port?.resume()
    },

    async close() {
      const line = port
      if (!line || closing) return
      closing = true
      await closePort(line)
      // A read under way keeps the port locked for the next who opens it.
      await readsEnd()
    },
  }
}

async function loadSerialPort(): Promise<typeof import('serialport')> {
  try {
    return await import('serialport')
  } catch (cause) {
    throw new AppError('TRANSPORT_MISSING', 'serial.load', { cause })
  }
}

function closePort(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    if (!port.isOpen) return resolve()
    port.close(() => resolve())
  })
}

const readAsync = promisify(read)

/**
 * On Unix a line that hung up reads as zero bytes for ever, and the bindings read again at once and for ever: a busy
 * loop without a `close`. Reading here instead turns the first zero into a disconnection. Other systems are left alone.
 * Returns what waits until a read under way is over.
 */
function noticeHangUp(port: SerialPort): () => Promise<void> {
  const binding: unknown = port.port
  let reading: Promise<unknown> = Promise.resolve()
  if (!isUnixBinding(binding)) return async () => {}
  binding.read = async (buffer, offset, length) => {
    for (;;) {
      if (!binding.isOpen || binding.fd === null)
        throw Object.assign(new Error('the port is closed'), { canceled: true })
      try {
        const now = readAsync(binding.fd, buffer, offset, length, null)
        reading = now
        const { bytesRead } = await now
        if (bytesRead === 0) throw new Error('the line hung up')
        return { bytesRead, buffer }
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined
        if (code !== 'EAGAIN' && code !== 'EINTR') throw error
        // Closed while the read was under way: the poller is gone, and asking it again would end the process.
        if (!binding.isOpen) continue
        await new Promise<void>((resolve, reject) => {
          binding.poller.once('readable', (problem) => (problem ? reject(problem) : resolve()))
        })
      }
    }
  }
  return () =>
    reading.then(
      () => {},
      () => {},
    )
}

type UnixBinding = {
  readonly isOpen: boolean
  readonly fd: number | null
  readonly poller: { once(event: 'readable', listener: (problem: Error | null) => void): unknown }
  read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number; buffer: Buffer }>
}

function isUnixBinding(binding: unknown): binding is UnixBinding {
  if (typeof binding !== 'object' || binding === null) return false
  return 'fd' in binding && typeof binding.fd === 'number' && 'poller' in binding && binding.poller !== undefined
}

/** The bindings report the system's error as English text only. */
function openFailure(error: Error): AppError {
  const text = error.message
  if (/no such file|file not found|no such device/i.test(text))
    return new AppError('DEVICE_ABSENT', 'serial.open', { cause: error })
  if (/lock|busy|temporarily unavailable|access denied/i.test(text))
    return new AppError('DEVICE_BUSY', 'serial.open', { cause: error })
  if (/permission denied/i.test(text)) return new AppError('DEVICE_REFUSED', 'serial.open', { cause: error })
  return new AppError('DEVICE_GONE', 'serial.open', { cause: error })
}
