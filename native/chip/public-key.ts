import { AppError } from '#domain/failure/index.ts'
import { curveByGenerator, curveByOid, standardGroup } from './agreement/domain-parameters.ts'
import { bitsOf, bytesOf, dhGroup, numberOf, type Group } from './agreement/group.ts'
import { algorithmOf, integerOf } from './security-infos.ts'
import { pick, readAll, readOne, type Tlv } from './tlv.ts'

/** A public key from DG14 or DG15. */
export type PublicKey =
  | { readonly kind: 'rsa'; readonly modulus: bigint; readonly exponent: bigint }
  /** `element` as it travels: an uncompressed point or a number as long as the prime. */
  | { readonly kind: 'group'; readonly group: Group; readonly element: Uint8Array }

const rsaEncryption = '2a864886f70d010101'
const rsaPss = '2a864886f70d01010a'
const ecPublicKey = '2a8648ce3d0201'
const dhKeyAgreement = '2a864886f70d010301'
const dhPublicNumber = '2a8648ce3e0201'
const standardizedParameters = '04007f00070102'
const longestModulus = 8192
const longestPrime = 4096

/** SubjectPublicKeyInfo. A kind, curve or size this program does not know, or a broken key: CHIP_MALFORMED. */
export function parsePublicKey(object: Tlv): PublicKey {
  const parts = readAll(object.value)
  const algorithm = pick(parts, 0x30)
  const bits = pick(parts, 0x03).value
  if (bits[0] !== 0) throw malformed('bits')
  const content = bits.subarray(1)
  const { oid } = algorithmOf(algorithm)
  if (oid === rsaEncryption || oid === rsaPss) return rsaKey(content)
  const group = groupOfAlgorithm(algorithm)
  if (!group) throw malformed('group')
  if (group.kind === 'ecdh') return { kind: 'group', group, element: content }
  const value = numberOf(readOne(content, 0x02).value)
  const length = group.generator.length
  if (bitsOf(value) > length * 8) throw malformed('number')
  return { kind: 'group', group, element: bytesOf(value, length) }
}

function rsaKey(content: Uint8Array): PublicKey {
  const [first, second] = readAll(readOne(content, 0x30).value)
  if (first?.tag !== 0x02 || second?.tag !== 0x02) throw malformed('rsa')
  const [modulus, exponent] = [numberOf(first.value), numberOf(second.value)]
  const length = bitsOf(modulus)
  if (length < 512 || length > longestModulus || exponent < 3n || bitsOf(exponent) > 64) throw malformed('rsa')
  return { kind: 'rsa', modulus, exponent }
}

/** The group that an AlgorithmIdentifier names or spells out; undefined when it is not one of the known. */
export function groupOfAlgorithm(algorithm: Tlv): Group | undefined {
  const { oid, parameters } = algorithmOf(algorithm)
  if (!parameters) return undefined
  if (oid === standardizedParameters) {
    const id = integerOf(parameters)
    return id === undefined ? undefined : standardGroup(id)
  }
  if (oid === ecPublicKey) {
    return parameters.tag === 0x06
      ? curveByOid(Buffer.from(parameters.value).toString('hex'))
      : explicitCurve(readAll(parameters.value))
  }
  if (oid === dhKeyAgreement || oid === dhPublicNumber) return explicitField(readAll(parameters.value), oid)
  return undefined
}

/** ECParameters (ISO/IEC 15946, X9.62): version, field, curve, base point, order. Only spelt-out known curves. */
function explicitCurve(parts: readonly Tlv[]): Group | undefined {
  const field = parts.find((part) => part.tag === 0x30)
  const base = parts.find((part) => part.tag === 0x04)
  const prime = field && readAll(field.value).find((part) => part.tag === 0x02)
  return prime && base && curveByGenerator(numberOf(prime.value), base.value)
}

/** PKCS #3 { p, g, length? } or X9.42 { p, g, q, … }. */
function explicitField(parts: readonly Tlv[], oid: string): Group | undefined {
  const [p, g, q] = parts.map((part) => numberOf(part.value))
  if (p === undefined || g === undefined || p % 2n === 0n || bitsOf(p) < 1024 || bitsOf(p) > longestPrime) {
    return undefined
  }
  if (g <= 1n || g >= p - 1n) return undefined
  for (const id of [0, 1, 2]) {
    const known = standardGroup(id)
    if (known?.prime === p && numberOf(known.generator) === g) return known
  }
  const order = oid === dhPublicNumber && q !== undefined && bitsOf(q) >= 160 && q < p ? { q } : {}
  return dhGroup('modp', { p, g, ...order })
}

function malformed(what: string): AppError {
  return new AppError('CHIP_MALFORMED', 'chip.public-key', { context: { what } })
}
