import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { ecdsa, type WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bitsOf, bytesOf, modPow, numberOf } from './agreement/group.ts'
import type { Command, ResponseApdu } from './apdu.ts'
import type { PublicKey } from './public-key.ts'
import { hexOf, type SecurityInfo } from './security-infos.ts'
import { readAll, readOne } from './tlv.ts'

/** Active authentication, ICAO 9303-11 6.1: the chip signs what the terminal drew, with the key of DG15. */

type Hash = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

const challengeLength = 8
const activeAuthenticationOid = '6781080101' + '05'
/** ecdsa-plain-signatures of BSI TR-03111 5.2.1. */
const plainEcdsa: Readonly<Record<string, Hash>> = {
  '04007f00070101040101': 'sha1',
  '04007f00070101040102': 'sha224',
  '04007f00070101040103': 'sha256',
  '04007f00070101040104': 'sha384',
  '04007f00070101040105': 'sha512',
}
const anyHash: readonly Hash[] = ['sha256', 'sha1', 'sha224', 'sha384', 'sha512']
/** Hash identifiers of ISO/IEC 10118-3 in the two-byte trailer of ISO/IEC 9796-2. */
const trailerHashes: Readonly<Record<number, Hash>> = {
  0x33: 'sha1',
  0x34: 'sha256',
  0x35: 'sha512',
  0x36: 'sha384',
  0x38: 'sha224',
}

/** Sends a challenge and judges the signature. False also when the chip does not answer: it promised a proof. */
export async function authenticateActively(
  send: (command: Command) => Promise<ResponseApdu>,
  key: PublicKey,
  infos: readonly SecurityInfo[],
): Promise<boolean> {
  const challenge = new Uint8Array(randomBytes(challengeLength))
  // A long signature does not fit into a short protected response.
  const long = key.kind === 'rsa' && bitsOf(key.modulus) > 1536
  const ask = (le: number) => send({ cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le })
  let answer = await ask(long ? 65536 : 256)
  if (long && answer.sw === 0x6700) answer = await ask(256)
  return answer.sw === 0x9000 && verifyActive(key, infos, challenge, answer.data)
}

/** True when the signature over the challenge is the key's. `infos` from DG14 name the hash of an ECDSA signature. */
export function verifyActive(
  key: PublicKey,
  infos: readonly SecurityInfo[],
  challenge: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.kind === 'group') {
    const { curve } = key.group
    return curve !== undefined && verifyEcdsa(curve, key.element, hashesOf(infos), challenge, signature)
  }
  const { modulus, exponent } = key
  const value = numberOf(signature)
  if (value <= 0n || value >= modulus) return false
  let opened = modPow(value, exponent, modulus)
  // ISO/IEC 9796-2 lets the signer take the smaller of a signature and its complement.
  if ((opened & 0x0fn) !== 0x0cn) opened = modulus - opened
  return representativeHolds(bytesOf(opened, Math.ceil(bitsOf(modulus) / 8)), challenge)
}

/**
 * The message representative of ISO/IEC 9796-2 scheme 1 (9303-11 6.1.2): header 6A, recovered part M1, hash over M1 and
 * the challenge, trailer BC for SHA-1 or a hash identifier and CC.
 */
export function representativeHolds(representative: Uint8Array, challenge: Uint8Array): boolean {
  const last = representative.at(-1)
  const hash = last === 0xbc ? 'sha1' : last === 0xcc ? trailerHashes[representative.at(-2) ?? 0] : undefined
  const first = representative[0] ?? 0
  // 01 for signatures with recovery, then whether only a part is recovered; a nibble A ends the padding.
  if (!hash || (first & 0xc0) !== 0x40) return false
  let start = 0
  while (((representative[start] ?? 0) & 0x0f) === 0x0b) start += 1
  if (((representative[start] ?? 0) & 0x0f) !== 0x0a) return false
  start += 1
  const trailer = last === 0xbc ? 1 : 2
  const hashLength = createHash(hash).digest().length
  const end = representative.length - trailer - hashLength
  if (start > end) return false
  // Without a part that is not recovered the challenge would not be signed at all.
  if ((first & 0x20) === 0) return false
  const digest = createHash(hash).update(representative.subarray(start, end)).update(challenge).digest()
  return timingSafeEqual(representative.subarray(end, end + hashLength), digest)
}

function verifyEcdsa(
  curve: WeierstrassPointCons<bigint>,
  point: Uint8Array,
  hashes: readonly Hash[],
  challenge: Uint8Array,
  signature: Uint8Array,
): boolean {
  const scheme = ecdsa(curve, sha256)
  // r and s plain, as the standard wants them; some chips wrap them as certificates do.
  const plain = signature.length === 2 * curve.Fn.BYTES ? signature : fromSequence(signature, curve.Fn.BYTES)
  if (!plain) return false
  return hashes.some((hash) => {
    try {
      const digest = new Uint8Array(createHash(hash).update(challenge).digest())
      return scheme.verify(plain, digest, point, { prehash: false, lowS: false, format: 'compact' })
    } catch {
      return false
    }
  })
}

function fromSequence(signature: Uint8Array, length: number): Uint8Array | undefined {
  try {
    const numbers = readAll(readOne(signature, 0x30).value).map((part) => numberOf(part.value))
    const [r, s] = numbers
    if (r === undefined || s === undefined || bitsOf(r) > length * 8 || bitsOf(s) > length * 8) return undefined
    return Buffer.concat([bytesOf(r, length), bytesOf(s, length)])
  } catch {
    return undefined
  }
}

function hashesOf(infos: readonly SecurityInfo[]): readonly Hash[] {
  const info = infos.find(({ oid }) => oid === activeAuthenticationOid)
  if (info?.optional?.tag !== 0x06) return anyHash
  const named = plainEcdsa[hexOf(info.optional.value)]
  return named ? [named] : anyHash
}
