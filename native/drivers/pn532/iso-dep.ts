import { AppError } from '#domain/failure/index.ts'

/** Blocks of ISO/IEC 14443-4 without CID, NAD and CRC (the front end adds the CRC). Pure: bytes in, next step out. */

export type IsoDepStep =
  | {
      readonly kind: 'send'
      readonly block: Uint8Array
      /** Factor on the frame waiting time. */ readonly patience: number
    }
  | { readonly kind: 'done'; readonly response: Uint8Array }

export const pcb = { i: 0x02, more: 0x10, r: 0xa2, nak: 0x10, deselect: 0xc2, wtx: 0xf2 } as const

const retryLimit = 2
const wtxLimit = 500
const longestResponse = 65538

/** The reader's end of one link, from the card's activation on. Given up with CARD_REMOVED or DEVICE_GARBLED. */
export class IsoDepLink {
  /** Bytes of APDU in one block to the card. */
  readonly #room: number
  #number = 0
  #chunks: Uint8Array[] = []
  #received: Uint8Array[] = []
  #receivedLength = 0
  #last: Uint8Array = new Uint8Array()
  #acknowledging = false
  #faults = 0
  #extensions = 0

  /** `frame`: the longest frame of the card with CRC (FSC), or what the line carries if that is less. */
  constructor(frame: number) {
    this.#room = frame - 3
  }

  begin(apdu: Uint8Array): IsoDepStep {
    this.#chunks = []
    for (let at = 0; at < apdu.length; at += this.#room) this.#chunks.push(apdu.subarray(at, at + this.#room))
    this.#received = []
    this.#receivedLength = 0
    this.#faults = 0
    this.#extensions = 0
    this.#acknowledging = false
    return this.#sendChunk()
  }

  /** A question that changes nothing: R(NAK), which a card that is still there acknowledges (7.5.4.3, rule 12). */
  presenceCheck(): Uint8Array {
    return Uint8Array.of(pcb.r | pcb.nak | this.#number)
  }

  /** Takes the card's block; undefined when nothing usable came. */
  receive(block: Uint8Array | undefined): IsoDepStep {
    const control = block?.[0]
    if (!block || control === undefined) return this.#fault()
    if ((control & 0xe2) === pcb.i) return this.#information(control, block.subarray(1))
    if ((control & 0xe6) === pcb.r && block.length === 1) return this.#acknowledge(control)
    if (control === pcb.wtx && block.length === 2) return this.#extend(block[1] ?? 0)
    return this.#fault()
  }

  #information(control: number, inf: Uint8Array): IsoDepStep {
    if ((control & 1) !== this.#number || this.#chunks.length > 1) return this.#fault()
    this.#faults = 0
    this.#number ^= 1
    this.#chunks = []
    this.#received.push(inf.slice())
    this.#receivedLength += inf.length
    if (this.#receivedLength > longestResponse) throw garbled('response-length')
    if ((control & pcb.more) !== 0) {
      this.#acknowledging = true
      return this.#send(Uint8Array.of(pcb.r | this.#number))
    }
    const response = new Uint8Array(this.#receivedLength)
    let at = 0
    for (const part of this.#received) {
      response.set(part, at)
      at += part.length
    }
    this.#received = []
    return { kind: 'done', response }
  }

  #acknowledge(control: number): IsoDepStep {
    if ((control & pcb.nak) !== 0 || this.#acknowledging || this.#chunks.length === 0) return this.#fault()
    if ((control & 1) !== this.#number) {
      // The card has not seen our block (rule 6).
      if (++this.#faults > retryLimit) throw garbled('retries')
      return this.#sendChunk()
    }
    if (this.#chunks.length === 1) return this.#fault()
    this.#faults = 0
    this.#number ^= 1
    this.#chunks.shift()
    return this.#sendChunk()
  }

  #extend(wish: number): IsoDepStep {
    if (++this.#extensions > wtxLimit) throw garbled('waiting-times')
    const factor = wish & 0x3f
    if (factor < 1 || factor > 59) return this.#fault()
    this.#faults = 0
    return { kind: 'send', block: Uint8Array.of(pcb.wtx, factor), patience: factor }
  }

  #fault(): IsoDepStep {
    if (++this.#faults > retryLimit) throw new AppError('CARD_REMOVED', 'iso-dep')
    if (this.#acknowledging) return this.#send(this.#last)
    return this.#send(this.presenceCheck())
  }

  #sendChunk(): IsoDepStep {
    const more = this.#chunks.length > 1 ? pcb.more : 0
    const inf = this.#chunks[0] ?? new Uint8Array()
    return this.#send(Uint8Array.of(pcb.i | more | this.#number, ...inf))
  }

  #send(block: Uint8Array): IsoDepStep {
    this.#last = block
    return { kind: 'send', block, patience: 1 }
  }
}

/** What an answer to select says of a card of type A (ISO/IEC 14443-4 5.2). */
export type Ats = {
  /** Longest frame to the card, CRC included. */
  readonly frame: number
  /** TA1: bit rates; 0 when absent. */
  readonly rates: number
  /** Frame waiting time in milliseconds. */
  readonly waitingMs: number
  readonly historical: Uint8Array
}

const frameSizes = [16, 24, 32, 40, 48, 64, 96, 128, 256] as const
/** 256 × 16 / 13.56 MHz in milliseconds: the unit of the frame waiting time. */
const waitingUnitMs = 0.302

/** Undefined when it breaks off. */
export function parseAts(bytes: Uint8Array): Ats | undefined {
  const [length, format] = bytes
  if (length === undefined || length < 1 || length > bytes.length) return undefined
  if (length === 1 || format === undefined)
    return { frame: 32, rates: 0, waitingMs: waitingTime(4), historical: new Uint8Array() }
  let at = 2
  const rates = (format & 0x10) !== 0 ? bytes[at++] : 0
  const times = (format & 0x20) !== 0 ? bytes[at++] : 0x40
  if ((format & 0x40) !== 0) at++
  if (rates === undefined || times === undefined || at > length) return undefined
  return {
    frame: frameSizes[Math.min(format & 0x0f, 8)] ?? 32,
    rates,
    waitingMs: waitingTime(Math.min(times >> 4, 14)),
    historical: bytes.slice(at, length),
  }
}

function waitingTime(integer: number): number {
  return waitingUnitMs * 2 ** integer
}

/** The answer to reset that PC/SC (part 3, 3.1.3.2.3) makes for contactless cards, from up to 15 historical bytes. */
export function contactlessAtr(historical: Uint8Array): Uint8Array {
  const kept = historical.subarray(0, 15)
  const atr = Uint8Array.of(0x3b, 0x80 | kept.length, 0x80, 0x01, ...kept, 0)
  atr[atr.length - 1] = atr.subarray(1).reduce((check, byte) => check ^ byte, 0)
  return atr
}

function garbled(what: string): AppError {
  return new AppError('DEVICE_GARBLED', 'iso-dep', { context: { what } })
}
