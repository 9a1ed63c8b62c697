import { checkPrimeSync, constants, createHash, createHmac, createPrivateKey, sign } from 'node:crypto'
import { readCurve } from '#native/chip/trust/curves.ts'
import { bigOf, readDer } from '#native/chip/trust/der.ts'
import { concat } from '#native/chip/tlv.ts'
import { createMemory } from '../../hands/memory.ts'
import { bits, bytesOf, explicit, integer, nothing, octets, oid, sequence } from './encode.ts'

export const curveOids = {
  'P-224': '1.3.132.0.33',
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
  brainpoolP224r1: '1.3.36.3.3.2.8.1.1.5',
  brainpoolP256r1: '1.3.36.3.3.2.8.1.1.7',
  brainpoolP320r1: '1.3.36.3.3.2.8.1.1.9',
  brainpoolP384r1: '1.3.36.3.3.2.8.1.1.11',
  brainpoolP512r1: '1.3.36.3.3.2.8.1.1.13',
} as const

export type CurveName = keyof typeof curveOids
export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

export type KeyKind =
  | { readonly type: 'rsa'; readonly bits: 2048 | 3072 | 4096 }
  /** `explicit`: the certificate gives the curve's numbers instead of its name. */
  | { readonly type: 'ec'; readonly curve: CurveName; readonly explicit?: boolean }

export type Scheme = {
  readonly hash: HashName
  /** RSA-PSS instead of PKCS #1 v1.5; salt as long as the hash. Nothing for an EC key. */
  readonly pss?: boolean
}

export type IssuerKey = {
  readonly kind: KeyKind
  /** SubjectPublicKeyInfo */
  readonly info: Uint8Array
  /** SHA-1 over the public key (RFC 5280 4.2.1.2). */
  readonly keyId: Uint8Array
  sign(data: Uint8Array, scheme: Scheme): { readonly algorithm: Uint8Array; readonly signature: Uint8Array }
}

export const hashOids: Readonly<Record<HashName, string>> = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}
const rsaOids: Readonly<Record<HashName, string>> = {
  sha1: '1.2.840.113549.1.1.5',
  sha224: '1.2.840.113549.1.1.14',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
}
const ecdsaOids: Readonly<Record<HashName, string>> = {
  sha1: '1.2.840.10045.4.1',
  sha224: '1.2.840.10045.4.3.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
}

const remembered = createMemory<IssuerKey>(40)

/** The same seed and kind give the same key: nothing but a test may rest on it. */
export function makeKey(seed: string, kind: KeyKind): IssuerKey {
  const name = `${seed}/${JSON.stringify(kind)}`
  return remembered(name, () => {
    const draw = stream(name)
    return kind.type === 'rsa' ? rsaKey(kind, draw) : ecKey(kind, draw)
  })
}

/** Octets without end that a seed decides. */
function stream(seed: string): (count: number) => Uint8Array {
  let counter = 0
  return (count) => {
    const blocks: Uint8Array[] = []
    while (blocks.length * 64 < count)
      blocks.push(createHmac('sha512', 'invented key').update(`${seed}/${counter++}`).digest())
    return concat(...blocks).subarray(0, count)
  }
}

function ecKey(kind: KeyKind & { type: 'ec' }, draw: (count: number) => Uint8Array): IssuerKey {
  const name = oid(curveOids[kind.curve])
  const curve = readCurve(readDer(name))
  if (!curve) throw new RangeError(`no curve ${kind.curve}`)
  const { Point } = curve.dsa
  const order = Point.Fn.ORDER
  const secret = 1n + (bigOf(draw(Point.Fn.BYTES + 16)) % (order - 1n))
  const point = Point.BASE.multiply(secret).toBytes(false)
  const { p, a, b, Gx, Gy, n } = Point.CURVE()
  const width = Point.Fp.BYTES
  const parameters = kind.explicit
    ? sequence(
        integer(1),
        sequence(oid('1.2.840.10045.1.1'), integer(p)),
        sequence(octets(bytesOf(a, width)), octets(bytesOf(b, width))),
        octets(concat(Uint8Array.of(4), bytesOf(Gx, width), bytesOf(Gy, width))),
        integer(n),
        integer(1),
      )
    : name
  return {
    kind,
    info: sequence(sequence(oid('1.2.840.10045.2.1'), parameters), bits(point)),
    keyId: createHash('sha1').update(point).digest(),
    sign(data, { hash }) {
      const digest = createHash(hash).update(data).digest()
      const compact = curve.dsa.sign(digest, bytesOf(secret, Point.Fn.BYTES), {
        prehash: false,
        lowS: false,
        format: 'compact',
      })
      const half = compact.length / 2
      const signature = sequence(integer(bigOf(compact.subarray(0, half))), integer(bigOf(compact.subarray(half))))
      return { algorithm: sequence(oid(ecdsaOids[hash])), signature }
    },
  }
}

function rsaKey(kind: KeyKind & { type: 'rsa' }, draw: (count: number) => Uint8Array): IssuerKey {
  const e = 65_537n
  const [p, q] = [prime(kind.bits / 2, e, draw), prime(kind.bits / 2, e, draw)]
  const n = p * q
  const d = inverse(e, (p - 1n) * (q - 1n))
  const part = (value: bigint) => Buffer.from(bytesOf(value)).toString('base64url')
  const jwk = { kty: 'RSA', n: part(n), e: part(e), d: part(d), p: part(p), q: part(q) }
  const halves = { dp: part(d % (p - 1n)), dq: part(d % (q - 1n)), qi: part(inverse(q, p)) }
  const key = createPrivateKey({ key: { ...jwk, ...halves }, format: 'jwk' })
  const publicKey = sequence(integer(n), integer(e))
  return {
    kind,
    info: sequence(sequence(oid('1.2.840.113549.1.1.1'), nothing()), bits(publicKey)),
    keyId: createHash('sha1').update(publicKey).digest(),
    sign(data, { hash, pss }) {
      if (!pss) return { algorithm: sequence(oid(rsaOids[hash]), nothing()), signature: sign(hash, data, key) }
      const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      return { algorithm: pssAlgorithm(hash), signature: sign(hash, data, { key, ...padding }) }
    },
  }
}

/** RSASSA-PSS with its parameters, defaults left out as DER wants (RFC 4055 3.1). */
function pssAlgorithm(hash: HashName): Uint8Array {
  const named = sequence(oid(hashOids[hash]), nothing())
  const parameters = [
    explicit(0, named),
    explicit(1, sequence(oid('1.2.840.113549.1.1.8'), named)),
    explicit(2, integer(createHash(hash).digest().length)),
  ]
  return sequence(oid('1.2.840.113549.1.1.10'), sequence(...(hash === 'sha1' ? [] : parameters)))
}

/** The two highest bits are set, so that two primes make a modulus of full length. */
function prime(size: number, e: bigint, draw: (count: number) => Uint8Array): bigint {
  let candidate = bigOf(draw(size / 8)) | (3n << BigInt(size - 2)) | 1n
  while (!(checkPrimeSync(candidate) && (candidate - 1n) % e !== 0n)) candidate += 2n
  return candidate
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [low, high] = [((value % modulus) + modulus) % modulus, modulus]
  let [x, y] = [1n, 0n]
  while (low > 1n) {
    const quotient = high / low
    ;[high, low] = [low, high % low]
    ;[y, x] = [x, y - quotient * x]
  }
  return ((x % modulus) + modulus) % modulus
}
