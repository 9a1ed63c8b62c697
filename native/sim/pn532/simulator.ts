import { ackFrame, encodeFrame, Pn532Codec, refusedFrame, type Pn532Event } from '#native/drivers/pn532/codec.ts'
import type { SimulatedChip } from '../chip/index.ts'
import type { Fault } from '../wire/faults.ts'
import { serialDevice, type SerialDevice } from '../wire/serial-device.ts'
import { SimulatedPn532, type Pn532Habits } from './chip.ts'
import { Radio, type ContactlessHabits } from './radio.ts'

export type Pn532Options = {
  /** Where the line shall lie, a path that does not exist yet. */
  readonly linkPath: string
  /** The card on the antenna. */
  readonly chip?: SimulatedChip
  readonly faults?: readonly Fault[]
  /** 1 takes as long as the real devices, 0 waits for nothing (and counts all the same). */
  readonly pace?: number
  readonly card?: ContactlessHabits
  readonly reader?: Pn532Habits
}

export type Pn532Simulator = {
  readonly address: string
  insert(chip: SimulatedChip): Promise<void>
  remove(): Promise<void>
  addFault(fault: Fault): void
  /** Simulated milliseconds of serial line, radio and chip so far. */
  wireMs(): number
  /** Pulls the reader's plug, and puts it back at the same address. */
  unplug(): Promise<void>
  plug(): Promise<void>
  stop(): Promise<void>
}

/** 115200 8N1: ten bits a byte. */
const line = { bitsPerSecond: 115_200, bitsPerByte: 10 }
const frameOverhead = 9

/** The other end of a PN532's serial line. `busy`: a command is passed over without an ACK. */
export async function startPn532(options: Pn532Options): Promise<Pn532Simulator> {
  let radio: Radio | undefined
  const listen = (device: SerialDevice) => {
    const { pacer, faults } = device
    radio ??= new Radio({ pacer, faults, habits: options.card ?? {}, ...(options.chip ? { chip: options.chip } : {}) })
    const chip = new SimulatedPn532(radio, options.reader)
    const codec = new Pn532Codec()

    const handle = async (event: Pn532Event, arrived: number) => {
      if (event.kind === 'nack') return device.repeat()
      if (event.kind !== 'frame' || !event.fromHost || faults.strikes('busy')) return
      await device.send(ackFrame)
      pacer.chargeBytes(event.data.length + frameOverhead + ackFrame.length)
      const answer = chip.run(event.code, event.data)
      const frame = answer ? encodeFrame(false, event.code + 1, answer) : refusedFrame
      pacer.chargeBytes(frame.length)
      await pacer.settle(arrived)
      await device.reply(frame, (spoiled) => (spoiled[spoiled.length - 2] = (spoiled.at(-2) ?? 0) ^ 0xff))
    }
    return (bytes: Uint8Array, arrived: number) => codec.push(bytes).map((event) => () => handle(event, arrived))
  }
  const device = await serialDevice({ ...options, line, listen })
  return {
    address: device.address,
    insert: async (chip) => radio?.insert(chip),
    remove: async () => radio?.remove(),
    addFault: (fault) => device.faults.add(fault),
    wireMs: () => device.pacer.totalMs,
    unplug: () => device.unplug(),
    plug: () => device.plug(),
    stop: () => device.unplug(),
  }
}
