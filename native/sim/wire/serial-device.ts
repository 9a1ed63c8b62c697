import { randomFrom } from '../people/portrait.ts'
import { FaultList, type Fault } from './faults.ts'
import { Pacer } from './pacer.ts'
import { openDeviceLine, type DeviceLine } from './pty-pair.ts'

/** What the fault list does to frames on their way to the host, and a line that can be unplugged. */
export type SerialDevice = {
  readonly address: string
  readonly pacer: Pacer
  readonly faults: FaultList
  /** Sends without any fault but chunking: acknowledgements and notices. */
  send(bytes: Uint8Array): Promise<void>
  /** Sends a reply, which the faults may spoil, hold back or double. `spoil` damages its check. */
  reply(frame: Uint8Array, spoil: (frame: Uint8Array) => void): Promise<void>
  /** Sends the last reply again, and one held back before it. */
  repeat(): Promise<void>
  unplug(): Promise<void>
  plug(): Promise<void>
}

/** `listen` is called for each opened line; it turns a chunk of bytes into the acts that follow from it, done in order. */
export async function serialDevice(options: {
  readonly linkPath: string
  readonly line: { readonly bitsPerSecond: number; readonly bitsPerByte: number }
  readonly faults?: readonly Fault[]
  readonly pace?: number
  readonly listen: (device: SerialDevice) => (bytes: Uint8Array, arrived: number) => readonly (() => Promise<void>)[]
}): Promise<SerialDevice> {
  const faults = new FaultList(options.faults)
  const random = randomFrom(7)
  let wire: DeviceLine | undefined
  let lastReply: { readonly frame: Uint8Array; readonly spoil: (frame: Uint8Array) => void } | undefined
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

  const sendHeldBack = async () => {
    const late = heldBack
    heldBack = undefined
    if (late) await send(late)
  }

  const device: SerialDevice = {
    address: options.linkPath,
    pacer: new Pacer(options.line, options.pace ?? 1),
    faults,
    send,

    async reply(frame, spoil) {
      lastReply = { frame, spoil }
      await sendHeldBack()
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
        spoil(spoiled)
        return send(spoiled)
      }
      await send(frame)
      if (faults.strikes('duplicate')) await send(frame)
    },

    async repeat() {
      await sendHeldBack()
      // What stays silent or garbles for good does so here, too.
      if (!lastReply || faults.strikes('silence')) return
      const frame = lastReply.frame.slice()
      if (faults.strikes('bad-checksum')) lastReply.spoil(frame)
      await send(frame)
    },

    async unplug() {
      await wire?.unplug()
    },

    async plug() {
      await wire?.unplug()
      const opened = await openDeviceLine(options.linkPath)
      wire = opened
      const hear = options.listen(device)
      opened.onData((bytes) => {
        for (const act of hear(bytes, performance.now())) work = work.then(act)
      })
    },
  }
  await device.plug()
  return device
}
