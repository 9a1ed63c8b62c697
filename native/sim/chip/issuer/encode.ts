import { concat, encodeTlv } from '#native/chip/tlv.ts'

/** DER values (ITU-T X.690), as bytes. */
export const sequence = (...parts: readonly Uint8Array[]) => encodeTlv(0x30, ...parts)
/** SET OF, its elements in the order that DER asks for (11.6). */
export const setOf = (...parts: readonly Uint8Array[]) => encodeTlv(0x31, ...inOrder(parts))
export const inOrder = (parts: readonly Uint8Array[]) => parts.toSorted((one, other) => Buffer.compare(one, other))
export const octets = (bytes: Uint8Array) => encodeTlv(0x04, bytes)
export const bits = (bytes: Uint8Array, unused = 0) => encodeTlv(0x03, Uint8Array.of(unused), bytes)
export const nothing = () => encodeTlv(0x05)
export const truth = () => encodeTlv(0x01, Uint8Array.of(0xff))
export const utf8 = (text: string) => encodeTlv(0x0c, Buffer.from(text, 'utf8'))
export const printable = (text: string) => encodeTlv(0x13, Buffer.from(text, 'latin1'))
/** `[n]` around a whole value. */
export const explicit = (n: number, ...parts: readonly Uint8Array[]) => encodeTlv(0xa0 + n, ...parts)

/** A number that is not negative. */
export function integer(value: bigint | number): Uint8Array {
  const bytes = bytesOf(BigInt(value))
  return encodeTlv(0x02, (bytes[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes)
}

export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octetsOfArcs = [40 * first + second, ...rest].flatMap((arc) => {
    const septets = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left & 0x7f) | 0x80)
    return septets
  })
  return encodeTlv(0x06, Uint8Array.from(octetsOfArcs))
}

/** UTCTime up to 2049, GeneralizedTime after (RFC 5280 4.1.2.5). */
export function time(at: Date): Uint8Array {
  const digits = `${at.toISOString().slice(0, 19).replace(/[-T:]/gu, '')}Z`
  const short = at.getUTCFullYear() < 2050
  return encodeTlv(short ? 0x17 : 0x18, Buffer.from(short ? digits.slice(2) : digits, 'latin1'))
}

/** Big-endian, at least `width` octets. */
export function bytesOf(value: bigint, width = 1): Uint8Array {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(Math.max(2 * width, hex.length + (hex.length % 2)), '0'), 'hex')
}
