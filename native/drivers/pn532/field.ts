import { AppError } from '#domain/failure/index.ts'
import { decodeCommand } from '#native/chip/apdu.ts'
import { concat } from '#native/chip/tlv.ts'
import type { Clock } from '../gempc-twin/clock.ts'
import { contactlessAtr, IsoDepLink, parseAts, pcb, type Ats, type IsoDepStep } from './iso-dep.ts'

/** Gives one command to the chip and returns what follows the code of its response. */
export type Execute = (
  command: Uint8Array,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
) => Promise<Uint8Array>

/** How much one command may carry through the line to the chip. */
export type LineLimits = {
  /** Bytes of data of InDataExchange. */
  readonly exchange: number
  /** Longest block of ISO/IEC 14443-4 with CRC, both ways. */
  readonly frame: number
}

const command = {
  diagnose: 0x00,
  firmware: 0x02,
  setParameters: 0x12,
  writeRegister: 0x08,
  rfConfiguration: 0x32,
  exchange: 0x40,
  through: 0x42,
  changeSpeed: 0x4e,
  list: 0x4a,
} as const

/** SetParameters: with and without the chip's own RATS. */
const automaticRats = 0x14
const noRats = 0x04
const typeA = 0x00
const typeB = 0x03
const target = 1
const moreInformation = 0x40
/** Status codes that only say that nothing usable came from the card (UM0701-02 7.1). */
const noAnswer = new Set([0x01, 0x02, 0x03, 0x05, 0x06, 0x0b, 0x29, 0x2a, 0x2b])

const controlMs = 1000
/** The chip looks for a card at most so long. */
const listMs = 1500
/** Its own retries and the card's waiting times, all inside one InDataExchange. */
const exchangeMs = 8000
/** Line and chip add so much to the card's own time. */
const transferMarginMs = 400
/** The field must be off, and then on, for 5 ms (ISO/IEC 14443-3). */
const fieldPauseMs = 6
/** How long RATS and PPS may take (ISO/IEC 14443-4: FWT of FWI 4 is the least; real cards take their time). */
const activationMs = 77
/** UM0701-02 7.3.1: 0.1 ms doubled fifteen times. */
const slowestTimerMs = 3276.8

type Link = { readonly through: 42; readonly blocks: IsoDepLink; readonly waitingMs: number } | { readonly through: 40 }

/**
 * A PN532 as a contactless reader for ISO/IEC 14443-4, whatever line it hangs on.
 *
 * The chip can run the block protocol itself (InDataExchange, 40) or pass our blocks through (InCommunicateThru, 42).
 * 42 comes first: it has no bound on the length of an APDU and frames of 256 bytes. 40 is used for cards of type B, and
 * when the reader refuses 42 or the card does not answer to it; then APDUs are short ones.
 */
export class Pn532Field {
  readonly #execute: Execute
  readonly #limits: LineLimits
  readonly #clock: Clock
  #link: Link | undefined
  #timer = -1

  constructor(execute: Execute, limits: LineLimits, clock: Clock) {
    this.#execute = execute
    this.#limits = limits
    this.#clock = clock
  }

  /** Sets the chip up; returns its firmware as `IC.version`, such as `32.1.6`. */
  async prepare(signal: AbortSignal): Promise<string> {
    const [ic = 0, version = 0, revision = 0] = await this.#control([command.firmware], signal)
    // Two tries for a passive card: a look must end, and the first REQA may only send a card back to idle.
    await this.#control([command.rfConfiguration, 0x05, 0xff, 0x01, 0x02], signal)
    return `${ic.toString(16)}.${version}.${revision}`
  }

  async connect(signal: AbortSignal): Promise<{ atr: Uint8Array; maxResponse: number }> {
    this.#link = undefined
    const own = await this.#connectOwn(signal)
    if (own.opened) return own.opened
    const theirs = await this.#connectTheirs(signal)
    if (theirs) return theirs
    throw new AppError(own.seen ? 'CARD_MUTE' : 'CARD_ABSENT', 'pn532.connect')
  }

  async transmit(apdu: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    const link = this.#link
    if (!link) throw new AppError('CARD_REMOVED', 'pn532.transmit')
    if (link.through === 40) return this.#exchange(apdu, signal)
    return this.#runBlocks(link.blocks.begin(apdu), link, signal)
  }

  async disconnect(signal: AbortSignal): Promise<void> {
    this.#link = undefined
    await this.#field(false, signal)
  }

  async present(signal: AbortSignal): Promise<boolean> {
    const link = this.#link
    if (!link) {
      await this.#resetField(signal)
      await this.#control([command.setParameters, noRats], signal)
      return (await this.#list(typeA, signal)) !== undefined || (await this.#list(typeB, signal)) !== undefined
    }
    const there = link.through === 42 ? await this.#answersTo(link, signal) : await this.#diagnose(signal)
    if (!there) this.#link = undefined
    return there
  }

  /** Type A with our own RATS and blocks. */
  async #connectOwn(
    signal: AbortSignal,
  ): Promise<{ seen: boolean; opened?: { atr: Uint8Array; maxResponse: number } }> {
    let seen = false
    try {
      for (const faster of [true, false]) {
        await this.#resetField(signal)
        await this.#control([command.setParameters, noRats], signal)
        const found = await this.#list(typeA, signal)
        if (!found) return { seen }
        seen = true
        // SAK bit 6: ISO/IEC 14443-4.
        if (((found[4] ?? 0) & 0x20) === 0) return { seen }
        const ats = parseAts((await this.#through(Uint8Array.of(0xe0, 0x80), activationMs, signal)) ?? new Uint8Array())
        if (!ats) return { seen }
        if (faster && !(await this.#speedUp(ats, signal))) continue
        const blocks = new IsoDepLink(Math.min(ats.frame, this.#limits.frame))
        const link = { through: 42, blocks, waitingMs: ats.waitingMs } as const
        if (!(await this.#answersTo(link, signal))) {
          if (faster) continue
          return { seen }
        }
        this.#link = link
        return { seen, opened: { atr: contactlessAtr(ats.historical), maxResponse: 65536 } }
      }
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'DEVICE_REFUSED')) throw error
    }
    return { seen }
  }

  /** Type A or B with the chip's own activation and block protocol. */
  async #connectTheirs(signal: AbortSignal): Promise<{ atr: Uint8Array; maxResponse: number } | undefined> {
    await this.#resetField(signal)
    await this.#control([command.setParameters, automaticRats], signal)
    const a = await this.#list(typeA, signal)
    if (a) {
      const ats = ((a[4] ?? 0) & 0x20) !== 0 ? parseAts(a.subarray(6 + (a[5] ?? 0))) : undefined
      if (!ats) return undefined
      const rate = fastestRate(ats.rates)
      // A card that does not take the speed stays at the one it has.
      if (rate > 0) await this.#control([command.changeSpeed, target, rate, rate], signal)
      this.#link = { through: 40 }
      return { atr: contactlessAtr(ats.historical), maxResponse: 256 }
    }
    const b = await this.#list(typeB, signal)
    if (!b) return undefined
    this.#link = { through: 40 }
    // Application data and protocol information of the ATQB, and MBLI of the answer to ATTRIB.
    return { atr: contactlessAtr(Uint8Array.of(...b.subarray(7, 14), (b[15] ?? 0) & 0xf0)), maxResponse: 256 }
  }

  /** PPS to the fastest rate of both ends up to 424 kbit/s; false when the card did not agree. */
  async #speedUp(ats: Ats, signal: AbortSignal): Promise<boolean> {
    const rate = fastestRate(ats.rates)
    if (rate === 0) return true
    const answer = await this.#through(Uint8Array.of(0xd0, 0x11, (rate << 2) | rate), activationMs, signal)
    if (answer?.[0] !== 0xd0) return false
    // CIU_TxMode and CIU_RxMode: CRC on, and the rate.
    const mode = 0x80 | (rate << 4)
    await this.#control([command.writeRegister, 0x63, 0x02, mode, 0x63, 0x03, mode], signal)
    return true
  }

  /** R(NAK): a card that is there says R(ACK), and nothing changes for either end. */
  async #answersTo(link: Extract<Link, { through: 42 }>, signal: AbortSignal): Promise<boolean> {
    for (let tries = 0; tries < 3; tries++) {
      const answer = await this.#through(link.blocks.presenceCheck(), link.waitingMs, signal)
      if (answer?.length === 1 && ((answer[0] ?? 0) & 0xf6) === pcb.r) return true
    }
    return false
  }

  async #diagnose(signal: AbortSignal): Promise<boolean> {
    const [status] = await this.#control([command.diagnose, 0x06], signal)
    return status === 0
  }

  async #runBlocks(first: IsoDepStep, link: Extract<Link, { through: 42 }>, signal: AbortSignal): Promise<Uint8Array> {
    let step = first
    while (step.kind === 'send') {
      step = link.blocks.receive(await this.#through(step.block, link.waitingMs * step.patience, signal))
    }
    return step.response
  }

  async #exchange(apdu: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    if (apdu.length > 261 || (decodeCommand(apdu)?.le ?? 0) > 256) {
      throw new AppError('DEVICE_REFUSED', 'pn532.exchange', { context: { what: 'extended-length' } })
    }
    const parts: Uint8Array[] = []
    for (let at = 0; at < apdu.length; at += this.#limits.exchange) {
      const more = at + this.#limits.exchange < apdu.length ? moreInformation : 0
      let answer = await this.#exchangeOnce([target | more, ...apdu.subarray(at, at + this.#limits.exchange)], signal)
      parts.push(answer.data)
      while (answer.more) {
        answer = await this.#exchangeOnce([target], signal)
        parts.push(answer.data)
        if (parts.length > 300) throw new AppError('DEVICE_GARBLED', 'pn532.exchange', { context: { what: 'pieces' } })
      }
    }
    return concat(...parts)
  }

  async #exchangeOnce(data: readonly number[], signal: AbortSignal): Promise<{ data: Uint8Array; more: boolean }> {
    const answer = await this.#execute(Uint8Array.of(command.exchange, ...data), { signal, timeoutMs: exchangeMs })
    const status = answer[0] ?? 0
    const error = status & 0x3f
    if (error === 0) return { data: answer.slice(1), more: (status & moreInformation) !== 0 }
    this.#link = undefined
    if (noAnswer.has(error)) throw new AppError('CARD_REMOVED', 'pn532.exchange')
    throw refused(error)
  }

  /** One block or activation command; undefined when nothing usable came back within `waitMs`. */
  async #through(block: Uint8Array, waitMs: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
    await this.#setTimer(waitMs, signal)
    const timeoutMs = Math.min(waitMs * 2, slowestTimerMs) + transferMarginMs + controlMs
    const answer = await this.#execute(Uint8Array.of(command.through, ...block), { signal, timeoutMs })
    const error = (answer[0] ?? 0) & 0x3f
    if (error === 0 && answer.length > 1) return answer.slice(1)
    if (error === 0 || noAnswer.has(error)) return undefined
    throw refused(error)
  }

  /** How long the chip waits for the card after 42: steps that double, from 0.1 ms. */
  async #setTimer(ms: number, signal: AbortSignal): Promise<void> {
    const code = Math.min(Math.max(Math.ceil(Math.log2(ms / 0.1)) + 1, 1), 16)
    if (code === this.#timer) return
    await this.#control([command.rfConfiguration, 0x02, 0x00, 0x0b, code], signal)
    this.#timer = code
  }

  /** The whole answer, the number of targets first; undefined when there is none. */
  async #list(modulation: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const parameters = modulation === typeB ? [1, typeB, 0x00] : [1, modulation]
    const answer = await this.#execute(Uint8Array.of(command.list, ...parameters), { signal, timeoutMs: listMs })
    return answer[0] === 1 ? answer : undefined
  }

  async #resetField(signal: AbortSignal): Promise<void> {
    this.#link = undefined
    await this.#field(false, signal)
    await this.#pause(fieldPauseMs)
    await this.#field(true, signal)
    await this.#pause(fieldPauseMs)
  }

  async #field(on: boolean, signal: AbortSignal): Promise<void> {
    await this.#control([command.rfConfiguration, 0x01, on ? 0x01 : 0x00], signal)
  }

  #control(bytes: readonly number[], signal: AbortSignal): Promise<Uint8Array> {
    return this.#execute(Uint8Array.from(bytes), { signal, timeoutMs: controlMs })
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.after(ms, resolve))
  }
}

/** The fastest rate that both directions have, as the chip numbers them: 0 = 106, 1 = 212, 2 = 424 kbit/s. */
function fastestRate(rates: number): 0 | 1 | 2 {
  const both = rates & (rates >> 4)
  return (both & 2) !== 0 ? 2 : (both & 1) !== 0 ? 1 : 0
}

function refused(error: number): AppError {
  return new AppError('DEVICE_REFUSED', 'pn532', { context: { error } })
}
