import {
  AcsCodec,
  encodeMessage,
  encodeSlotChange,
  encodeStatus,
  status,
  type AcsEvent,
} from '#native/drivers/acr122s/codec.ts'
import type { SimulatedChip } from '../chip/index.ts'
import type { Pn532Habits } from '../pn532/index.ts'
import { Radio, type ContactlessHabits } from '../pn532/radio.ts'
import type { Fault } from '../wire/faults.ts'
import type { Pacer } from '../wire/pacer.ts'
import { serialDevice, type SerialDevice } from '../wire/serial-device.ts'
import { acr122Reader, acr1281Reader, type AcsReader } from './readers.ts'

export type Acr122sOptions = {
  /** Where the line shall lie, a path that does not exist yet. */
  readonly linkPath: string
  /** ACR122S unless said otherwise. */
  readonly model?: 'acr122s' | 'acr1281s'
  /** The card on the antenna. */
  readonly chip?: SimulatedChip
  readonly faults?: readonly Fault[]
  /** 1 takes as long as the real devices, 0 waits for nothing (and counts all the same). */
  readonly pace?: number
  readonly card?: ContactlessHabits
  /** ACR122S: of the PN532 inside. */
  readonly reader?: Pn532Habits
  /** What the host's end is set to, which a pseudo-terminal does not tell. Another speed than the reader's is noise. */
  readonly hostBaudRate?: () => number | undefined
}

export type Acr122sSimulator = {
  readonly address: string
  insert(chip: SimulatedChip): Promise<void>
  remove(): Promise<void>
  addFault(fault: Fault): void
  /** Simulated milliseconds of serial line, radio and chip so far. */
  wireMs(): number
  /** Pulls the reader's plug, and puts it back at the same address. A reader without power forgets its speed. */
  unplug(): Promise<void>
  plug(): Promise<void>
  stop(): Promise<void>
}

/** 9600 8N1 at first: ten bits a byte. */
const line = { bitsPerSecond: 9600, bitsPerByte: 10 }
const frameOverhead = 13
const statusLength = 4

/** The other end of an ACS reader's serial line. */
export async function startAcr122s(options: Acr122sOptions): Promise<Acr122sSimulator> {
  let radio: Radio | undefined
  let baudRate: number = line.bitsPerSecond
  let reports = false

  const listen = (device: SerialDevice) => {
    const { pacer, faults } = device
    radio ??= new Radio({ pacer, faults, habits: options.card ?? {}, ...(options.chip ? { chip: options.chip } : {}) })
    baudRate = line.bitsPerSecond
    reports = false
    const reader: AcsReader = options.model === 'acr1281s' ? acr1281Reader(radio) : acr122Reader(radio, options.reader)
    const codec = new AcsCodec()

    const handle = async (event: AcsEvent, arrived: number) => {
      if (event.kind === 'error' && event.what === 'checksum') return device.send(encodeStatus(status.check))
      if (event.kind === 'repeat') return device.repeat()
      if (event.kind !== 'message' || event.message.type >= 0x80) return
      const { message } = event
      await device.send(encodeStatus(status.taken))
      charge(pacer, message.data.length + frameOverhead + statusLength)
      const hadCard = radio?.cardPresent ?? false
      const outcome = faults.strikes('busy')
        ? { type: 0x80, status: 0x40, error: 0xe0 }
        : reader.handle(message.type, message.data)
      const frame = encodeMessage({
        type: outcome.type,
        slot: message.slot,
        sequence: message.sequence,
        // The real ones show 81 as their error when there is none.
        parameters: [outcome.status ?? 0, outcome.error ?? 0x81, 0],
        data: outcome.data ?? new Uint8Array(),
      })
      charge(pacer, frame.length)
      await pacer.settle(arrived)
      const said = device.reply(frame, (spoiled) => (spoiled[spoiled.length - 2] = (spoiled.at(-2) ?? 0) ^ 0xff))
      // Not after the write is known to be over: on a busy machine the host may have heard it and be back by then.
      if (outcome.baudRate !== undefined) {
        baudRate = outcome.baudRate
        reports = options.model === 'acr1281s' && ((message.data[1] ?? 0) & 0x80) !== 0
      }
      await said
      if (hadCard && radio && !radio.cardPresent) await report(false)
    }

    return (bytes: Uint8Array, arrived: number) => {
      const theirs = options.hostBaudRate?.() ?? baudRate
      if (theirs !== baudRate) return []
      return codec.push(bytes).map((event) => () => handle(event, arrived))
    }
  }

  const charge = (pacer: Pacer, bytes: number) => pacer.chargeMs((bytes * 1000 * line.bitsPerByte) / baudRate)
  const report = async (present: boolean) => {
    if (reports) await device.send(encodeSlotChange(present ? 0x03 : 0x02))
  }
  const device = await serialDevice({ ...options, line, listen })
  return {
    address: device.address,
    async insert(chip) {
      radio?.insert(chip)
      await report(true)
    },
    async remove() {
      radio?.remove()
      await report(false)
    },
    addFault: (fault) => device.faults.add(fault),
    wireMs: () => device.pacer.totalMs,
    unplug: () => device.unplug(),
    plug: () => device.plug(),
    stop: () => device.unplug(),
  }
}
