import { AppError } from '#domain/failure/index.ts'
import { encrypt, keyLengths, type Cipher } from '../cipher.ts'
import { concat } from '../tlv.ts'
import { numberOf, type Group } from './group.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

/** Constants of the pseudo-random function, for keys of 128 bits and for longer ones (ICAO 9303-11 4.4.3.3.2). */
const short = [hex('a668892a7c41e3ca739f40b057d85904'), hex('a4e136ac725f738b01c1f60217c188ad')] as const
const long = [
  hex('d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676'),
  hex('54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517'),
] as const

/** Bits drawn beyond the prime, so that the reduction is even. */
const margin = 64

/** Bytes of the chip's nonce: the least whole number of cipher blocks that holds a key (9303-11 4.4.3.3). */
export function nonceLength(cipher: Cipher): number {
  return keyLengths[cipher] > 16 ? 32 : 16
}

/** The pseudo-random function R(s, t). `nonce` from the chip, `salt` from the terminal, as long as a key. */
export function pseudoRandom(cipher: Cipher, nonce: Uint8Array, salt: Uint8Array, bits: number): Uint8Array {
  const [c0, c1] = keyLengths[cipher] > 16 ? long : short
  const keyLength = keyLengths[cipher]
  let key = encrypt(cipher, salt, nonce).subarray(0, keyLength)
  const blocks: Uint8Array[] = []
  for (let got = 0; got < bits + margin; got += c1.length * 8) {
    blocks.push(encrypt(cipher, key, c1))
    key = encrypt(cipher, key, c0).subarray(0, keyLength)
  }
  return concat(...blocks)
}

/** The generator of integrated mapping. A group that knows none: CHIP_MALFORMED. */
export function mapIntegrated(group: Group, cipher: Cipher, nonce: Uint8Array, salt: Uint8Array): Uint8Array {
  if (!group.mapField) {
    throw new AppError('CHIP_MALFORMED', 'chip.pace', { context: { what: 'integrated-mapping', group: group.name } })
  }
  const random = numberOf(pseudoRandom(cipher, nonce, salt, group.fieldBits)) % group.prime
  return group.mapField(random)
}

/** The generator of generic mapping: s · G + H (9303-11 4.4.3.3.1); `shared` is H, the outcome of the first agreement. */
export function mapGeneric(group: Group, nonce: Uint8Array, shared: Uint8Array): Uint8Array {
  return group.combine(group.power(group.generator, numberOf(nonce)), shared)
}
