import { randomBytes } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import type { ChipAccess } from '#native/capability/card-reader.ts'
import { encodeCommand, splitResponse, type Command, type ResponseApdu } from './apdu.ts'
import { bacSeed, bacSession, bacToken, tripleDesKeys } from './bac.ts'
import { lds1Aid } from './lds/files.ts'
import { SecureChannel, tripleDesSuite } from './secure-messaging.ts'

/** Sends one command APDU and returns the whole response, SW1 SW2 at the end. */
export type Transmit = (apdu: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>

/** What a stretch of work cost: commands sent and milliseconds waited for reader and card. */
export type Meter = { apdus: number; deviceMs: number }

/** Commands to the eMRTD application, in clear before the access is opened and protected after. */
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

  /** Selects the application and opens it. Wrong values: CHIP_ACCESS_DENIED; no such application: CHIP_FILE_MISSING. */
  async open(access: ChipAccess): Promise<void> {
    this.#channel = undefined
    // Leaves whatever application a previous reading left selected. Some chips know no MF and answer 6D00: no matter.
    await this.send({ cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c, data: Uint8Array.of(0x3f, 0x00) })
    const selected = await this.send({ cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: lds1Aid })
    if (selected.sw !== 0x9000) {
      throw new AppError('CHIP_FILE_MISSING', 'chip.select', { context: { sw: selected.sw } })
    }
    if (access.kind === 'can') {
      throw new AppError('CHIP_ACCESS_DENIED', 'chip.pace', { context: { reason: 'pace-not-yet' } })
    }
    await this.#basicAccess(access)
  }

  async #basicAccess(access: Extract<ChipAccess, { kind: 'mrz' }>): Promise<void> {
    const wellFormed = [access.documentNumber, access.birthDate, access.expiryDate].every((part) =>
      /^[A-Z0-9<]+$/.test(part),
    )
    if (!wellFormed) throw new AppError('MRZ_FORMAT', 'chip.bac')
    const keys = tripleDesKeys(bacSeed(access))
    const challenge = await this.send({ cla: 0x00, ins: 0x84, p1: 0x00, p2: 0x00, le: 8 })
    if (challenge.sw !== 0x9000) throw denied(challenge.sw)
    if (challenge.data.length !== 8) {
      throw new AppError('CHIP_MALFORMED', 'chip.bac', { context: { bytes: challenge.data.length } })
    }
    const nonces = { chip: challenge.data, terminal: randomBytes(8), terminalKey: randomBytes(16) }
    const answer = await this.send({ cla: 0x00, ins: 0x82, p1: 0x00, p2: 0x00, data: bacToken(keys, nonces), le: 40 })
    if (answer.sw !== 0x9000) throw denied(answer.sw)
    const session = bacSession(keys, nonces, answer.data)
    this.#channel = new SecureChannel(tripleDesSuite(session.keys), session.ssc)
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

function denied(sw: number): AppError {
  return new AppError('CHIP_ACCESS_DENIED', 'chip.bac', { context: { sw } })
}
