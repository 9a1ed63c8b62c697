import { AppError } from '#domain/failure/index.ts'
import { encodeCommand, splitResponse, type Command, type ResponseApdu } from './apdu.ts'
import type { SecureChannel } from './secure-messaging.ts'

/** Sends one command APDU and returns the whole response, SW1 SW2 at the end. */
export type Transmit = (apdu: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>

/** What a stretch of work cost: commands sent and milliseconds waited for reader and card. */
export type Meter = { apdus: number; deviceMs: number }

/** Commands to the chip, in clear until a channel is set and protected from then on. */
export class ChipSession {
  readonly meter: Meter = { apdus: 0, deviceMs: 0 }
  readonly #transmit: Transmit
  readonly #signal: AbortSignal
  readonly #clock: () => number
  #channel: SecureChannel | undefined

  constructor(transmit: Transmit, signal: AbortSignal, clock: () => number) {
    this.#transmit = transmit
    this.#signal = signal
    this.#clock = clock
  }

  async send(command: Command): Promise<ResponseApdu> {
    const channel = this.#channel
    const response = await this.#exchange(channel ? channel.protect(command) : encodeCommand(command))
    return channel ? channel.unprotect(response) : splitResponse(response)
  }

  /** Protects what follows with other keys, or with none. */
  secure(channel: SecureChannel | undefined): void {
    this.#channel = channel
  }

  async #exchange(apdu: Uint8Array): Promise<Uint8Array> {
    if (this.#signal.aborted) throw new AppError('CANCELLED', 'chip.transmit')
    const started = this.#clock()
    try {
      return await this.#transmit(apdu, this.#signal)
    } finally {
      this.meter.apdus += 1
      this.meter.deviceMs += this.#clock() - started
    }
  }
}
