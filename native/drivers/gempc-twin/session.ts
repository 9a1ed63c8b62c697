import { AppError } from '#domain/failure/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from './clock.ts'
import { encodeMessage, TwinCodec, type TwinEvent, type TwinMessage } from './codec.ts'

export type Ask = {
  readonly type: number
  readonly parameters?: readonly [number, number, number]
  readonly data?: Uint8Array
}

export type AskOptions = {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** How often the command may be given again after silence or a damaged reply. 0 for commands that must not run twice. */
  readonly repeats: number
}

/** What the reader answered; `cardStatus` and `error` as in CCID 6.2.6. */
export type Answer = {
  readonly type: number
  readonly data: Uint8Array
  readonly card: 'active' | 'inactive' | 'absent'
  readonly failed: boolean
  readonly error: number
  readonly parameter: number
}

/** Types of the answers (CCID 6.1, 6.2). */
const answerTypes: Readonly<Record<number, number>> = {
  0x61: 0x82,
  0x62: 0x80,
  0x63: 0x81,
  0x65: 0x81,
  0x6b: 0x83,
  0x6c: 0x82,
  0x6f: 0x80,
}
const cardStates = ['active', 'inactive', 'absent', 'absent'] as const
const busyError = 0xe0
const busyPauseMs = 50
const busyLimit = 40
const nakLimit = 3

type Waiter = {
  readonly sequence: number
  readonly type: number
  readonly settle: (outcome: Outcome) => void
  readonly resend: () => void
  readonly extend: (factor: number) => void
}

type Outcome = { readonly answer: Answer } | { readonly failure: AppError }

/**
 * Commands and answers over one line, one command at a time. Every try has its own sequence number, so that late and
 * doubled answers and the reader's echo fall through. A damaged or missing answer: DEVICE_GARBLED, DEVICE_SILENT.
 */
export class TwinSession {
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #codec = new TwinCodec()
  readonly #slotListeners = new Set<() => void>()
  #sequence = 0
  #waiter: Waiter | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport
    this.#clock = clock
    transport.onData((bytes) => {
      for (const event of this.#codec.push(bytes)) this.#handle(event)
    })
    transport.onClose(() => {
      this.#closed = true
      this.#waiter?.settle({ failure: new AppError('DEVICE_GONE', 'gempc-twin.exchange') })
    })
  }

  /** The reader said that its slot changed. Line noise can say the same: ask for the slot's state before believing it. */
  onSlotHint(listener: () => void): () => void {
    this.#slotListeners.add(listener)
    return () => this.#slotListeners.delete(listener)
  }

  exchange(ask: Ask, options: AskOptions): Promise<Answer> {
    const turn = this.#queue.then(() => this.#patiently(ask, options))
    this.#queue = turn.catch(() => {})
    return turn
  }

  async #patiently(ask: Ask, options: AskOptions): Promise<Answer> {
    let repeats = options.repeats
    for (let busy = 0; ;) {
      try {
        const answer = await this.#once(ask, options)
        if (!answer.failed || answer.error !== busyError) return answer
        if (++busy > busyLimit)
          throw new AppError('DEVICE_BUSY', 'gempc-twin.exchange', { context: { type: ask.type } })
        await this.#pause(busyPauseMs, options.signal)
      } catch (error) {
        if (!isLineFault(error) || repeats === 0) throw error
        repeats -= 1
      }
    }
  }

  async #once(ask: Ask, { signal, timeoutMs }: AskOptions): Promise<Answer> {
    const step = 'gempc-twin.exchange'
    if (signal.aborted) throw new AppError('CANCELLED', step)
    if (this.#closed) throw new AppError('DEVICE_GONE', step)
    this.#sequence = (this.#sequence + 1) & 0xff
    const sequence = this.#sequence
    const frame = encodeMessage({
      type: ask.type,
      slot: 0,
      sequence,
      parameters: ask.parameters ?? [0, 0, 0],
      data: ask.data ?? new Uint8Array(),
    })
    const context = { type: ask.type }
    const outcome = await new Promise<Outcome>((resolve) => {
      let cancelTimer = () => {}
      let naks = 0
      const settle = (result: Outcome) => {
        cancelTimer()
        signal.removeEventListener('abort', cancelled)
        this.#waiter = undefined
        resolve(result)
      }
      const cancelled = () => settle({ failure: new AppError('CANCELLED', step) })
      const startTimer = (ms: number) => {
        cancelTimer()
        cancelTimer = this.#clock.after(ms, () => {
          this.#codec.reset()
          settle({ failure: new AppError('DEVICE_SILENT', step, { context }) })
        })
      }
      const send = () => {
        this.#transport.write(frame, signal).catch((error: unknown) => {
          settle({ failure: error instanceof AppError ? error : new AppError('DEVICE_GONE', step, { cause: error }) })
        })
      }
      signal.addEventListener('abort', cancelled, { once: true })
      this.#waiter = {
        sequence,
        type: answerTypes[ask.type] ?? 0x80,
        settle,
        extend: (factor) => startTimer(timeoutMs * Math.max(1, factor)),
        resend: () => {
          if (++naks > nakLimit) return settle({ failure: new AppError('DEVICE_GARBLED', step, { context }) })
          startTimer(timeoutMs)
          send()
        },
      }
      startTimer(timeoutMs)
      send()
    })
    if ('failure' in outcome) throw outcome.failure
    return outcome.answer
  }

  #handle(event: TwinEvent): void {
    switch (event.kind) {
      case 'slot-change':
        for (const listener of this.#slotListeners) listener()
        break
      case 'nak':
        this.#waiter?.resend()
        break
      case 'error':
        // Garbage between frames does no harm; a broken frame is most likely the answer we wait for.
        if (event.what === 'checksum') {
          this.#waiter?.settle({
            failure: new AppError('DEVICE_GARBLED', 'gempc-twin.exchange', { context: { what: 'checksum' } }),
          })
        }
        break
      case 'message':
        this.#handleMessage(event.message)
        break
    }
  }

  #handleMessage(message: TwinMessage): void {
    const waiter = this.#waiter
    if (!waiter || message.sequence !== waiter.sequence || message.type !== waiter.type) return
    const [status, error, parameter] = message.parameters
    if (status >> 6 === 2) return waiter.extend(error)
    waiter.settle({
      answer: {
        type: message.type,
        data: message.data,
        card: cardStates[status & 3] ?? 'absent',
        failed: status >> 6 === 1,
        error,
        parameter,
      },
    })
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancelled = () => {
        cancelTimer()
        reject(new AppError('CANCELLED', 'gempc-twin.exchange'))
      }
      const cancelTimer = this.#clock.after(ms, () => {
        signal.removeEventListener('abort', cancelled)
        resolve()
      })
      signal.addEventListener('abort', cancelled, { once: true })
    })
  }
}

/** A fault between us and the reader that another try may mend. */
export function isLineFault(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'DEVICE_SILENT' || error.code === 'DEVICE_GARBLED')
}
