import { constants, createPublicKey, publicDecrypt, type KeyObject } from 'node:crypto'
import { readCurve, type Curve } from './curves.ts'
import { bitsOf, membersOf, oidOf, readDer, tags, unsignedOf } from './der.ts'

export type RsaKey = {
  readonly kind: 'rsa'
  readonly key: KeyObject
  readonly modulusBits: number
  /** The key may only be used with RSA-PSS. */
  readonly pssOnly: boolean
}

export type EcKey = {
  readonly kind: 'ec'
  readonly curve: Curve
  /** Affine coordinates, on the curve. */ readonly x: bigint
  readonly y: bigint
  readonly point: Uint8Array
}

export type PublicKey = RsaKey | EcKey

const rsaOid = '1.2.840.113549.1.1.1'
const pssOid = '1.2.840.113549.1.1.10'
const ecOid = '1.2.840.10045.2.1'

/** Below, a signature proves too little; above, checking it takes too long. */
const modulusBits = { least: 1024, most: 8192 }
const exponentMost = 1n << 32n

/**
 * SubjectPublicKeyInfo (RFC 5280 4.1.2.7). Undefined for a kind of key, a curve or a size that this program does not
 * verify with; throws CERTIFICATE_UNREADABLE.
 */
export function readPublicKey(info: Uint8Array): PublicKey | undefined {
  const members = membersOf(readDer(info, tags.sequence))
  const algorithm = membersOf(members.take(tags.sequence))
  const kind = oidOf(algorithm.take(tags.oid))
  const key = bitsOf(members.take(tags.bits))
  if (kind === rsaOid || kind === pssOid) return rsaKey(key, kind === pssOid)
  if (kind !== ecOid) return undefined
  const curve = readCurve(algorithm.take())
  if (!curve) return undefined
  try {
    const { x, y } = curve.dsa.Point.fromBytes(key).toAffine()
    return { kind: 'ec', curve, x, y, point: curve.dsa.Point.fromAffine({ x, y }).toBytes(false) }
  } catch {
    return undefined
  }
}

function rsaKey(bytes: Uint8Array, pssOnly: boolean): RsaKey | undefined {
  const members = membersOf(readDer(bytes, tags.sequence))
  const modulus = unsignedOf(members.take(tags.integer))
  const exponent = unsignedOf(members.take(tags.integer))
  const bits = modulus.toString(2).length
  if (bits < modulusBits.least || bits > modulusBits.most || modulus % 2n === 0n) return undefined
  if (exponent < 3n || exponent > exponentMost || exponent % 2n === 0n) return undefined
  try {
    const key = createPublicKey({ key: { kty: 'RSA', n: base64(modulus), e: base64(exponent) }, format: 'jwk' })
    return { kind: 'rsa', key, modulusBits: bits, pssOnly }
  } catch {
    return undefined
  }
}

/** signature^e mod n, as long as the modulus (RSAVP1, RFC 8017 5.2.2); undefined when the signature is out of range. */
export function openRsa({ key, modulusBits: bits }: RsaKey, signature: Uint8Array): Uint8Array | undefined {
  if (signature.length !== Math.ceil(bits / 8)) return undefined
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return undefined
  }
}

/** The key of a curve that node:crypto has. */
export function nodeKey({ curve, x, y }: EcKey): KeyObject | undefined {
  if (!curve.jwk) return undefined
  const width = Math.ceil(curve.dsa.Point.Fp.BITS / 8)
  try {
    const jwk = { kty: 'EC', crv: curve.jwk, x: base64(x, width), y: base64(y, width) }
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

function base64(number: bigint, width = 0): string {
  const hex = number.toString(16)
  return Buffer.from(hex.padStart(Math.max(2 * width, hex.length + (hex.length % 2)), '0'), 'hex').toString('base64url')
}
