import { AppError } from '#domain/failure/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { Clock } from '../gempc-twin/clock.ts'
import { acknowledges, commands, encodeCommand, parametersLength, ZfmCodec, type ZfmEvent } from './codec.ts'

const step = 'zfm.exchange'
const usualTries = 2
const usualMs = 1000
/** A packet of 256 bytes takes 0.3 s at 9600 bit/s. */
const nextPacketMs = 1000
/** So often, at most, is a packet waited for again whose bytes are still coming. */
const mostWaits = 8
/** After a damaged packet a whole one may still stand in the same bytes; then the answer is lost. */
const damagedMs = 200
const quietMs = 200

export type Ask = {
  readonly command: number
  readonly parameters?: Uint8Array
  /** Bytes beside the code in a good answer; 0 unless said otherwise. */
  readonly answer?: number
  /** A picture follows the answer: the lengths it may have. */
  readonly picture?: readonly number[]
  readonly timeoutMs?: number
  readonly tries?: number
}

/** The acknowledge code, and what came with it: parameters, or the picture. */
export type Answer = { readonly code: number; readonly data: Uint8Array }

type Lost = 'DEVICE_SILENT' | 'DEVICE_GARBLED'
type Waiter = { readonly hear: (event: ZfmEvent) => void; readonly fail: (error: AppError) => void }

/**
 * Commands and answers over one line, one command at a time. Packets carry no numbers, so whenever something of an earlier
 * command may still come, the line is left to fall silent and the parameters are asked for: no other answer has their
 * length, and the module does one thing after the other. Only then is a command given again, once. All commands that this
 * program gives may run twice. Then: DEVICE_SILENT, DEVICE_GARBLED.
 */
export class ZfmSession {
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #codec = new ZfmCodec()
  readonly #password: Uint8Array
  #waiter: Waiter | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #closed = false
  #verified = false
  #doubtful = false
  #lastHeard = -Infinity

  constructor(transport: Transport, clock: Clock, password: Uint8Array) {
    this.#transport = transport
    this.#clock = clock
    this.#password = password
    transport.onData((bytes) => {
      this.#lastHeard = clock.now()
      for (const event of this.#codec.push(bytes)) this.#waiter?.hear(event)
    })
    transport.onClose(() => {
      this.#closed = true
      this.#waiter?.fail(new AppError('DEVICE_GONE', step))
    })
  }

  /** Gives the password, without which some modules answer nothing else. Other codes than 00 come back. */
  async verify(signal: AbortSignal, patience: Pick<Ask, 'timeoutMs' | 'tries'> = {}): Promise<number> {
    const { code } = await this.exchange(
      { command: commands.verifyPassword, parameters: this.#password, ...patience },
      signal,
    )
    this.#verified = code === acknowledges.done
    return code
  }

  exchange(ask: Ask, signal: AbortSignal): Promise<Answer> {
    const turn = this.#queue.then(() => this.#patiently(ask, signal))
    this.#queue = turn.catch(() => {})
    return turn
  }

  async #patiently(ask: Ask, signal: AbortSignal): Promise<Answer> {
    const tries = ask.tries ?? usualTries
    let why: Lost = 'DEVICE_SILENT'
    for (let left = tries; left > 0; left--) {
      if (this.#doubtful && !this.#closed) await this.#settle(signal)
      const answer = await this.#once(ask, signal)
      if (typeof answer === 'string') {
        this.#doubtful = true
        if (answer === 'DEVICE_GARBLED') why = answer
        continue
      }
      if (answer.code === acknowledges.receiveError) {
        why = 'DEVICE_GARBLED'
        continue
      }
      // The module has lost its power in between and wants to hear the password again.
      if (answer.code === acknowledges.verifyFirst && this.#verified && left > 1) {
        await this.#once({ command: commands.verifyPassword, parameters: this.#password }, signal)
        continue
      }
      return answer
    }
    throw new AppError(why, step, { context: { command: ask.command } })
  }

  /** Waits until the module has said everything that it still had to say. A picture under way cannot be stopped. */
  async #settle(signal: AbortSignal): Promise<void> {
    for (;;) {
      const rest = this.#lastHeard + quietMs - this.#clock.now()
      if (rest <= 0) break
      await this.pause(rest, signal)
    }
    this.#codec.reset()
    if (this.#verified) {
      const parameters = { command: commands.readParameters, answer: parametersLength }
      const first = await this.#once(parameters, signal)
      const answer = typeof first === 'string' ? await this.#once(parameters, signal) : first
      if (typeof answer === 'string') throw new AppError(answer, step, { context: { command: parameters.command } })
    }
    this.#doubtful = false
  }

  #once(ask: Ask, signal: AbortSignal): Promise<Answer | Lost> {
    if (signal.aborted) return Promise.reject(new AppError('CANCELLED', step))
    if (this.#closed) return Promise.reject(new AppError('DEVICE_GONE', step))
    const { command, parameters, answer: expected = 0, picture, timeoutMs = usualMs } = ask
    return new Promise((resolve, reject) => {
      let cancelTimer = () => {}
      let receiving = false
      let damaged = false
      let received = 0
      const pieces: Uint8Array[] = []
      const end = () => {
        cancelTimer()
        signal.removeEventListener('abort', cancelled)
        this.#waiter = undefined
      }
      const give = (outcome: Answer | Lost) => {
        end()
        resolve(outcome)
      }
      const fail = (error: AppError) => {
        this.#doubtful = true
        end()
        reject(error)
      }
      const cancelled = () => fail(new AppError('CANCELLED', step))
      const wait = (ms: number, longer = mostWaits) => {
        cancelTimer()
        const since = this.#clock.now()
        cancelTimer = this.#clock.after(ms, () => {
          // In the middle of a packet that only comes slowly: a line in small pieces, a busy machine.
          if (this.#lastHeard > since && longer > 0) return wait(ms, longer - 1)
          this.#codec.reset()
          give(damaged ? 'DEVICE_GARBLED' : 'DEVICE_SILENT')
        })
      }
      const takePiece = (content: Uint8Array, last: boolean) => {
        wait(nextPacketMs)
        // The rest of a picture that nobody waits for any more.
        if (!receiving || !picture) return
        pieces.push(content)
        received += content.length
        if (received > 2 * Math.max(...picture)) return give('DEVICE_GARBLED')
        if (!last) return
        if (damaged || !picture.includes(received)) return give('DEVICE_GARBLED')
        give({ code: acknowledges.done, data: Buffer.concat(pieces) })
      }
      const takeAnswer = ([code = acknowledges.receiveError, ...data]: Uint8Array) => {
        if (receiving) return
        // A good answer to another command.
        if (code === acknowledges.done && data.length !== expected) return
        // An answer that came damaged before has been given again.
        damaged = false
        if (!picture || code !== acknowledges.done) return give({ code, data: Uint8Array.from(data) })
        receiving = true
        wait(nextPacketMs)
      }
      const hear = (event: ZfmEvent) => {
        switch (event.kind) {
          case 'acknowledge':
            return takeAnswer(event.content)
          case 'data':
          case 'end':
            return takePiece(event.content, event.kind === 'end')
          case 'error':
            if (event.what !== 'checksum') return
            damaged = true
            return wait(receiving ? nextPacketMs : damagedMs)
          case 'command':
            return
        }
      }
      signal.addEventListener('abort', cancelled, { once: true })
      this.#waiter = { hear, fail }
      wait(timeoutMs)
      this.#transport.write(encodeCommand(command, parameters), signal).catch((error: unknown) => {
        fail(error instanceof AppError ? error : new AppError('DEVICE_GONE', step, { cause: error }))
      })
    })
  }

  pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancelled = () => {
        cancelTimer()
        reject(new AppError('CANCELLED', step))
      }
      const cancelTimer = this.#clock.after(ms, () => {
        signal.removeEventListener('abort', cancelled)
        resolve()
      })
      if (signal.aborted) cancelled()
      else signal.addEventListener('abort', cancelled, { once: true })
    })
  }
}
