import { pcb } from '#native/drivers/pn532/iso-dep.ts'

/** The card's end of ISO/IEC 14443-4 blocks, from its activation on. Shares only the control bytes with the reader's end. */
export class IsoDepCard {
  readonly #process: (apdu: Uint8Array) => Uint8Array
  readonly #asksForTime: boolean
  /** Bytes of a response in one block to the reader. */
  readonly #room: number
  #number = 1
  #incoming: Uint8Array[] = []
  #outgoing: Uint8Array[] = []
  #last: Uint8Array | undefined
  #held: Uint8Array | undefined

  /** `frame`: the longest frame of the reader, CRC included (FSD). */
  constructor(process: (apdu: Uint8Array) => Uint8Array, frame: number, asksForTime: boolean) {
    this.#process = process
    this.#room = frame - 3
    this.#asksForTime = asksForTime
  }

  /** The answer; undefined for what a card passes over in silence. */
  receive(block: Uint8Array): Uint8Array | undefined {
    const control = block[0] ?? 0
    if ((control & 0xe2) === pcb.i) return this.#information(control, block.slice(1))
    if ((control & 0xe6) === pcb.r) return this.#repeatOrGoOn(control)
    if (control === pcb.wtx && this.#held) {
      const held = this.#held
      this.#held = undefined
      return this.#say(held)
    }
    if (control === pcb.deselect) return Uint8Array.of(pcb.deselect)
    return undefined
  }

  #information(control: number, inf: Uint8Array): Uint8Array {
    // Rule D: whatever the block's own number, ours changes.
    this.#number ^= 1
    this.#incoming.push(inf)
    if ((control & pcb.more) !== 0) return this.#say(Uint8Array.of(pcb.r | this.#number))
    const response = this.#process(Buffer.concat(this.#incoming))
    this.#incoming = []
    this.#outgoing = []
    for (let at = 0; at < response.length; at += this.#room) this.#outgoing.push(response.subarray(at, at + this.#room))
    if (!this.#asksForTime) return this.#say(this.#piece())
    this.#held = this.#piece()
    return this.#say(Uint8Array.of(pcb.wtx, 2))
  }

  #repeatOrGoOn(control: number): Uint8Array | undefined {
    if ((control & 1) === this.#number) return this.#last
    // Rule 12: a NAK to a block that we never saw.
    if ((control & pcb.nak) !== 0) return Uint8Array.of(pcb.r | this.#number)
    if (this.#outgoing.length < 2) return undefined
    this.#outgoing.shift()
    this.#number ^= 1
    return this.#say(this.#piece())
  }

  #piece(): Uint8Array {
    const more = this.#outgoing.length > 1 ? pcb.more : 0
    return Uint8Array.of(pcb.i | more | this.#number, ...(this.#outgoing[0] ?? []))
  }

  #say(block: Uint8Array): Uint8Array {
    this.#last = block
    return block
  }
}
