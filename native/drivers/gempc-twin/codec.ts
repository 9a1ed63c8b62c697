import { FrameCutter } from '../frame-cutter.ts'

/**
 * Frames of the GemPC Twin's serial line: `03 06`, a CCID message (USB-IF CCID 1.1: header of 10 bytes and data), and the
 * exclusive or of everything before. Besides: `03 15 16` (not understood) and `50 02` / `50 03` (card gone / card there).
 */

export type TwinMessage = {
  /** CCID message type: below 0x80 from the host, from 0x80 on from the reader. */
  readonly type: number
  readonly slot: number
  readonly sequence: number
  /** The three bytes whose meaning depends on the type. */
  readonly parameters: readonly [number, number, number]
  readonly data: Uint8Array
}

export type TwinEvent =
  | { readonly kind: 'message'; readonly message: TwinMessage }
  | { readonly kind: 'nak' }
  | { readonly kind: 'slot-change'; readonly present: boolean }
  | { readonly kind: 'error'; readonly what: 'garbage' | 'checksum' }

export const nakFrame: Uint8Array = Uint8Array.of(0x03, 0x15, 0x16)

const sync = 0x03
const ack = 0x06
const nak = 0x15
const slotChange = 0x50
const headerEnd = 12
/** The reader's buffer holds 261 bytes of data; some room is left for others of its family. */
const largestData = 512

export function encodeMessage(message: TwinMessage): Uint8Array {
  const frame = new Uint8Array(headerEnd + message.data.length + 1)
  frame.set([sync, ack, message.type])
  new DataView(frame.buffer).setUint32(3, message.data.length, true)
  frame.set([message.slot, message.sequence, ...message.parameters], 7)
  frame.set(message.data, headerEnd)
  frame[frame.length - 1] = lrc(frame.subarray(0, -1))
  return frame
}

export function encodeSlotChange(present: boolean): Uint8Array {
  return Uint8Array.of(slotChange, present ? 0x03 : 0x02)
}

/** Frames of this reader out of the bytes of its line. */
export class TwinCodec extends FrameCutter<TwinEvent> {
  protected override take(bytes: Uint8Array, events: TwinEvent[]): number {
    const [first, second, third] = bytes
    if (first === undefined) return 0
    if (first === slotChange) {
      if (second === undefined) return 0
      if (second === 0x02 || second === 0x03)
        return this.found(events, { kind: 'slot-change', present: second === 0x03 }, 2)
    }
    if (first === sync) {
      if (second === undefined) return 0
      if (second === nak) {
        if (third === undefined) return 0
        if (third === (sync ^ nak)) return this.found(events, { kind: 'nak' }, 3)
      }
      if (second === ack) return this.#takeMessage(bytes, events)
    }
    return this.skip(events)
  }

  #takeMessage(bytes: Uint8Array, events: TwinEvent[]): number {
    const type = bytes[2]
    if (type !== undefined && (type < 0x60 || type > 0x84)) return this.skip(events)
    if (bytes.length < headerEnd) return 0
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(3, true)
    if (length > largestData) return this.skip(events)
    const end = headerEnd + length
    if (bytes.length <= end) return 0
    if (lrc(bytes.subarray(0, end)) !== bytes[end]) {
      return this.damaged(events)
    }
    const at = (index: number) => bytes[index] ?? 0
    const message: TwinMessage = {
      type: at(2),
      slot: at(7),
      sequence: at(8),
      parameters: [at(9), at(10), at(11)],
      data: bytes.slice(headerEnd, end),
    }
    return this.found(events, { kind: 'message', message }, end + 1)
  }
}

export function lrc(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum ^= byte
  return sum
}
