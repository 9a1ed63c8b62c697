import { existsSync } from 'node:fs'
import { anyAddress, encodePacket, ZfmCodec, type PacketKind } from '#native/drivers/zfm/codec.ts'
import { FaultList } from '../wire/faults.ts'
import { serialDevice, type SerialDevice } from '../wire/serial-device.ts'
import { isLineFault, type ZfmFault, type ZfmFaultName } from './faults.ts'
import type { OnGlass } from './finger.ts'
import { createModule, type ZfmModel } from './module.ts'

export type ZfmOptions = {
  /** Where the line shall lie, a path that does not exist yet. */
  readonly linkPath: string
  /** The optical sensor with 256 × 288 pixels unless said otherwise. */
  readonly model?: ZfmModel
  /** What lies on the glass. */
  readonly finger?: OnGlass
  readonly faults?: readonly ZfmFault[]
  /** 1 takes as long as the real devices, 0 waits for nothing (and counts all the same). */
  readonly pace?: number
  /** 57600 unless somebody set the module to another one. */
  readonly baudRate?: number
  /** What the host's end is set to, which a pseudo-terminal does not tell. Another speed than the module's is noise. */
  readonly hostBaudRate?: () => number | undefined
}

export type ZfmSimulator = {
  readonly address: string
  /** Lays a finger down; the same one laid down again is another impression of it. */
  place(finger: OnGlass): void
  lift(): void
  addFault(fault: ZfmFault): void
  /** Simulated milliseconds of serial line and module so far. */
  wireMs(): number
  unplug(): Promise<void>
  plug(): Promise<void>
  stop(): Promise<void>
}

/** 8N1: ten bits a byte. */
const bitsPerByte = 10
const usualRate = 57_600
const packetBytes = 128
const overhead = 11
/** What a module says when it has its power. */
const awake = Uint8Array.of(0x55)

/** The other end of a module's serial line. */
export async function startZfm(options: ZfmOptions): Promise<ZfmSimulator> {
  const { linkPath, faults: given = [], baudRate = usualRate } = options
  const own = new FaultList<ZfmFaultName>(given.filter((fault) => !isLineFault(fault)))
  const inside = createModule(options.model ?? 'zfm', baudRate, own)
  if (options.finger) inside.place(options.finger)

  const listen = (device: SerialDevice) => {
    const { pacer } = device
    const codec = new ZfmCodec()
    inside.reset()

    const send = async (kind: PacketKind, content: Uint8Array, since?: number) => {
      const frame = encodePacket({ kind, address: anyAddress, content })
      pacer.chargeBytes(frame.length)
      await pacer.settle(since)
      await device.reply(frame, (spoiled) => (spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 0xff))
    }

    const upload = async (picture: Uint8Array) => {
      for (let at = 0; at < picture.length; at += packetBytes) {
        // Unplugged: there is nobody to send the rest to.
        if (!existsSync(linkPath)) return
        const end = at + packetBytes
        await send(end < picture.length ? 'data' : 'end', picture.subarray(at, end))
      }
    }

    const handle = async (content: Uint8Array, arrived: number) => {
      pacer.chargeBytes(content.length + overhead)
      if (own.strikes('reset')) {
        inside.reset()
        await device.send(awake)
      }
      const { code, data = [], picture, ms } = inside.run(content[0] ?? 0, content.subarray(1))
      pacer.chargeMs(ms)
      await send('acknowledge', Uint8Array.of(code, ...data), arrived)
      if (picture) await upload(picture)
    }

    void device.send(awake)
    return (bytes: Uint8Array, arrived: number) => {
      if ((options.hostBaudRate?.() ?? baudRate) !== baudRate) return []
      return codec
        .push(bytes)
        .flatMap((event) => (event.kind === 'command' ? [() => handle(event.content, arrived)] : []))
    }
  }

  const line = { bitsPerSecond: baudRate, bitsPerByte }
  const device = await serialDevice({
    linkPath,
    line,
    listen,
    faults: given.filter(isLineFault),
    ...(options.pace === undefined ? {} : { pace: options.pace }),
  })
  return {
    address: device.address,
    place: (finger) => inside.place(finger),
    lift: () => inside.place(undefined),
    addFault(fault) {
      if (isLineFault(fault)) device.faults.add(fault)
      else own.add(fault)
    },
    wireMs: () => device.pacer.totalMs,
    unplug: () => device.unplug(),
    plug: () => device.plug(),
    stop: () => device.unplug(),
  }
}
