import { FrameCutter } from '../frame-cutter.ts'

/**
 * Frames of a PN532 on its high speed UART (UM0701-02 6.2.1): `00 00 FF`, length and its complement, TFI, data, check,
 * `00`; an extended form above 255 bytes; and the short frames ACK, NACK and application error.
 */

export type Pn532Event =
  /** `code` and what follows it; `fromHost` by the TFI (D4 or D5). */
  | { readonly kind: 'frame'; readonly fromHost: boolean; readonly code: number; readonly data: Uint8Array }
  | { readonly kind: 'ack' }
  | { readonly kind: 'nack' }
  /** The PN532 did not like the syntax of a command (its error frame, TFI 7F). */
  | { readonly kind: 'refused' }
  | { readonly kind: 'error'; readonly what: 'garbage' | 'checksum' }

export const ackFrame: Uint8Array = Uint8Array.of(0x00, 0x00, 0xff, 0x00, 0xff, 0x00)
export const nackFrame: Uint8Array = Uint8Array.of(0x00, 0x00, 0xff, 0xff, 0x00, 0x00)
export const refusedFrame: Uint8Array = Uint8Array.of(0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00)
/** Wakes the chip from power down: a lone 55 and time for its oscillator, which zeroes fill. */
export const wakeUp: Uint8Array = Uint8Array.from([0x55, 0x55, ...new Uint8Array(14)])

const toChip = 0xd4
const toHost = 0xd5
const errorTfi = 0x7f
/** TFI, code and 263 bytes (UM0701-02 6.2.1.2). */
const largestFrame = 265

/** A command (`fromHost`) or a response: its code and what follows. */
export function encodeFrame(fromHost: boolean, code: number, data: Uint8Array): Uint8Array {
  const length = data.length + 2
  const head =
    length <= 255
      ? [0x00, 0x00, 0xff, length, -length & 0xff]
      : [0x00, 0x00, 0xff, 0xff, 0xff, length >> 8, length & 0xff, -((length >> 8) + (length & 0xff)) & 0xff]
  const body = Uint8Array.of(fromHost ? toChip : toHost, code, ...data)
  return Uint8Array.of(...head, ...body, -sum(body) & 0xff, 0x00)
}

/** Frames of this reader out of the bytes of its line. */
export class Pn532Codec extends FrameCutter<Pn532Event> {
  protected override take(bytes: Uint8Array, events: Pn532Event[]): number {
    const [first, second, length, complement] = bytes
    if (first === undefined) return 0
    // Preamble, postamble and wake-up belong to no frame and are no noise.
    if (first === 0x55) return 1
    if (first !== 0x00) return this.skip(events)
    if (second === undefined) return 0
    if (second !== 0xff) return 1
    if (length === undefined || complement === undefined) return 0
    if (length === 0x00 && complement === 0xff) return this.found(events, { kind: 'ack' }, 4)
    if (length === 0xff && complement === 0x00) return this.found(events, { kind: 'nack' }, 4)
    if (length === 0xff && complement === 0xff) return this.#takeExtended(bytes, events)
    if (((length + complement) & 0xff) !== 0) return this.skip(events)
    return this.#takeBody(bytes, 4, length, events)
  }

  #takeExtended(bytes: Uint8Array, events: Pn532Event[]): number {
    const [high, low, check] = bytes.subarray(4, 7)
    if (high === undefined || low === undefined || check === undefined) return 0
    if (((high + low + check) & 0xff) !== 0) return this.skip(events)
    return this.#takeBody(bytes, 7, (high << 8) | low, events)
  }

  #takeBody(bytes: Uint8Array, start: number, length: number, events: Pn532Event[]): number {
    if (length > largestFrame) return this.skip(events)
    const end = start + length
    const check = bytes[end]
    if (check === undefined) return 0
    const body = bytes.subarray(start, end)
    if (((sum(body) + check) & 0xff) !== 0) {
      return this.damaged(events)
    }
    const [tfi, code] = body
    if (tfi === errorTfi) return this.found(events, { kind: 'refused' }, end + 1)
    if ((tfi !== toChip && tfi !== toHost) || code === undefined) return this.skip(events)
    return this.found(events, { kind: 'frame', fromHost: tfi === toChip, code, data: body.slice(2) }, end + 1)
  }
}

function sum(bytes: Uint8Array): number {
  let total = 0
  for (const byte of bytes) total += byte
  return total
}
