/** The card's end of T=0 as its reader shows it: one TPDU in, data and status word out. */
export class T0Card {
  readonly #process: (apdu: Uint8Array) => Uint8Array
  #waiting = new Uint8Array()

  constructor(process: (apdu: Uint8Array) => Uint8Array) {
    this.#process = process
  }

  receive(tpdu: Uint8Array): Uint8Array {
    const length = tpdu[4] ?? 0
    if (tpdu[1] === 0xc0) return this.#rest(length || 256)
    if (tpdu.length > 5) {
      const response = this.#process(tpdu)
      if (response.length === 2) return response
      this.#waiting = new Uint8Array(response)
      return this.#more()
    }
    const response = this.#process(length === 0 ? tpdu.subarray(0, 5) : tpdu)
    const given = response.length - 2
    // The right length is only told; the command comes again with it.
    if (given > 0 && given < (length || 256)) return Uint8Array.of(0x6c, given)
    return response
  }

  #rest(length: number): Uint8Array {
    if (this.#waiting.length === 0) return Uint8Array.of(0x69, 0x85)
    const data = this.#waiting.subarray(0, -2)
    if (length >= data.length) {
      const last = this.#waiting
      this.#waiting = new Uint8Array()
      return last
    }
    this.#waiting = this.#waiting.slice(length)
    return Buffer.concat([data.subarray(0, length), this.#more()])
  }

  #more(): Uint8Array {
    return Uint8Array.of(0x61, Math.min(this.#waiting.length - 2, 255))
  }
}
