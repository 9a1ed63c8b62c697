import type { SimulatedChip } from '../chip/index.ts'
import type { FaultList } from '../wire/faults.ts'
import type { Pacer } from '../wire/pacer.ts'
import { IsoDepCard } from './iso-dep-card.ts'

export type ContactlessHabits = {
  /** A unless said otherwise. */
  readonly type?: 'A' | 'B'
  /** Asks for more time before each answer. */
  readonly asksForTime?: boolean
  /** Has only 106 kbit/s. */
  readonly slow?: boolean
}

/** Frame delay of either direction and start and end of frames, roughly. */
const turnMs = 0.15
const activationMs = 5
/** Eight bits and parity. */
const bitsPerByte = 9
const crcLength = 2
const frameSizes = [16, 24, 32, 40, 48, 64, 96, 128, 256] as const
const historical = Buffer.from('SIM-CHIP', 'latin1')

/** An antenna's field and the card in it: activation (ISO/IEC 14443-3, -4) and blocks, in the time they would take. */
export class Radio {
  readonly #pacer: Pacer
  readonly #faults: FaultList
  readonly #habits: ContactlessHabits
  #chip: SimulatedChip | undefined
  #on = true
  #selected = false
  #card: IsoDepCard | undefined
  #kilobits = 106

  constructor(parts: {
    readonly pacer: Pacer
    readonly faults: FaultList
    readonly habits: ContactlessHabits
    readonly chip?: SimulatedChip
  }) {
    this.#pacer = parts.pacer
    this.#faults = parts.faults
    this.#habits = parts.habits
    this.#chip = parts.chip
  }

  get cardPresent(): boolean {
    return this.#chip !== undefined
  }

  /** A card runs the block protocol. */
  get linked(): boolean {
    return this.#card !== undefined
  }

  insert(chip: SimulatedChip): void {
    this.#chip = chip
    this.#forget()
  }

  remove(): void {
    this.#forget()
    this.#chip = undefined
  }

  switch(on: boolean): void {
    this.#on = on
    this.#forget()
  }

  /** REQA to select; what PN532 and its like tell of a card of type A. */
  selectA(): { readonly sensRes: number; readonly sak: number; readonly uid: Uint8Array } | undefined {
    // A card that was active falls back to idle, one under the block protocol hears nothing (ISO/IEC 14443-3 6.2).
    if (!this.#on || !this.#chip || this.#habits.type === 'B' || this.#card) return undefined
    this.#pacer.chargeMs(activationMs)
    this.#selected = true
    return { sensRes: 0x0044, sak: 0x20, uid: Uint8Array.of(0x08, 0x51, 0x4d, 0x01) }
  }

  /** REQB and ATTRIB. */
  selectB(frame: number): { readonly atqb: Uint8Array; readonly attrib: Uint8Array } | undefined {
    if (!this.#on || !this.#chip || this.#habits.type !== 'B' || this.#card) return undefined
    this.#pacer.chargeMs(activationMs)
    if (this.#faults.strikes('card-mute')) return undefined
    this.#activate(this.#chip, frame)
    return {
      atqb: Uint8Array.of(0x50, 0x51, 0x4d, 0x01, 0x02, ...historical.subarray(0, 4), 0x33, 0x81, 0x81),
      attrib: Uint8Array.of(0x10),
    }
  }

  /** One frame to the card and back, without CRC; undefined when it says nothing. */
  transceive(frame: Uint8Array): Uint8Array | undefined {
    this.#charge(frame.length)
    const chip = this.#chip
    if (!this.#on || !chip || !this.#selected) return undefined
    const answer = this.#answer(chip, frame)
    if (answer) this.#charge(answer.length)
    // The answer to PPS is the last at the old rate.
    if (answer?.[0] === 0xd0) this.#kilobits = 106 * 2 ** ((frame[2] ?? 0) & 3)
    return answer
  }

  #answer(chip: SimulatedChip, frame: Uint8Array): Uint8Array | undefined {
    if (this.#card) {
      if (frame[0] === 0xd0) return Uint8Array.of(0xd0)
      if (((frame[0] ?? 0) & 0xe2) === 0x02 && this.#faults.strikes('card-pulled')) {
        this.remove()
        return undefined
      }
      return this.#card.receive(frame)
    }
    if (frame[0] !== 0xe0 || this.#faults.strikes('card-mute')) return undefined
    this.#activate(chip, frameSizes[Math.min((frame[1] ?? 0) >> 4, 8)] ?? 64)
    // FSCI 8, both rates each way, FWI 8, no CID.
    const rates = this.#habits.slow ? 0x80 : 0x33
    return Uint8Array.of(5 + historical.length, 0x78, rates, 0x80, 0x00, ...historical)
  }

  #activate(chip: SimulatedChip, frame: number): void {
    chip.reset()
    this.#selected = true
    this.#card = new IsoDepCard((apdu) => this.#process(chip, apdu), frame, this.#habits.asksForTime ?? false)
  }

  #process(chip: SimulatedChip, apdu: Uint8Array): Uint8Array {
    if (((apdu[0] ?? 0) & 0x0c) === 0x0c) {
      for (const how of ['wrong-mac', 'wrong-length'] as const) if (this.#faults.strikes(how)) chip.spoil(how)
    }
    const { response, ms } = chip.process(apdu)
    this.#pacer.chargeMs(ms)
    return response
  }

  #charge(bytes: number): void {
    this.#pacer.chargeMs(turnMs + ((bytes + crcLength) * bitsPerByte) / this.#kilobits)
  }

  #forget(): void {
    this.#selected = false
    this.#card = undefined
    this.#kilobits = 106
    this.#chip?.reset()
  }
}
