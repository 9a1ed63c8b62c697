import { IsoDepLink } from '#native/drivers/pn532/iso-dep.ts'
import { AppError } from '#domain/failure/index.ts'
import type { Radio } from './radio.ts'

/** Commands that a copy of the chip does not know. */
export type Pn532Habits = {
  /** InCommunicateThru is refused, as by some copies and tunnels. */
  readonly noThrough?: boolean
}

const status = { ok: 0x00, timeout: 0x01, context: 0x27, gone: 0x2b } as const
const more = 0x40
/** What the chip's own RATS says, and the longest answer of one InDataExchange. */
const ownFrame = 64
const largestData = 262

/** The firmware of a PN532 as far as a card reader needs it: commands in, responses out. Knows nothing of its line. */
export class SimulatedPn532 {
  readonly #radio: Radio
  readonly #habits: Pn532Habits
  #parameters = 0x14
  #link: IsoDepLink | undefined
  #outgoing: Uint8Array[] = []
  #incoming = new Uint8Array()

  constructor(radio: Radio, habits: Pn532Habits = {}) {
    this.#radio = radio
    this.#habits = habits
  }

  /** What follows the code of the response; undefined for a command that it does not know. */
  run(code: number, data: Uint8Array): Uint8Array | undefined {
    switch (code) {
      case 0x00:
        if (data[0] === 0x00) return data
        return data[0] === 0x06 ? Uint8Array.of(this.#stillThere() ? status.ok : status.timeout) : undefined
      case 0x02:
        return Uint8Array.of(0x32, 0x01, 0x06, 0x07)
      case 0x08:
      case 0x14:
        return new Uint8Array()
      case 0x12:
        this.#parameters = data[0] ?? 0
        return new Uint8Array()
      case 0x32:
        if (data[0] === 0x01) this.#switchField((data[1] ?? 0) !== 0)
        return new Uint8Array()
      case 0x4a:
        return data[1] === 0x03 ? this.#listB() : this.#listA()
      case 0x4e:
        return Uint8Array.of(this.#changeSpeed(data[1] ?? 0) ? status.ok : status.timeout)
      case 0x40:
        return this.#exchange(data)
      case 0x42:
        return this.#habits.noThrough ? undefined : this.#through(data)
      default:
        return undefined
    }
  }

  #switchField(on: boolean): void {
    this.#link = undefined
    this.#radio.switch(on)
  }

  #listA(): Uint8Array {
    this.#link = undefined
    const found = this.#radio.selectA()
    if (!found) return Uint8Array.of(0)
    const head = [1, 1, found.sensRes >> 8, found.sensRes & 0xff, found.sak, found.uid.length, ...found.uid]
    if ((this.#parameters & 0x10) === 0) return Uint8Array.from(head)
    const ats = this.#radio.transceive(Uint8Array.of(0xe0, 0x50))
    if (!ats) return Uint8Array.of(0)
    this.#link = new IsoDepLink(256)
    return Uint8Array.of(...head, ...ats)
  }

  #listB(): Uint8Array {
    this.#link = undefined
    const found = this.#radio.selectB(ownFrame)
    if (!found) return Uint8Array.of(0)
    this.#link = new IsoDepLink(256)
    return Uint8Array.of(1, 1, ...found.atqb, found.attrib.length, ...found.attrib)
  }

  #changeSpeed(rate: number): boolean {
    return (
      this.#link !== undefined && this.#radio.transceive(Uint8Array.of(0xd0, 0x11, (rate << 2) | rate)) !== undefined
    )
  }

  #stillThere(): boolean {
    return this.#link !== undefined && this.#radio.transceive(this.#link.presenceCheck()) !== undefined
  }

  #through(block: Uint8Array): Uint8Array {
    const answer = this.#radio.transceive(block)
    return answer ? Uint8Array.of(status.ok, ...answer) : Uint8Array.of(status.timeout)
  }

  #exchange(data: Uint8Array): Uint8Array {
    const link = this.#link
    const target = data[0] ?? 0
    if (!link || (target & 0x3f) !== 1) return Uint8Array.of(status.context)
    if (data.length > 1 || this.#outgoing.length === 0) {
      this.#incoming = Buffer.concat([this.#incoming, data.subarray(1)])
      if ((target & more) !== 0) return Uint8Array.of(status.ok)
      const apdu = this.#incoming
      this.#incoming = new Uint8Array()
      const response = this.#runBlocks(link, apdu)
      if (!response) return Uint8Array.of(status.gone)
      this.#outgoing = []
      for (let at = 0; at < response.length; at += largestData)
        this.#outgoing.push(response.subarray(at, at + largestData))
    }
    const part = this.#outgoing.shift() ?? new Uint8Array()
    return Uint8Array.of(this.#outgoing.length > 0 ? more : status.ok, ...part)
  }

  #runBlocks(link: IsoDepLink, apdu: Uint8Array): Uint8Array | undefined {
    try {
      let step = link.begin(apdu)
      while (step.kind === 'send') step = link.receive(this.#radio.transceive(step.block))
      return step.response
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.#link = undefined
      return undefined
    }
  }
}
