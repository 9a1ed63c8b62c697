import { AppError } from '#domain/failure/index.ts'
import type { OpenTransport } from '#native/drivers/index.ts'
import type { Transport } from '#native/transport/transport.ts'

/** What no device has to say before it has been asked twice. Bytes. */
const most = 256_000

/** The lines that one driver opens while it is tried: watched, limited, and all closed at the end. */
export function guardedLines(openTransport: OpenTransport) {
  const lines: Transport[] = []
  const opening = new Set<Promise<void>>()
  const flooded = new AbortController()
  let ended = false
  let heard = 0
  let asked = false
  let refusal: AppError | undefined

  const count = (bytes: Uint8Array, listener: (bytes: Uint8Array) => void, line: Transport) => {
    heard += bytes.length
    if (heard <= most && !ended) return listener(bytes)
    if (heard > most && !flooded.signal.aborted) {
      flooded.abort()
      void line.close().catch(() => {})
    }
  }

  const open: OpenTransport = (binding, settings) => {
    const line = openTransport(binding, settings)
    lines.push(line)
    return {
      async open(signal) {
        const attempt = line.open(signal)
        opening.add(attempt)
        try {
          await attempt
        } catch (error) {
          if (error instanceof AppError && error.code !== 'CANCELLED') refusal = error
          throw error
        } finally {
          opening.delete(attempt)
        }
        if (!ended) return
        // It hung for so long that nobody waits any more.
        await line.close()
        throw new AppError('CANCELLED', 'devices.probe')
      },
      write(bytes, signal) {
        asked = true
        return line.write(bytes, signal)
      },
      onData: (listener) => line.onData((bytes) => count(bytes, listener, line)),
      onClose: (listener) => line.onClose(listener),
      close: () => line.close(),
    }
  }

  return {
    open,
    /** Aborted when the device says more than any device has to say. */
    flooded: flooded.signal,
    /** Why a line could not be opened, whatever the driver made of it. */
    get refusal() {
      return refusal
    },
    /** It was asked something and said something; drivers that reach their device themselves have no line here. */
    get conversed() {
      return lines.length === 0 || (asked && heard > 0)
    },
    get hangsOpening() {
      return opening.size > 0
    },
    /** Resolves when everything is closed, also what is still being opened. */
    async end(): Promise<void> {
      ended = true
      await Promise.allSettled(lines.map((line) => line.close()))
      await Promise.allSettled(opening)
    },
  }
}
