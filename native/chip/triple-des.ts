import { createCipheriv, createDecipheriv } from 'node:crypto'
import { concat } from './tlv.ts'

/**
 * Two-key triple DES as ICAO 9303-11 4.3 and 9.8 use it. Everything goes through `des-ede3-cbc`, the one DES that
 * OpenSSL 3 and BoringSSL both have: K1 K2 K1 is two-key triple DES, K K K is single DES.
 */

const blockLength = 8
const zeroVector = new Uint8Array(blockLength)

/** CBC without padding and with a zero vector. `key` 16 bytes; `data` a multiple of 8 bytes. */
export function encrypt3Des(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv('des-ede3-cbc', concat(key, key.subarray(0, 8)), zeroVector).setAutoPadding(false)
  return concat(cipher.update(data), cipher.final())
}

export function decrypt3Des(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createDecipheriv('des-ede3-cbc', concat(key, key.subarray(0, 8)), zeroVector).setAutoPadding(false)
  return concat(cipher.update(data), cipher.final())
}

/** ISO/IEC 9797-1 MAC algorithm 3 with DES over data padded by method 2: 8 bytes. */
export function retailMac(key: Uint8Array, data: Uint8Array): Uint8Array {
  const padded = pad(data)
  const [k1, k2] = [key.subarray(0, 8), key.subarray(8, 16)]
  const chain = createCipheriv('des-ede3-cbc', concat(k1, k1, k1), zeroVector).setAutoPadding(false)
  const chained = chain.update(padded).subarray(-blockLength)
  // Algorithm 3 chains with single DES and only its last block goes on through K2 and K1.
  const opened = createDecipheriv('des-ede3-cbc', concat(k2, k2, k2), zeroVector)
    .setAutoPadding(false)
    .update(chained)
  return new Uint8Array(
    createCipheriv('des-ede3-cbc', concat(k1, k1, k1), zeroVector)
      .setAutoPadding(false)
      .update(opened),
  )
}

/** ISO/IEC 9797-1 padding method 2. */
export function pad(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(data.length + blockLength - (data.length % blockLength))
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

/** Takes method 2 padding off; undefined when it is not there. */
export function unpad(data: Uint8Array): Uint8Array | undefined {
  let end = data.length - 1
  while (end >= 0 && data[end] === 0) end--
  return end >= 0 && data[end] === 0x80 && data.length - end <= blockLength ? data.subarray(0, end) : undefined
}

/** Sets each byte to odd parity, as DES keys are written (ICAO 9303-11 9.7.1.1). */
export function withOddParity(key: Uint8Array): Uint8Array {
  return key.map((byte) => {
    let ones = 0
    for (let bits = byte >> 1; bits > 0; bits >>= 1) ones += bits & 1
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
  })
}
