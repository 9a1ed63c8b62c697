import { timingSafeEqual } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { encodeCommand, splitResponse, type Command, type ResponseApdu } from './apdu.ts'
import type { KeyPair } from './bac.ts'
import { concat, encodeTlv, readAll, type Tlv } from './tlv.ts'
import { decrypt3Des, encrypt3Des, pad, retailMac, unpad } from './triple-des.ts'

/** The cryptography under secure messaging: triple DES after BAC; AES comes with PACE. `ssc` is the current counter. */
export type MessagingSuite = {
  /** Length of the counter, which is also the cipher's block length. */
  readonly blockLength: number
  pad(data: Uint8Array): Uint8Array
  unpad(data: Uint8Array): Uint8Array | undefined
  encrypt(ssc: Uint8Array, padded: Uint8Array): Uint8Array
  decrypt(ssc: Uint8Array, data: Uint8Array): Uint8Array
  /** 8 bytes over the counter and `data`, which is padded here. */
  mac(ssc: Uint8Array, data: Uint8Array): Uint8Array
}

/** ICAO 9303-11 9.8.6: the vector is zero and the counter enters the MAC only. */
export function tripleDesSuite(keys: KeyPair): MessagingSuite {
  return {
    blockLength: 8,
    pad,
    unpad,
    encrypt: (_ssc, padded) => encrypt3Des(keys.encryption, padded),
    decrypt: (_ssc, data) => decrypt3Des(keys.encryption, data),
    mac: (ssc, data) => retailMac(keys.mac, concat(ssc, data)),
  }
}

/**
 * The terminal's end of secure messaging (ICAO 9303-11 9.8). Any doubt about a response closes it for good.
 * An answer without protection ends it too (9.8.5): `unprotect` then throws CHIP_TAMPERED with the status word.
 */
export class SecureChannel {
  readonly #suite: MessagingSuite
  #ssc: Uint8Array
  #closed = false

  constructor(suite: MessagingSuite, ssc: Uint8Array) {
    this.#suite = suite
    this.#ssc = new Uint8Array(ssc)
  }

  get closed(): boolean {
    return this.#closed
  }

  protect(command: Command): Uint8Array {
    if (this.#closed) throw new AppError('CHIP_TAMPERED', 'chip.secure-messaging', { context: { what: 'closed' } })
    this.#ssc = increment(this.#ssc)
    const header = Uint8Array.of(command.cla | 0x0c, command.ins, command.p1, command.p2)
    const objects: Uint8Array[] = []
    if (command.data && command.data.length > 0) {
      const sealed = this.#suite.encrypt(this.#ssc, this.#suite.pad(command.data))
      // Odd instruction bytes carry BER-TLV data, which goes without the padding indicator (9.8.4.1).
      objects.push((command.ins & 1) === 1 ? encodeTlv(0x85, sealed) : encodeTlv(0x87, Uint8Array.of(1), sealed))
    }
    if (command.le !== undefined) objects.push(encodeTlv(0x97, expectedLength(command.le)))
    const body = concat(...objects)
    const mac = this.#suite.mac(this.#ssc, concat(this.#suite.pad(header), body))
    const data = concat(body, encodeTlv(0x8e, mac))
    const extended = data.length > 255 || (command.le ?? 0) > 256
    return encodeCommand({
      cla: command.cla | 0x0c,
      ins: command.ins,
      p1: command.p1,
      p2: command.p2,
      data,
      le: extended ? 65536 : 256,
    })
  }

  unprotect(response: Uint8Array): ResponseApdu {
    if (this.#closed) throw this.#close('closed')
    this.#ssc = increment(this.#ssc)
    const { data, sw } = this.#checked(() => splitResponse(response))
    if (data.length === 0) throw this.#close('unprotected', sw)
    const objects = this.#checked(() => readAll(data))
    const [sealed, status, mac] = this.#expected(objects)
    const covered = concat(...(sealed ? [sealed.raw] : []), status.raw)
    const expected = this.#suite.mac(this.#ssc, covered)
    if (mac.value.length !== expected.length || !timingSafeEqual(mac.value, expected)) throw this.#close('mac')
    const protectedSw = ((status.value[0] ?? 0) << 8) | (status.value[1] ?? 0)
    if (status.value.length !== 2 || protectedSw !== sw) throw this.#close('status')
    return { data: sealed ? this.#open(sealed) : new Uint8Array(), sw: protectedSw }
  }

  /** [DO'87' or DO'85'] DO'99' DO'8E', each once, in this order, and nothing else (9.8.4). */
  #expected(objects: readonly Tlv[]): [Tlv | undefined, Tlv, Tlv] {
    const sealed = objects.length === 3 ? objects[0] : undefined
    const [status, mac] = objects.slice(-2)
    if (objects.length < 2 || objects.length > 3) throw this.#close('objects')
    if (sealed && sealed.tag !== 0x87 && sealed.tag !== 0x85) throw this.#close('objects')
    if (status?.tag !== 0x99 || mac?.tag !== 0x8e) throw this.#close('objects')
    return [sealed, status, mac]
  }

  #open(sealed: Tlv): Uint8Array {
    const encrypted = sealed.tag === 0x87 ? sealed.value.subarray(1) : sealed.value
    if (sealed.tag === 0x87 && sealed.value[0] !== 1) throw this.#close('padding-indicator')
    if (encrypted.length === 0 || encrypted.length % this.#suite.blockLength !== 0) throw this.#close('length')
    const opened = this.#suite.unpad(this.#suite.decrypt(this.#ssc, encrypted))
    if (!opened) throw this.#close('padding')
    return opened
  }

  #checked<T>(read: () => T): T {
    try {
      return read()
    } catch {
      throw this.#close('objects')
    }
  }

  #close(what: string, sw?: number): AppError {
    this.#closed = true
    return new AppError('CHIP_TAMPERED', 'chip.secure-messaging', {
      context: sw === undefined ? { what } : { what, sw },
    })
  }
}

/** The counter plus one, as a big-endian number. */
export function increment(counter: Uint8Array): Uint8Array {
  const next = new Uint8Array(counter)
  for (let at = next.length - 1; at >= 0; at--) {
    const sum = (next[at] ?? 0) + 1
    next[at] = sum & 0xff
    if (sum <= 0xff) break
  }
  return next
}

function expectedLength(le: number): Uint8Array {
  return le <= 256 ? Uint8Array.of(le & 0xff) : Uint8Array.of((le >> 8) & 0xff, le & 0xff)
}
