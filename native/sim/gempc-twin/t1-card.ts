import { decodeBlock, encodeBlock, pcb } from '#native/drivers/gempc-twin/t1.ts'

/** Sends the response of the card's application; `ms` as in SimulatedChip. */
export type Process = (apdu: Uint8Array) => Uint8Array

const none = new Uint8Array()

/** The card's end of T=1 (ISO/IEC 7816-3 11), from reset on. Shares only the block format with the terminal's end. */
export class T1Card {
  readonly #process: Process
  /** Asks for more time before each answer. */
  readonly #asksForTime: boolean
  #fieldSize = 32
  #sent = 0
  #expected = 0
  #incoming: Uint8Array[] = []
  #outgoing: Uint8Array[] = []
  #held: Uint8Array | undefined

  constructor(process: Process, asksForTime: boolean) {
    this.#process = process
    this.#asksForTime = asksForTime
  }

  receive(bytes: Uint8Array): Uint8Array {
    const block = decodeBlock(bytes)
    if (!block) return this.#reject(1)
    if ((block.pcb & 0x80) === 0) return this.#information(block.pcb, block.inf)
    if ((block.pcb & 0x40) === 0) return this.#repeatOrGoOn((block.pcb >> 4) & 1)
    return this.#supervise(block.pcb, block.inf)
  }

  #information(control: number, inf: Uint8Array): Uint8Array {
    if (((control >> 6) & 1) !== this.#expected) return this.#reject(2)
    if (this.#outgoing.length > 1) return this.#reject(2)
    if (this.#outgoing.length === 1) {
      this.#outgoing = []
      this.#sent ^= 1
    }
    this.#expected ^= 1
    this.#incoming.push(inf)
    if ((control & pcb.more) !== 0) return this.#reject(0)
    const apdu = Buffer.concat(this.#incoming)
    this.#incoming = []
    const response = this.#process(apdu)
    for (let at = 0; at < response.length; at += this.#fieldSize)
      this.#outgoing.push(response.subarray(at, at + this.#fieldSize))
    if (!this.#asksForTime) return this.#current()
    this.#held = this.#current()
    return encodeBlock({ pcb: pcb.wtxRequest, inf: Uint8Array.of(2) })
  }

  #repeatOrGoOn(wanted: number): Uint8Array {
    if (this.#outgoing.length === 0) return this.#reject(0)
    if (wanted === this.#sent) return this.#current()
    if (this.#outgoing.length === 1) return this.#reject(0)
    this.#outgoing.shift()
    this.#sent ^= 1
    return this.#current()
  }

  #supervise(control: number, inf: Uint8Array): Uint8Array {
    if (control === pcb.ifsRequest && inf.length === 1) {
      this.#fieldSize = inf[0] || 32
      return encodeBlock({ pcb: control | pcb.response, inf })
    }
    if (control === pcb.resynchRequest) {
      this.#sent = 0
      this.#expected = 0
      this.#incoming = []
      this.#outgoing = []
      return encodeBlock({ pcb: control | pcb.response, inf: none })
    }
    const held = this.#held
    this.#held = undefined
    return control === (pcb.wtxRequest | pcb.response) && held ? held : this.#reject(2)
  }

  #current(): Uint8Array {
    const more = this.#outgoing.length > 1 ? pcb.more : 0
    return encodeBlock({ pcb: (this.#sent << 6) | more, inf: this.#outgoing[0] ?? none })
  }

  #reject(error: 0 | 1 | 2): Uint8Array {
    return encodeBlock({ pcb: pcb.rBlock | (this.#expected << 4) | error, inf: none })
  }
}
