import { randomBytes } from 'node:crypto'
import type { WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js'
import { AppError } from '#domain/failure/index.ts'
import type { ModpParameters } from './modp.ts'

/**
 * A group in which two sides agree on a secret. Elements travel as they do in the data objects of ICAO 9303-11 9.4:
 * uncompressed points (04 x y), or numbers as long as the prime.
 */
export type Group = {
  readonly kind: 'ecdh' | 'dh'
  readonly name: string
  /** Bits of the field's prime. */
  readonly fieldBits: number
  readonly generator: Uint8Array
  randomSecret(): bigint
  /** base · secret. An element that is not of the group, or the neutral one as a result: CHIP_TAMPERED. */
  power(base: Uint8Array, secret: bigint): Uint8Array
  /** a + b of a curve, a × b of a field. */
  combine(a: Uint8Array, b: Uint8Array): Uint8Array
  /** The agreed key material in an element: the x coordinate, or the number. */
  secretOf(element: Uint8Array): Uint8Array
  /** The generator that integrated mapping makes of a random number (9303-11 4.4.3.3.2); undefined where it cannot. */
  mapField?(random: bigint): Uint8Array
  /** The field's prime. */
  readonly prime: bigint
  /** The curve itself, for signatures. */
  readonly curve?: WeierstrassPointCons<bigint>
}

export function ecGroup(name: string, curve: WeierstrassPointCons<bigint>): Group {
  const { p, n } = curve.CURVE()
  const length = curve.Fp.BYTES
  const read = (bytes: Uint8Array) => {
    if (bytes.length !== 1 + 2 * length || bytes[0] !== 4) throw outside('length')
    try {
      const point = curve.fromBytes(bytes)
      point.assertValidity()
      return point
    } catch (cause) {
      throw outside('point', cause)
    }
  }
  const write = (point: ReturnType<typeof read>) => {
    if (point.is0()) throw outside('neutral')
    return point.toBytes(false)
  }
  return {
    kind: 'ecdh',
    name,
    curve,
    prime: p,
    fieldBits: bitsOf(p),
    generator: curve.BASE.toBytes(false),
    randomSecret: () => randomBelow(n),
    power: (base, secret) => {
      const reduced = secret % n
      if (reduced === 0n) throw outside('neutral')
      return write(read(base).multiply(reduced))
    },
    combine: (a, b) => write(read(a).add(read(b))),
    secretOf: (element) => element.subarray(1, 1 + length),
    ...(p % 4n === 3n ? { mapField: (random: bigint) => encodePoint(curve, random) } : {}),
  }
}

/** A field group; without the order of its subgroup only the range of a public key can be checked. */
export function dhGroup(name: string, { p, g, q }: ModpParameters): Group {
  const length = Math.ceil(bitsOf(p) / 8)
  const read = (bytes: Uint8Array) => {
    const value = numberOf(bytes)
    if (value <= 1n || value >= p - 1n || (q !== undefined && modPow(value, q, p) !== 1n)) throw outside('element')
    return value
  }
  const write = (value: bigint) => {
    if (value <= 1n) throw outside('neutral')
    return bytesOf(value, length)
  }
  return {
    kind: 'dh',
    name,
    prime: p,
    fieldBits: bitsOf(p),
    generator: bytesOf(g, length),
    randomSecret: () => randomBelow(q ?? 1n << 256n),
    power: (base, secret) => write(modPow(read(base), secret, p)),
    combine: (a, b) => write((read(a) * read(b)) % p),
    secretOf: (element) => element,
    ...(q === undefined ? {} : { mapField: (random: bigint) => write(modPow(random % p, (p - 1n) / q, p)) }),
  }
}

/** Point encoding of integrated mapping (9303-11 appendix B.2), for primes that are 3 modulo 4. */
function encodePoint(curve: WeierstrassPointCons<bigint>, random: bigint): Uint8Array {
  const { p, a, b } = curve.CURVE()
  const mod = (value: bigint) => ((value % p) + p) % p
  const inverse = (value: bigint) => modPow(value, p - 2n, p)
  const right = (x: bigint) => mod(x * x * x + a * x + b)
  const t = mod(random)
  const alpha = mod(-t * t)
  const x2 = mod(-b * inverse(mod(a)) * (1n + inverse(mod(alpha + alpha * alpha))))
  const x3 = mod(alpha * x2)
  const h2 = right(x2)
  const u = mod(t * t * t * h2)
  const root = modPow(h2, p - 1n - (p + 1n) / 4n, p)
  const point =
    mod(root * root * h2) === 1n
      ? curve.fromAffine({ x: x2, y: mod(root * h2) })
      : curve.fromAffine({ x: x3, y: mod(root * u) })
  point.assertValidity()
  return point.toBytes(false)
}

/** A secret and the public key that belongs to it under a generator. */
export type KeyAgreementPair = { readonly secret: bigint; readonly publicKey: Uint8Array }

/** A fresh key pair. Numbers with a leading zero byte are thrown away, since chips differ on whether to write it. */
export function generateKeyPair(group: Group, generator = group.generator): KeyAgreementPair {
  for (;;) {
    const secret = group.randomSecret()
    const publicKey = group.power(generator, secret)
    if (group.kind === 'ecdh' || publicKey[0] !== 0) return { secret, publicKey }
  }
}

export function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

export function bytesOf(value: bigint, length: number): Uint8Array {
  return new Uint8Array(Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex'))
}

export function bitsOf(value: bigint): number {
  return value.toString(2).length
}

export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** From 1 to order - 1, even enough: 64 bits more than the order are drawn. */
function randomBelow(order: bigint): bigint {
  const drawn = numberOf(randomBytes(Math.ceil(bitsOf(order) / 8) + 8))
  return (drawn % (order - 1n)) + 1n
}

function outside(what: string, cause?: unknown): AppError {
  return new AppError('CHIP_TAMPERED', 'chip.key-agreement', { context: { what }, cause })
}
