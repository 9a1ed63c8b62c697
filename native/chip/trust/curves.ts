import { checkPrimeSync } from 'node:crypto'
import { Field, mod } from '@noble/curves/abstract/modular.js'
import { ecdsa, weierstrass, type ECDSA } from '@noble/curves/abstract/weierstrass.js'
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bigOf, membersOf, octetsOf, oidOf, smallOf, tags, unsignedOf, type Der } from './der.ts'

export type Curve = {
  readonly dsa: ECDSA
  /** Its name in JSON Web Keys, for the curves that every build of node:crypto has. */
  readonly jwk?: 'P-256' | 'P-384' | 'P-521'
}

/** y² = x³ + ax + b over the integers modulo p; base point (Gx, Gy) of order n, cofactor h. */
type Parameters = { p: bigint; a: bigint; b: bigint; Gx: bigint; Gy: bigint; n: bigint; h: bigint }

const make = (parameters: Parameters): ECDSA => ecdsa(weierstrass(parameters), sha256)
const big = (hex: string) => BigInt(`0x${hex.replaceAll(' ', '')}`)

const named: Readonly<Record<string, () => Curve>> = {
  '1.2.840.10045.3.1.7': () => ({ dsa: p256, jwk: 'P-256' }),
  '1.3.132.0.34': () => ({ dsa: p384, jwk: 'P-384' }),
  '1.3.132.0.35': () => ({ dsa: p521, jwk: 'P-521' }),
  '1.3.132.0.33': once(() => ({ dsa: make(p224) })),
  '1.3.36.3.3.2.8.1.1.5': once(() => ({ dsa: make(brainpoolP224r1) })),
  '1.3.36.3.3.2.8.1.1.7': () => ({ dsa: brainpoolP256r1 }),
  '1.3.36.3.3.2.8.1.1.9': once(() => ({ dsa: make(brainpoolP320r1) })),
  '1.3.36.3.3.2.8.1.1.11': () => ({ dsa: brainpoolP384r1 }),
  '1.3.36.3.3.2.8.1.1.13': () => ({ dsa: brainpoolP512r1 }),
}

/** FIPS 186-4 D.1.2.2 */
const p224: Parameters = {
  p: big('ffffffff ffffffff ffffffff ffffffff 00000000 00000000 00000001'),
  a: big('ffffffff ffffffff ffffffff fffffffe ffffffff ffffffff fffffffe'),
  b: big('b4050a85 0c04b3ab f5413256 5044b0b7 d7bfd8ba 270b3943 2355ffb4'),
  Gx: big('b70e0cbd 6bb4bf7f 321390b9 4a03c1d3 56c21122 343280d6 115c1d21'),
  Gy: big('bd376388 b5f723fb 4c22dfe6 cd4375a0 5a074764 44d58199 85007e34'),
  n: big('ffffffff ffffffff ffffffff ffff16a2 e0b8f03e 13dd2945 5c5c2a3d'),
  h: 1n,
}

/** RFC 5639 3.3 */
const brainpoolP224r1: Parameters = {
  p: big('d7c134aa 26436686 2a183025 75d1d787 b09f0757 97da89f5 7ec8c0ff'),
  a: big('68a5e62c a9ce6c1c 299803a6 c1530b51 4e182ad8 b0042a59 cad29f43'),
  b: big('2580f63c cfe44138 870713b1 a92369e3 3e2135d2 66dbb372 386c400b'),
  Gx: big('0d9029ad 2c7e5cf4 340823b2 a87dc68c 9e4ce317 4c1e6efd ee12c07d'),
  Gy: big('58aa56f7 72c0726f 24c6b89e 4ecdac24 354b9e99 caa3f6d3 761402cd'),
  n: big('d7c134aa 26436686 2a183025 75d0fb98 d116bc4b 6ddebca3 a5a7939f'),
  h: 1n,
}

/** RFC 5639 3.5 */
const brainpoolP320r1: Parameters = {
  p: big('d35e4720 36bc4fb7 e13c785e d201e065 f98fcfa6 f6f40def 4f92b9ec 7893ec28 fcd412b1 f1b32e27'),
  a: big('3ee30b56 8fbab0f8 83ccebd4 6d3f3bb8 a2a73513 f5eb79da 66190eb0 85ffa9f4 92f375a9 7d860eb4'),
  b: big('52088394 9dfdbc42 d3ad1986 40688a6f e13f4134 9554b49a cc31dccd 88453981 6f5eb4ac 8fb1f1a6'),
  Gx: big('43bd7e9a fb53d8b8 5289bcc4 8ee5bfe6 f20137d1 0a087eb6 e7871e2a 10a599c7 10af8d0d 39e20611'),
  Gy: big('14fdd055 45ec1cc8 ab409324 7f77275e 0743ffed 117182ea a9c77877 aaac6ac7 d35245d1 692e8ee1'),
  n: big('d35e4720 36bc4fb7 e13c785e d201e065 f98fcfa5 b68f12a3 2d482ec7 ee8658e9 8691555b 44c59311'),
  h: 1n,
}

const primeFieldOid = '1.2.840.10045.1.1'
const least = 1n << 223n
const most = 1n << 521n

/** EcpkParameters (RFC 3279 2.3.5): a curve's name, or its numbers. Undefined when this program will not verify with it. */
export function readCurve(parameters: Der): Curve | undefined {
  return parameters.tag === tags.oid ? named[oidOf(parameters)]?.() : explicitCurve(parameters)
}

function explicitCurve(value: Der): Curve | undefined {
  const members = membersOf(value)
  members.take(tags.integer)
  const field = membersOf(members.take(tags.sequence))
  if (oidOf(field.take(tags.oid)) !== primeFieldOid) return undefined
  const p = unsignedOf(field.take(tags.integer))
  const equation = membersOf(members.take(tags.sequence))
  const a = bigOf(octetsOf(equation.take()))
  const b = bigOf(octetsOf(equation.take()))
  const base = octetsOf(members.take())
  const n = unsignedOf(members.take(tags.integer))
  const cofactor = members.maybe(tags.integer)
  if (!(p >= least && p < most && p % 2n === 1n && n >= least && n < most * 2n)) return undefined
  if (a >= p || b >= p || (cofactor && smallOf(cofactor) !== 1)) return undefined
  const point = basePoint(base, p, a, b)
  if (!point) return undefined
  const given: Parameters = { p, a, b, ...point, n, h: 1n }
  const known = Object.values(named)
    .map((curve) => curve())
    .find(({ dsa }) => sameParameters(dsa.Point.CURVE(), given))
  if (known) return known
  return soundCurve(given) ? { dsa: make(given) } : undefined
}

function basePoint(base: Uint8Array, p: bigint, a: bigint, b: bigint): { Gx: bigint; Gy: bigint } | undefined {
  const width = Math.ceil(p.toString(2).length / 8)
  const form = base[0]
  const Gx = bigOf(base.subarray(1, 1 + width))
  const squared = mod(Gx * Gx * Gx + a * Gx + b, p)
  if (Gx >= p) return undefined
  if (form === 4 && base.length === 1 + 2 * width) {
    const Gy = bigOf(base.subarray(1 + width))
    return Gy < p && mod(Gy * Gy, p) === squared ? { Gx, Gy } : undefined
  }
  if ((form === 2 || form === 3) && base.length === 1 + width && checkPrimeSync(p)) {
    const root = squareRoot(squared, p)
    return root === undefined ? undefined : { Gx, Gy: (root & 1n) === BigInt(form & 1) ? root : p - root }
  }
  return undefined
}

function squareRoot(square: bigint, p: bigint): bigint | undefined {
  try {
    return Field(p).sqrt(square)
  } catch {
    return undefined
  }
}

function sameParameters(one: Parameters, other: Parameters): boolean {
  return (['p', 'a', 'b', 'Gx', 'Gy', 'n', 'h'] as const).every((name) => one[name] === other[name])
}

/**
 * What can be checked of a curve that nobody has named (SEC 1 3.1.1.2.1): primes, not singular, order of the base
 * point, not anomalous, no small embedding degree. Whether it was chosen with a weakness in mind cannot be seen.
 */
function soundCurve({ p, a, b, Gx, Gy, n, h }: Parameters): boolean {
  if (!checkPrimeSync(p) || !checkPrimeSync(n) || n === p) return false
  if (mod(4n * a * a * a + 27n * b * b, p) === 0n) return false
  const difference = n - (p + 1n)
  if (difference * difference > 4n * p) return false
  let power = 1n
  for (let degree = 1; degree <= 100; degree++) {
    power = mod(power * p, n)
    if (power === 1n) return false
  }
  try {
    const Point = weierstrass({ p, a, b, Gx, Gy, n, h })
    // (n − 1)·G = −G: noble takes no scalar as large as n.
    return Point.BASE.multiplyUnsafe(n - 1n).equals(Point.BASE.negate())
  } catch {
    return false
  }
}

function once<T>(act: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: act() }).value
}
