import { anyAddress, commands, encodePacket, encodeParameters, ZfmCodec } from '#native/drivers/zfm/codec.ts'
import { playedLine } from '../pn532/line.ts'

export const patient = new AbortController().signal

export const acknowledge = (...content: number[]) =>
  encodePacket({ kind: 'acknowledge', address: anyAddress, content: Uint8Array.from(content) })

export const parameters = (status = 4, system = 9) =>
  acknowledge(
    0,
    ...encodeParameters({
      status,
      system,
      room: 1000,
      security: 3,
      address: anyAddress,
      packetBytes: 128,
      baudRate: 57_600,
    }),
  )

/** A picture as it comes over the line. */
export function upload(picture: Uint8Array, packetBytes = 128): Uint8Array[] {
  const packets: Uint8Array[] = []
  for (let at = 0; at < picture.length; at += packetBytes) {
    const kind = at + packetBytes < picture.length ? 'data' : 'end'
    packets.push(encodePacket({ kind, address: anyAddress, content: picture.slice(at, at + packetBytes) }))
  }
  return packets
}

const stepMs = 20

type Reply = readonly Uint8Array[]
export type Script = Partial<Record<keyof typeof commands, readonly Reply[]>>

/** A line whose far end gives, for each command, the next of its replies and then always the last one. */
export function scripted(script: Script = {}) {
  const line = playedLine()
  const codec = new ZfmCodec()
  const heard: string[] = []
  const usual: Required<Script> = {
    verifyPassword: [[acknowledge(0)]],
    readParameters: [[parameters()]],
    takeImage: [[acknowledge(0)]],
    uploadImage: [[acknowledge(0)]],
  }
  const left = new Map(
    Object.entries({ ...usual, ...script }).map(([name, replies]) => [name, [...replies] as Reply[]] as const),
  )
  line.answer((bytes) => {
    for (const event of codec.push(bytes)) {
      if (event.kind !== 'command') continue
      const name = Object.entries(commands).find(([, code]) => code === event.content[0])?.[0] ?? '?'
      heard.push(name)
      const replies = left.get(name) ?? []
      const reply = replies.length > 1 ? replies.shift() : replies[0]
      // As from a line: later than the write.
      void Promise.resolve().then(() => line.say(...(reply ?? [])))
    }
  })
  return {
    ...line,
    heard,
    /** Time goes on in small steps, with everything done in between that waits for no time. */
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += stepMs) {
        await new Promise((resolve) => setImmediate(resolve))
        await line.pass(stepMs)
      }
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
