import {
  encodeMessage,
  encodeSlotChange,
  nakFrame,
  TwinCodec,
  type TwinEvent,
} from '#native/drivers/gempc-twin/codec.ts'
import type { SimulatedChip } from '../chip/index.ts'
import { randomFrom } from '../people/portrait.ts'
import { FaultList, type Fault } from '../wire/faults.ts'
import { Pacer } from '../wire/pacer.ts'
import { openDeviceLine, type DeviceLine } from '../wire/pty-pair.ts'
import { SimulatedReader, type CardHabits } from './reader.ts'

export type GempcTwinOptions = {
  /** Where the line shall lie, a path that does not exist yet. */
  readonly linkPath: string
  /** The card in the slot; without one the slot is empty. */
  readonly chip?: SimulatedChip
  readonly faults?: readonly Fault[]
  /** 1 takes as long as the real devices, 0 waits for nothing (and counts all the same). */
  readonly pace?: number
  readonly card?: CardHabits
  /** How the line is laid: a pseudo-terminal unless said otherwise. */
  readonly openLine?: (address: string) => Promise<DeviceLine>
}

export type GempcTwinSimulator = {
  readonly address: string
  insert(chip: SimulatedChip): Promise<void>
  remove(): Promise<void>
  addFault(fault: Fault): void
  /** Simulated milliseconds of serial line, card line and chip so far. */
  wireMs(): number
  /** Pulls the reader's plug, and puts it back at the same address. */
  unplug(): Promise<void>
  plug(): Promise<void>
  stop(): Promise<void>
}

/** 115200 8N2: eleven bits a byte. */
const line = { bitsPerSecond: 115_200, bitsPerByte: 11 }

/** The other end of a GemPC Twin's serial line: echoes, answers, tells of cards that come and go, and misbehaves on demand. */
export async function startGempcTwin(options: GempcTwinOptions): Promise<GempcTwinSimulator> {
  const faults = new FaultList(options.faults)
  const pacer = new Pacer(line, options.pace ?? 1)
  const reader = new SimulatedReader({
    ...(options.chip ? { chip: options.chip } : {}),
    pacer,
    faults,
    habits: options.card ?? {},
  })
  const random = randomFrom(7)
  let wire: DeviceLine | undefined
  let lastReply: Uint8Array | undefined
  let heldBack: Uint8Array | undefined
  let work: Promise<void> = Promise.resolve()

  const send = async (bytes: Uint8Array) => {
    if (!faults.strikes('one-byte-chunks')) return wire?.write(bytes)
    for (const byte of bytes) {
      await wire?.write(Uint8Array.of(byte))
      // Lets the other side see the byte alone.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const reply = async (frame: Uint8Array) => {
    lastReply = frame
    const late = heldBack
    heldBack = undefined
    if (late) await send(late)
    if (faults.strikes('silence')) return
    if (faults.strikes('late')) {
      heldBack = frame
      return
    }
    if (faults.strikes('unplug')) {
      await wire?.write(frame.subarray(0, frame.length >> 1))
      await wire?.unplug()
      return
    }
    if (faults.strikes('garbage')) await send(Uint8Array.from({ length: 23 }, () => Math.floor(random() * 256)))
    if (faults.strikes('bad-checksum')) {
      const spoiled = frame.slice()
      spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 0xff
      return send(spoiled)
    }
    await send(frame)
    if (faults.strikes('duplicate')) await send(frame)
  }

  const handle = async (event: TwinEvent, arrived: number) => {
    if (event.kind === 'error' && event.what === 'checksum') return send(nakFrame)
    if (event.kind === 'nak' && lastReply) return send(lastReply)
    if (event.kind !== 'message' || event.message.type >= 0x80) return
    pacer.chargeBytes(event.message.data.length + 13)
    const hadCard = reader.cardPresent
    const frame = encodeMessage(reader.handle(event.message))
    pacer.chargeBytes(frame.length)
    await pacer.settle(arrived)
    await reply(frame)
    if (hadCard && !reader.cardPresent) await send(encodeSlotChange(false))
  }

  const plug = async () => {
    await wire?.unplug()
    const opened = await (options.openLine ?? openDeviceLine)(options.linkPath)
    const codec = new TwinCodec()
    wire = opened
    opened.onData((bytes) => {
      const arrived = performance.now()
      // The echo leaves while the command still comes in, so it costs no time of its own.
      work = work.then(() => opened.write(bytes))
      for (const event of codec.push(bytes)) work = work.then(() => handle(event, arrived))
    })
  }

  await plug()
  return {
    address: options.linkPath,
    async insert(chip) {
      reader.insert(chip)
      await send(encodeSlotChange(true))
    },
    async remove() {
      reader.remove()
      await send(encodeSlotChange(false))
    },
    addFault: (fault) => faults.add(fault),
    wireMs: () => pacer.totalMs,
    async unplug() {
      await wire?.unplug()
    },
    plug,
    async stop() {
      await wire?.unplug()
    },
  }
}
