import type { Command } from '#native/chip/apdu.ts'
import type { KeyPair } from '#native/chip/bac.ts'
import { increment } from '#native/chip/secure-messaging.ts'
import { concat, encodeTlv, readAll } from '#native/chip/tlv.ts'
import { decrypt3Des, encrypt3Des, pad, retailMac, unpad } from '#native/chip/triple-des.ts'

/** The chip's end of triple-DES secure messaging (ICAO 9303-11 9.8), written apart from the terminal's. */
export class CardMessaging {
  readonly #keys: KeyPair
  #ssc: Uint8Array

  constructor(keys: KeyPair, ssc: Uint8Array) {
    this.#keys = keys
    this.#ssc = ssc
  }

  /** The command in clear, or the status word that refuses it: 6987 objects missing, 6988 objects wrong. */
  open(command: Command): Command | number {
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
    const header = pad(Uint8Array.of(command.cla, command.ins, command.p1, command.p2))
    if (!Buffer.from(mac.value).equals(retailMac(this.#keys.mac, concat(this.#ssc, header, ...covered)))) return 0x6988
    const sealed = objects.find((object) => object.tag === 0x87 || object.tag === 0x85)
    const data =
      sealed && unpad(decrypt3Des(this.#keys.encryption, sealed.tag === 0x87 ? sealed.value.subarray(1) : sealed.value))
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
    this.#ssc = increment(this.#ssc)
    const body =
      data.length === 0
        ? new Uint8Array()
        : encodeTlv(0x87, Uint8Array.of(1), encrypt3Des(this.#keys.encryption, pad(data)))
    const status = encodeTlv(0x99, Uint8Array.of(sw >> 8, sw & 0xff))
    const mac = retailMac(this.#keys.mac, concat(this.#ssc, body, status))
    return concat(body, status, encodeTlv(0x8e, mac), Uint8Array.of(sw >> 8, sw & 0xff))
  }
}
