import { AppError } from '#domain/failure/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from '../gempc-twin/clock.ts'
import { AcsCodec, encodeMessage, repeatFrame, status, type AcsEvent, type AcsMessage } from './codec.ts'

export type Ask = {
  readonly type: number
  readonly parameters?: readonly [number, number, number]
  readonly data?: Uint8Array
}

/** What the reader answered; `card` and `error` as in CCID 6.2.6. */
export type Answer = {
  readonly data: Uint8Array
  readonly card: 'active' | 'inactive' | 'absent'
  readonly failed: boolean
  readonly error: number
}

const step = 'acr122s.exchange'
const cardStates = ['active', 'inactive', 'absent', 'absent'] as const
const busyError = 0xe0
const busyPauseMs = 50
const busyLimit = 40
/** The status frame comes at once; at 9600 bit/s the command itself takes up to 290 ms. */
const statusMs = 600
const sendTries = 3
const repeatTries = 2

export type AskOptions = {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** How often it is given when the reader says nothing at all; 3 unless said otherwise. */
  readonly tries?: number
}

type Waiter = {
  readonly sequence: number
  readonly hear: (event: AcsEvent) => void
  readonly fail: (error: AppError) => void
}

/**
 * Commands and answers over one line, one command at a time, each with its own sequence number, so that late and doubled
 * answers fall through. A damaged or missing answer is asked for again, which runs nothing twice. A command is given
 * again when its status frame complains, or when in place of one the reader's last answer shows that it never came.
 * Then: DEVICE_GARBLED, DEVICE_SILENT.
 */
export class AcsSession {
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #codec = new AcsCodec()
  readonly #slotListeners = new Set<() => void>()
  #sequence = 0
  #waiter: Waiter | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #closed = false
  #answered = false

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport
    this.#clock = clock
    transport.onData((bytes) => {
      for (const event of this.#codec.push(bytes)) {
        if (event.kind === 'slot-change') for (const listener of this.#slotListeners) listener()
        else this.#waiter?.hear(event)
      }
    })
    transport.onClose(() => {
      this.#closed = true
      this.#waiter?.fail(new AppError('DEVICE_GONE', step))
    })
  }

  /** The reader said that its slot changed. */
  onSlotHint(listener: () => void): void {
    this.#slotListeners.add(listener)
  }

  exchange(ask: Ask, options: AskOptions): Promise<Answer> {
    const turn = this.#queue.then(() => this.#patiently(ask, options))
    this.#queue = turn.catch(() => {})
    return turn
  }

  async #patiently(ask: Ask, options: AskOptions): Promise<Answer> {
    for (let busy = 0; ; busy++) {
      const message = await this.#once(ask, options)
      const [state, error] = message.parameters
      const answer: Answer = {
        data: message.data,
        card: cardStates[state & 3] ?? 'absent',
        failed: state >> 6 === 1,
        error,
      }
      if (!answer.failed || error !== busyError) return answer
      if (busy >= busyLimit) throw new AppError('DEVICE_BUSY', step, { context: { type: ask.type } })
      await this.#pause(busyPauseMs, options.signal)
    }
  }

  #once(ask: Ask, { signal, timeoutMs, tries: most = sendTries }: AskOptions): Promise<AcsMessage> {
    if (signal.aborted) return Promise.reject(new AppError('CANCELLED', step))
    if (this.#closed) return Promise.reject(new AppError('DEVICE_GONE', step))
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
    return new Promise((resolve, reject) => {
      let cancelTimer = () => {}
      let tries = 0
      let repeats = 0
      let taken = false
      let asking = false
      const end = () => {
        cancelTimer()
        signal.removeEventListener('abort', cancelled)
        this.#waiter = undefined
      }
      const fail = (error: AppError) => {
        end()
        reject(error)
      }
      const cancelled = () => fail(new AppError('CANCELLED', step))
      const write = (bytes: Uint8Array) => {
        this.#transport.write(bytes, signal).catch((error: unknown) => {
          fail(error instanceof AppError ? error : new AppError('DEVICE_GONE', step, { cause: error }))
        })
      }
      const wait = (ms: number, late: () => void) => {
        cancelTimer()
        cancelTimer = this.#clock.after(ms, () => {
          this.#codec.reset()
          late()
        })
      }
      const send = (why: 'DEVICE_SILENT' | 'DEVICE_GARBLED') => {
        if (++tries > most) return fail(new AppError(why, step, { context }))
        asking = false
        wait(statusMs, askForLast)
        write(frame)
      }
      const askForLast = () => {
        asking = true
        // Before its first answer a reader has none to repeat.
        wait(statusMs, () =>
          this.#answered ? fail(new AppError('DEVICE_SILENT', step, { context })) : send('DEVICE_SILENT'),
        )
        write(repeatFrame)
      }
      const askAgain = (why: 'DEVICE_SILENT' | 'DEVICE_GARBLED') => {
        if (++repeats > repeatTries) return fail(new AppError(why, step, { context }))
        wait(timeoutMs, () => askAgain('DEVICE_SILENT'))
        write(repeatFrame)
      }
      const hear = (event: AcsEvent) => {
        if (event.kind === 'status') {
          if (taken) return
          if (event.status !== status.taken) return send('DEVICE_GARBLED')
          taken = true
          return wait(timeoutMs, () => askAgain('DEVICE_SILENT'))
        }
        if (event.kind === 'error' && event.what === 'checksum') return askAgain('DEVICE_GARBLED')
        if (event.kind !== 'message' || event.message.type < 0x80) return
        this.#answered = true
        if (event.message.sequence !== sequence) {
          if (asking && !taken) send('DEVICE_SILENT')
          return
        }
        // Status 2: the reader asks for `error` times the usual time.
        const [state, factor] = event.message.parameters
        if (state >> 6 === 2) return wait(timeoutMs * Math.max(1, factor), () => askAgain('DEVICE_SILENT'))
        end()
        resolve(event.message)
      }
      signal.addEventListener('abort', cancelled, { once: true })
      this.#waiter = { sequence, hear, fail }
      send('DEVICE_SILENT')
    })
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancelled = () => {
        cancelTimer()
        reject(new AppError('CANCELLED', step))
      }
      const cancelTimer = this.#clock.after(ms, () => {
        signal.removeEventListener('abort', cancelled)
        resolve()
      })
      signal.addEventListener('abort', cancelled, { once: true })
    })
  }
}
