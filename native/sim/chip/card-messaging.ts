import type { Command } from '#native/chip/apdu.ts'
import { increment, type MessagingSuite } from '#native/chip/secure-messaging.ts'
import { concat, encodeTlv, readAll } from '#native/chip/tlv.ts'

/** The chip's end of secure messaging (ICAO 9303-11 9.8), written apart from the terminal's. */
export class CardMessaging {
  readonly #suite: MessagingSuite
  #ssc: Uint8Array

  constructor(suite: MessagingSuite, ssc: Uint8Array = new Uint8Array(suite.blockLength)) {
    this.#suite = suite
    this.#ssc = ssc
  }

  /** Bytes of a file that a response in short form has room for. */
  get room(): number {
    // 256 bytes less DO'99' and DO'8E', the header of DO'87', and at least one byte of padding.
    return Math.floor((256 - 14 - 4) / this.#suite.blockLength) * this.#suite.blockLength - 1
  }

  /** The command in clear, or the status word that refuses it: 6987 objects missing, 6988 objects wrong. */
  open(command: Command): Command | number {
    const suite = this.#suite
    this.#ssc = increment(this.#ssc)
    let objects
    try {
      objects = readAll(command.data ?? new Uint8Array())
    } catch {
      return 0x6988
    }
    const mac = objects.find((object) => object.tag === 0x8e)
    if (!mac) return 0x6987
    const covered = objects.filter((object) => object !== mac).map((object) => object.raw)
    const header = suite.pad(Uint8Array.of(command.cla, command.ins, command.p1, command.p2))
    if (!Buffer.from(mac.value).equals(suite.mac(this.#ssc, concat(header, ...covered)))) return 0x6988
    const sealed = objects.find((object) => object.tag === 0x87 || object.tag === 0x85)
    const encrypted = sealed?.tag === 0x87 ? sealed.value.subarray(1) : sealed?.value
    if (encrypted && (encrypted.length === 0 || encrypted.length % suite.blockLength !== 0)) return 0x6988
    const data = encrypted && suite.unpad(suite.decrypt(this.#ssc, encrypted))
    if (sealed && !data) return 0x6988
    const expected = objects.find((object) => object.tag === 0x97)?.value
    const le = expected && expected.reduce((sum, byte) => sum * 256 + byte, 0)
    return {
      cla: command.cla & ~0x0c,
      ins: command.ins,
      p1: command.p1,
      p2: command.p2,
      ...(data ? { data } : {}),
      ...(expected ? { le: le || (expected.length === 1 ? 256 : 65536) } : {}),
    }
  }

  seal(data: Uint8Array, sw: number): Uint8Array {
    const suite = this.#suite
    this.#ssc = increment(this.#ssc)
    const body =
      data.length === 0
        ? new Uint8Array()
        : encodeTlv(0x87, Uint8Array.of(1), suite.encrypt(this.#ssc, suite.pad(data)))
    const status = encodeTlv(0x99, Uint8Array.of(sw >> 8, sw & 0xff))
    const mac = suite.mac(this.#ssc, concat(body, status))
    return concat(body, status, encodeTlv(0x8e, mac), Uint8Array.of(sw >> 8, sw & 0xff))
  }
}
