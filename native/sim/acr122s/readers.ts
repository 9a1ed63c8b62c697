import { contactlessAtr, IsoDepLink, parseAts } from '#native/drivers/pn532/iso-dep.ts'
import { AppError } from '#domain/failure/index.ts'
import { SimulatedPn532, type Pn532Habits } from '../pn532/chip.ts'
import type { Radio } from '../pn532/radio.ts'

/** What a message from the host comes to: the type of the answer, its status bytes and data. */
export type Outcome = {
  readonly type: number
  readonly status?: number
  readonly error?: number
  readonly data?: Uint8Array
  readonly baudRate?: number
}

export type AcsReader = {
  handle(type: number, data: Uint8Array): Outcome
}

const failed = 0x40
const cardState = { active: 0, inactive: 1, absent: 2 } as const
const mute = 0xfe
const success = Uint8Array.of(0x90, 0x00)
const refusal = Uint8Array.of(0x63, 0x00)

/** The inside of an ACR122S: pseudo-APDUs, of which one passes commands to a PN532. Its slot is for a SAM and empty. */
export function acr122Reader(radio: Radio, habits?: Pn532Habits): AcsReader {
  const chip = new SimulatedPn532(radio, habits)

  const direct = (command: Uint8Array): Uint8Array => {
    if (command[0] !== 0xd4 || command[1] === undefined) return refusal
    const answer = chip.run(command[1], command.subarray(2))
    return answer ? Uint8Array.of(0xd5, command[1] + 1, ...answer, ...success) : refusal
  }

  const transfer = (apdu: Uint8Array): Outcome => {
    const [cla, ins, p1, p2, lc] = apdu
    const type = 0x80
    if (cla !== 0xff || ins !== 0x00) return { type, status: failed | cardState.absent, error: mute }
    if (p1 === 0x48) return { type, data: Buffer.from('ACR122S101', 'latin1') }
    if (p1 === 0x44) return { type, data: Uint8Array.of(0x90, p2 ?? 0), baudRate: p2 === 1 ? 115_200 : 9600 }
    if (p1 === 0x00 && apdu.length === 5 + (lc ?? 0)) return { type, data: direct(apdu.subarray(5)) }
    return { type, data: refusal }
  }

  return {
    handle(type, data) {
      if (type === 0x6f) return transfer(data)
      return { type: type === 0x62 ? 0x80 : 0x81, status: failed | cardState.absent, error: mute }
    },
  }
}

const speeds = [9600, 19_200, 38_400, 57_600, 115_200]

/** The inside of an ACR1281S: a contactless slot that takes APDUs, and escapes. */
export function acr1281Reader(radio: Radio): AcsReader {
  let link: IsoDepLink | undefined

  const state = () => (!radio.cardPresent ? cardState.absent : link ? cardState.active : cardState.inactive)
  const failure = (type: number): Outcome => ({ type, status: failed | state(), error: mute })

  const powerOn = (): Outcome => {
    link = undefined
    radio.switch(true)
    const a = radio.selectA()
    if (a) {
      const ats = parseAts(radio.transceive(Uint8Array.of(0xe0, 0x80)) ?? new Uint8Array())
      if (!ats) return failure(0x80)
      // Both directions at 424 kbit/s.
      if ((ats.rates & 0x22) === 0x22) radio.transceive(Uint8Array.of(0xd0, 0x11, 0x0a))
      link = new IsoDepLink(ats.frame)
      return { type: 0x80, data: contactlessAtr(ats.historical) }
    }
    const b = radio.selectB(256)
    if (!b) return failure(0x80)
    link = new IsoDepLink(256)
    return { type: 0x80, data: contactlessAtr(Uint8Array.of(...b.atqb.subarray(5), (b.attrib[0] ?? 0) & 0xf0)) }
  }

  const transfer = (apdu: Uint8Array): Outcome => {
    if (!link) return failure(0x80)
    try {
      let step = link.begin(apdu)
      while (step.kind === 'send') step = link.receive(radio.transceive(step.block))
      return { type: 0x80, data: step.response }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      link = undefined
      return failure(0x80)
    }
  }

  const escape = (data: Uint8Array): Outcome => {
    if (data[0] === 0xe0 && data[3] === 0x18) {
      const name = Buffer.from('ACR1281S V103', 'latin1')
      return { type: 0x83, data: Uint8Array.of(0xe1, 0x00, 0x00, 0x00, name.length, ...name) }
    }
    const wish = data[1] ?? 0
    const baudRate = data[0] === 0x44 ? speeds[wish & 0x0f] : undefined
    return baudRate === undefined
      ? { type: 0x83, status: failed | state() }
      : { type: 0x83, data: Uint8Array.of(0x90, wish), baudRate }
  }

  return {
    handle(type, data) {
      // A card that left took its link along.
      if (!radio.linked) link = undefined
      switch (type) {
        case 0x62:
          return powerOn()
        // For a contactless card the reader does nothing.
        case 0x63:
        case 0x65:
          return { type: 0x81, status: state() }
        case 0x6b:
          return escape(data)
        case 0x6f:
          return transfer(data)
        default:
          return { type: 0x81, status: failed | state(), error: 0 }
      }
    },
  }
}
