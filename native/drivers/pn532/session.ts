import { AppError } from '#domain/failure/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from '../gempc-twin/clock.ts'
import { ackFrame, encodeFrame, nackFrame, Pn532Codec, type Pn532Event } from './codec.ts'

const step = 'pn532.exchange'
/** UM0701-02 says 15 ms; a laptop's USB adapter and scheduler need more. */
const ackMs = 150
const tryLimit = 3
const nackLimit = 2
/** Communication line test of Diagnose (UM0701-02 7.2.1): the chip says what it is told. */
const echo = { code: 0x00, test: 0x00, ms: 300 } as const

type Heard = { readonly code: number; readonly data: Uint8Array }
type Waiter = {
  readonly hear: (event: 'ack' | 'damaged' | 'refused' | Heard) => void
  readonly fail: (error: AppError) => void
}
type Options = { readonly signal: AbortSignal; readonly timeoutMs: number }

/**
 * Commands and responses over one line, one command at a time. Frames carry no numbers, so a response counts only after
 * the ACK of its command, and whenever it is not sure what was taken, an echo with a fresh number is asked for: the chip
 * does one thing after the other, and what has not come before the echo will not come. Only then is a command given
 * again, so that none runs twice. A damaged or missing response is asked for again with a NACK. Then: DEVICE_GARBLED,
 * DEVICE_SILENT.
 */
export class Pn532Session {
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #codec = new Pn532Codec()
  #waiter: Waiter | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #closed = false
  /** Something of an earlier exchange may still come. */
  #doubtful = false
  #echoes = 0

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport
    this.#clock = clock
    transport.onData((bytes) => {
      for (const event of this.#codec.push(bytes)) this.#handle(event)
    })
    transport.onClose(() => {
      this.#closed = true
      this.#waiter?.fail(new AppError('DEVICE_GONE', step))
    })
  }

  /** What follows the code of the response. A command that the chip does not know: DEVICE_REFUSED. */
  execute(command: Uint8Array, options: Options): Promise<Uint8Array> {
    const turn = this.#queue.then(() => this.#run(command, options))
    this.#queue = turn.catch(() => {})
    return turn
  }

  #run(command: Uint8Array, { signal, timeoutMs }: Options): Promise<Uint8Array> {
    if (signal.aborted) return Promise.reject(new AppError('CANCELLED', step))
    if (this.#closed) return Promise.reject(new AppError('DEVICE_GONE', step))
    const code = command[0] ?? 0
    const frame = encodeFrame(true, code, command.subarray(1))
    const context = { command: code }
    return new Promise<Uint8Array>((resolve, reject) => {
      let state: 'unheard' | 'taken' | 'echo' = 'unheard'
      let cancelTimer = () => {}
      let tries = 0
      let nacks = 0
      let number = 0
      let early: Uint8Array | undefined
      const end = () => {
        cancelTimer()
        signal.removeEventListener('abort', cancelled)
        this.#waiter = undefined
      }
      const fail = (error: AppError) => {
        this.#doubtful = true
        end()
        reject(error)
      }
      const give = (response: Uint8Array) => {
        end()
        resolve(response)
      }
      const write = (bytes: Uint8Array) => {
        this.#transport.write(bytes, signal).catch((error: unknown) => {
          fail(error instanceof AppError ? error : new AppError('DEVICE_GONE', step, { cause: error }))
        })
      }
      const cancelled = () => {
        fail(new AppError('CANCELLED', step))
        // An ACK from the host ends the command under way (UM0701-02 6.2.1.3).
        this.#transport.write(ackFrame, new AbortController().signal).catch(() => {})
      }
      const wait = (ms: number, late: () => void) => {
        cancelTimer()
        cancelTimer = this.#clock.after(ms, () => {
          this.#codec.reset()
          late()
        })
      }
      const send = () => {
        state = 'unheard'
        wait(ackMs, askEcho)
        write(frame)
      }
      const askEcho = () => {
        if (++tries > tryLimit) return fail(new AppError('DEVICE_SILENT', step, { context }))
        state = 'echo'
        number = this.#echoes = (this.#echoes + 1) & 0xffff
        wait(echo.ms, askEcho)
        write(encodeFrame(true, echo.code, Uint8Array.of(echo.test, number >> 8, number & 0xff)))
      }
      const isEcho = (heard: Heard) =>
        heard.code === echo.code + 1 && heard.data[1] === number >> 8 && heard.data[2] === (number & 0xff)
      const askAgain = (why: 'DEVICE_SILENT' | 'DEVICE_GARBLED') => {
        if (++nacks > nackLimit) return fail(new AppError(why, step, { context }))
        this.#doubtful = true
        wait(timeoutMs, () => askAgain('DEVICE_SILENT'))
        write(nackFrame)
      }
      const hear: Waiter['hear'] = (event) => {
        if (state === 'echo') {
          if (typeof event === 'string') return
          if (!isEcho(event)) {
            // Before anything of ours was sent it is a leftover.
            if (event.code === code + 1 && sent) early = event.data
            return
          }
          this.#doubtful = false
          if (early) return give(early)
          sent = true
          return send()
        }
        if (state === 'unheard') {
          if (event !== 'ack') return
          state = 'taken'
          return wait(timeoutMs, () => askAgain('DEVICE_SILENT'))
        }
        if (event === 'damaged') return askAgain('DEVICE_GARBLED')
        if (event === 'refused') return fail(new AppError('DEVICE_REFUSED', step, { context }))
        if (event !== 'ack' && event.code === code + 1) give(event.data)
      }
      let sent = !this.#doubtful
      signal.addEventListener('abort', cancelled, { once: true })
      this.#waiter = { hear, fail }
      if (sent) send()
      else askEcho()
    })
  }

  #handle(event: Pn532Event): void {
    const waiter = this.#waiter
    if (!waiter) return
    if (event.kind === 'ack') return waiter.hear('ack')
    if (event.kind === 'error' && event.what === 'checksum') return waiter.hear('damaged')
    if (event.kind === 'refused') return waiter.hear('refused')
    if (event.kind === 'frame' && !event.fromHost) waiter.hear({ code: event.code, data: event.data })
  }
}
