import { FrameCutter } from '../frame-cutter.ts'
import { lrc, type TwinMessage } from '../gempc-twin/codec.ts'

/**
 * Frames of ACS's serial readers: `02`, a message like CCID's (header of 10 bytes and data), the exclusive or of header
 * and data, `03`. Besides status frames `02 ss ss 03`, the host's request to repeat (`02`, eleven zeroes, `03`), and the
 * notice of a changed slot `02 50 bits check 03`.
 */

/** A message of either direction, laid out as in CCID. */
export type AcsMessage = TwinMessage

export type AcsEvent =
  | { readonly kind: 'message'; readonly message: AcsMessage }
  /** 0 taken, else how the frame was wrong: FF check, FE length, FD end, FC or 99 time. */
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'repeat' }
  /** Two bits a slot, the lower one says that a card is there. */
  | { readonly kind: 'slot-change'; readonly bits: number }
  | { readonly kind: 'error'; readonly what: 'garbage' | 'checksum' }

export const status = { taken: 0x00, check: 0xff, length: 0xfe, end: 0xfd } as const
export const repeatFrame: Uint8Array = Uint8Array.of(0x02, ...new Uint8Array(11), 0x03)

const start = 0x02
const end = 0x03
const notice = 0x50
const headerLength = 10
/** The readers' buffers hold 0x105 bytes of data; some room is left for others of their family. */
const largestData = 512
const statuses = new Set([0x00, 0xff, 0xfe, 0xfd, 0xfc, 0x99])

export function encodeMessage(message: AcsMessage): Uint8Array {
  const body = new Uint8Array(headerLength + message.data.length)
  body[0] = message.type
  new DataView(body.buffer).setUint32(1, message.data.length, true)
  body.set([message.slot, message.sequence, ...message.parameters], 5)
  body.set(message.data, headerLength)
  return Uint8Array.of(start, ...body, lrc(body), end)
}

export function encodeStatus(code: number): Uint8Array {
  return Uint8Array.of(start, code, code, end)
}

export function encodeSlotChange(bits: number): Uint8Array {
  return Uint8Array.of(start, notice, bits, notice ^ bits, end)
}

/** Frames of this reader out of the bytes of its line. */
export class AcsCodec extends FrameCutter<AcsEvent> {
  protected override take(bytes: Uint8Array, events: AcsEvent[]): number {
    const [first, second] = bytes
    if (first === undefined) return 0
    if (first !== start) return this.skip(events)
    if (second === undefined) return 0
    if (second === notice) return this.#takeNotice(bytes, events)
    if (statuses.has(second)) return this.#takeStatus(bytes, second, events)
    return this.#takeMessage(bytes, second, events)
  }

  #takeStatus(bytes: Uint8Array, code: number, events: AcsEvent[]): number {
    if (bytes.length < 4) return 0
    if (bytes[2] === code && bytes[3] === end) return this.found(events, { kind: 'status', status: code }, 4)
    const known = Math.min(bytes.length, repeatFrame.length)
    if (!bytes.subarray(0, known).every((byte, at) => byte === repeatFrame[at])) return this.skip(events)
    return known < repeatFrame.length ? 0 : this.found(events, { kind: 'repeat' }, known)
  }

  #takeNotice(bytes: Uint8Array, events: AcsEvent[]): number {
    const [, , bits, check, last] = bytes
    if (bits === undefined || check === undefined || last === undefined) return 0
    if (check !== (notice ^ bits) || last !== end) return this.skip(events)
    return this.found(events, { kind: 'slot-change', bits }, 5)
  }

  #takeMessage(bytes: Uint8Array, type: number, events: AcsEvent[]): number {
    if (type < 0x60 || type > 0x84) return this.skip(events)
    if (bytes.length < 1 + headerLength) return 0
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(2, true)
    if (length > largestData) return this.skip(events)
    const check = 1 + headerLength + length
    if (bytes.length < check + 2) return 0
    const body = bytes.subarray(1, check)
    if (lrc(body) !== bytes[check] || bytes[check + 1] !== end) {
      return this.damaged(events)
    }
    const at = (index: number) => body[index] ?? 0
    const message: AcsMessage = {
      type,
      slot: at(5),
      sequence: at(6),
      parameters: [at(7), at(8), at(9)],
      data: body.slice(headerLength),
    }
    return this.found(events, { kind: 'message', message }, check + 2)
  }
}
