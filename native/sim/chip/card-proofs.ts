import { constants, createHash, privateDecrypt, randomBytes, type KeyObject } from 'node:crypto'
import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesOf, type Group } from '#native/chip/agreement/group.ts'
import { deriveKeys, suiteOf, type Cipher } from '#native/chip/cipher.ts'
import { readAll, readOne } from '#native/chip/tlv.ts'
import { CardMessaging } from './card-messaging.ts'
import { ok, type Reply } from './reply.ts'

export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** The secrets of a chip that stand behind DG14 and DG15. */
export type ChipSecrets = {
  readonly chipAuthentication?: { readonly group: Group; readonly cipher: Cipher; readonly secret: bigint }
  readonly activeAuthentication?:
    | { readonly kind: 'rsa'; readonly key: KeyObject; readonly bytes: number; readonly hash: HashName }
    | { readonly kind: 'ecdsa'; readonly group: Group; readonly secret: bigint; readonly hash: HashName }
}

type Authenticator = NonNullable<ChipSecrets['chipAuthentication']>

/** MSE:Set KAT for triple DES, or GENERAL AUTHENTICATE (ICAO 9303-11 6.2): the answer and the channel that follows it. */
export function agreeOnChipKeys(
  { group, cipher, secret }: Authenticator,
  terminalKey: Uint8Array,
): { readonly reply: Reply; readonly channel?: CardMessaging } {
  try {
    const keys = deriveKeys(cipher, group.secretOf(group.power(terminalKey, secret)))
    const channel = new CardMessaging(suiteOf(cipher, keys))
    return { reply: cipher === '3des' ? ok : { sw: 0x9000, data: Uint8Array.of(0x7c, 0x00) }, channel }
  } catch {
    return { reply: { sw: 0x6a80 } }
  }
}

/** The terminal's public key in MSE:Set KAT (91) or in the dynamic authentication data (80). */
export function terminalKeyIn(data: Uint8Array, legacy: boolean): Uint8Array {
  const objects = legacy ? readAll(data) : readAll(readOne(data, 0x7c).value)
  return objects.find((object) => object.tag === (legacy ? 0x91 : 0x80))?.value ?? new Uint8Array()
}

const trailers: Readonly<Record<HashName, readonly number[]>> = {
  sha1: [0xbc],
  sha224: [0x38, 0xcc],
  sha256: [0x34, 0xcc],
  sha384: [0x36, 0xcc],
  sha512: [0x35, 0xcc],
}

/** INTERNAL AUTHENTICATE (ICAO 9303-11 6.1). */
export function signChallenge(
  signer: NonNullable<ChipSecrets['activeAuthentication']>,
  challenge: Uint8Array,
): Uint8Array {
  if (signer.kind === 'ecdsa') {
    const { curve } = signer.group
    if (!curve) throw new Error('active authentication signs with a curve')
    const digest = new Uint8Array(createHash(signer.hash).update(challenge).digest())
    const secret = bytesOf(signer.secret, curve.Fn.BYTES)
    return ecdsa(curve, sha256).sign(digest, secret, { prehash: false, format: 'compact' })
  }
  const trailer = trailers[signer.hash]
  const hashLength = createHash(signer.hash).digest().length
  const recovered = randomBytes(signer.bytes - 1 - hashLength - trailer.length)
  const digest = createHash(signer.hash).update(recovered).update(challenge).digest()
  const representative = Buffer.concat([Uint8Array.of(0x6a), recovered, digest, Uint8Array.from(trailer)])
  return new Uint8Array(privateDecrypt({ key: signer.key, padding: constants.RSA_NO_PADDING }, representative))
}
