import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { cmac } from '@noble/ciphers/aes.js'
import type { KeyPair } from './bac.ts'
import { tripleDesSuite, type MessagingSuite } from './secure-messaging.ts'
import { concat } from './tlv.ts'
import { decrypt3Des, encrypt3Des, retailMac, withOddParity } from './triple-des.ts'

/** The ciphers that PACE and chip authentication agree on (ICAO 9303-11 9.2). */
export type Cipher = '3des' | 'aes128' | 'aes192' | 'aes256'

/** Key bytes, 16 for two-key triple DES. */
export const keyLengths = { '3des': 16, aes128: 16, aes192: 24, aes256: 32 } as const satisfies Record<Cipher, number>

/** What a key is derived for (9303-11 9.7.1): the counter of the derivation function. */
export const keyUse = { encryption: 1, mac: 2, password: 3 } as const

const blockLength = 16

/** Key derivation function (9303-11 9.7.1.1–9.7.1.4). */
export function deriveKey(cipher: Cipher, secret: Uint8Array, use: (typeof keyUse)[keyof typeof keyUse]): Uint8Array {
  const digest = createHash(keyLengths[cipher] > 16 ? 'sha256' : 'sha1')
    .update(secret)
    .update(Uint8Array.of(0, 0, 0, use))
    .digest()
  const key = new Uint8Array(digest.subarray(0, keyLengths[cipher]))
  return cipher === '3des' ? withOddParity(key) : key
}

export function deriveKeys(cipher: Cipher, secret: Uint8Array): KeyPair {
  return {
    encryption: deriveKey(cipher, secret, keyUse.encryption),
    mac: deriveKey(cipher, secret, keyUse.mac),
  }
}

/** CBC without padding; zero vector unless given. `data` whole blocks. */
export function encrypt(cipher: Cipher, key: Uint8Array, data: Uint8Array, vector?: Uint8Array): Uint8Array {
  if (cipher === '3des') return encrypt3Des(key, data)
  const aes = createCipheriv(aesName(key), key, vector ?? new Uint8Array(blockLength)).setAutoPadding(false)
  return concat(aes.update(data), aes.final())
}

export function decrypt(cipher: Cipher, key: Uint8Array, data: Uint8Array, vector?: Uint8Array): Uint8Array {
  if (cipher === '3des') return decrypt3Des(key, data)
  const aes = createDecipheriv(aesName(key), key, vector ?? new Uint8Array(blockLength)).setAutoPadding(false)
  return concat(aes.update(data), aes.final())
}

/** The 8 bytes of an authentication token (9303-11 4.4.3.4): retail MAC, which pads, or CMAC, which needs no padding. */
export function tokenMac(cipher: Cipher, key: Uint8Array, data: Uint8Array): Uint8Array {
  return cipher === '3des' ? retailMac(key, data) : cmac(data, key).subarray(0, 8)
}

/** Secure messaging under keys that were agreed on by PACE or chip authentication. */
export function suiteOf(cipher: Cipher, keys: KeyPair): MessagingSuite {
  return cipher === '3des' ? tripleDesSuite(keys) : aesSuite(keys)
}

/** ICAO 9303-11 9.8.6: the vector is the encrypted counter, and counter and message are padded before the CMAC. */
function aesSuite(keys: KeyPair): MessagingSuite {
  const name = aesName(keys.encryption)
  const vector = (ssc: Uint8Array) => {
    const ecb = createCipheriv(name.replace('cbc', 'ecb'), keys.encryption, null).setAutoPadding(false)
    return concat(ecb.update(ssc), ecb.final())
  }
  return {
    blockLength,
    pad: padBlock,
    unpad: unpadBlock,
    encrypt: (ssc, padded) => encrypt('aes128', keys.encryption, padded, vector(ssc)),
    decrypt: (ssc, data) => decrypt('aes128', keys.encryption, data, vector(ssc)),
    mac: (ssc, data) => cmac(padBlock(concat(ssc, data)), keys.mac).subarray(0, 8),
  }
}

/** ISO/IEC 9797-1 padding method 2 to 16 bytes. */
export function padBlock(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(data.length + blockLength - (data.length % blockLength))
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

function unpadBlock(data: Uint8Array): Uint8Array | undefined {
  let end = data.length - 1
  while (end >= 0 && data[end] === 0) end--
  return end >= 0 && data[end] === 0x80 && data.length - end <= blockLength ? data.subarray(0, end) : undefined
}

function aesName(key: Uint8Array): string {
  return `aes-${key.length * 8}-cbc`
}
