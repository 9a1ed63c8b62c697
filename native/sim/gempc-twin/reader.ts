import { bitRate } from '#native/drivers/gempc-twin/atr.ts'
import type { TwinMessage } from '#native/drivers/gempc-twin/codec.ts'
import type { SimulatedChip } from '../chip/index.ts'
import type { FaultList } from '../wire/faults.ts'
import type { Pacer } from '../wire/pacer.ts'
import { T0Card } from './t0-card.ts'
import { T1Card } from './t1-card.ts'

export type CardHabits = {
  /** T=1 unless said otherwise. */
  readonly protocol?: 0 | 1
  /** T=1: asks for more time before each answer. */
  readonly asksForTime?: boolean
}

const cardState = { active: 0, inactive: 1, absent: 2 } as const
const failed = 0x40
const errors = { notSupported: 0x00, mute: 0xfe, busy: 0xe0 } as const
const firmware = Buffer.from('GemTwin-V2.00-SIM', 'latin1')
/** Characters to the card take 12 elementary time units; a turn of T=1 takes 22 more. */
const unitsPerByte = 12
const unitsPerTurn = 22
const activationMs = 20

type Result = {
  readonly status: number
  readonly error?: number
  readonly data?: Uint8Array
  readonly parameter?: number
}

/** The reader's inside: CCID messages in and out, a slot, a card in it. Knows nothing of the serial envelope. */
export class SimulatedReader {
  readonly #pacer: Pacer
  readonly #faults: FaultList
  readonly #habits: CardHabits
  #chip: SimulatedChip | undefined
  #powered = false
  #speed = 0x11
  #offered = 0x11
  #fresh = false
  #t1: T1Card | undefined
  #t0: T0Card | undefined

  constructor(parts: {
    readonly chip?: SimulatedChip
    readonly pacer: Pacer
    readonly faults: FaultList
    readonly habits: CardHabits
  }) {
    this.#chip = parts.chip
    this.#pacer = parts.pacer
    this.#faults = parts.faults
    this.#habits = parts.habits
  }

  insert(chip: SimulatedChip): void {
    this.#chip = chip
    this.#cutPower()
  }

  remove(): void {
    this.#cutPower()
    this.#chip = undefined
  }

  get cardPresent(): boolean {
    return this.#chip !== undefined
  }

  handle(message: TwinMessage): TwinMessage {
    const answer = (type: number, result: Result): TwinMessage => ({
      type,
      slot: message.slot,
      sequence: message.sequence,
      parameters: [result.status, result.error ?? 0, result.parameter ?? 0],
      data: result.data ?? new Uint8Array(),
    })
    const busy = this.#faults.strikes('busy')
    const orBusy = (act: () => Result): Result => (busy ? this.#fail(errors.busy) : act())
    switch (message.type) {
      case 0x62:
        return answer(
          0x80,
          orBusy(() => this.#powerOn()),
        )
      case 0x63:
        this.#cutPower()
        return answer(0x81, { status: this.#state() })
      case 0x65:
        return answer(0x81, { status: this.#state() })
      case 0x61:
        return answer(
          0x82,
          orBusy(() => this.#setParameters(message)),
        )
      case 0x6c:
        return answer(0x82, { status: this.#state(), data: this.#parameters(), parameter: this.#protocol() })
      case 0x6b:
        return answer(0x83, { status: this.#state(), data: message.data[0] === 0x02 ? firmware : new Uint8Array() })
      case 0x6f:
        return answer(
          0x80,
          orBusy(() => this.#transfer(message.data)),
        )
      default:
        return answer(0x81, this.#fail(errors.notSupported))
    }
  }

  #powerOn(): Result {
    const chip = this.#chip
    this.#cutPower()
    if (!chip) return this.#fail(errors.mute)
    if (this.#faults.strikes('card-mute')) return this.#fail(errors.mute)
    chip.reset()
    this.#powered = true
    this.#fresh = true
    const process = (apdu: Uint8Array) => this.#process(chip, apdu)
    this.#t1 = this.#protocol() === 1 ? new T1Card(process, this.#habits.asksForTime ?? false) : undefined
    this.#t0 = this.#t1 ? undefined : new T0Card(process)
    const atr = this.#t1 ? chip.atr : t0Atr
    this.#offered = atr[2] ?? 0x11
    this.#pacer.chargeMs(activationMs)
    this.#chargeCard(atr.length)
    return { status: this.#state(), data: atr }
  }

  #transfer(data: Uint8Array): Result {
    if (this.#chip && this.#faults.strikes('card-pulled')) this.remove()
    if (!this.#chip || !this.#powered) return this.#fail(errors.mute)
    this.#chargeCard(data.length)
    const reply = this.#answerTo(data)
    this.#fresh = false
    this.#chargeCard(reply.length)
    return { status: this.#state(), data: reply }
  }

  #answerTo(data: Uint8Array): Uint8Array {
    // The first bytes after a reset may agree on the speed (ISO/IEC 7816-3 9); the card takes what it offered.
    if (this.#fresh && data[0] === 0xff && data[2] === this.#offered) {
      const agreed = data.slice()
      this.#speed = this.#offered
      return agreed
    }
    return this.#t1?.receive(data) ?? this.#t0?.receive(data) ?? new Uint8Array()
  }

  #process(chip: SimulatedChip, apdu: Uint8Array): Uint8Array {
    if (((apdu[0] ?? 0) & 0x0c) === 0x0c) {
      for (const how of ['wrong-mac', 'wrong-length'] as const) if (this.#faults.strikes(how)) chip.spoil(how)
    }
    const { response, ms } = chip.process(apdu)
    this.#pacer.chargeMs(ms)
    return response
  }

  #setParameters(message: TwinMessage): Result {
    if (!this.#chip) return this.#fail(errors.mute)
    if (message.parameters[0] !== this.#protocol()) return this.#fail(7)
    return { status: this.#state(), data: this.#parameters(), parameter: this.#protocol() }
  }

  #parameters(): Uint8Array {
    return this.#protocol() === 1
      ? Uint8Array.of(this.#speed, 0x10, 0, 0x45, 0, 0xfe, 0)
      : Uint8Array.of(this.#speed, 0, 0, 10, 0)
  }

  #protocol(): 0 | 1 {
    return this.#habits.protocol ?? 1
  }

  #chargeCard(bytes: number): void {
    this.#pacer.chargeMs((1000 * (bytes * unitsPerByte + unitsPerTurn)) / bitRate(this.#speed))
  }

  #cutPower(): void {
    this.#powered = false
    this.#speed = 0x11
    this.#t1 = undefined
    this.#t0 = undefined
    this.#chip?.reset()
  }

  #state(): number {
    if (!this.#chip) return cardState.absent
    return this.#powered ? cardState.active : cardState.inactive
  }

  #fail(error: number): Result {
    return { status: failed | this.#state(), error }
  }
}

/** T=0 only, TA1 18, the same historical bytes as with T=1; no check byte. */
const t0Atr = Uint8Array.of(0x3b, 0x18, 0x18, ...Buffer.from('SIM-CHIP', 'latin1'))
