import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { mrzCheckDigit } from '#domain/person/mrz.ts'
import { decrypt3Des, encrypt3Des, retailMac, withOddParity } from './triple-des.ts'
import { concat } from './tlv.ts'

/** Basic Access Control, ICAO 9303-11 4.3. */

export type KeyPair = { readonly encryption: Uint8Array; readonly mac: Uint8Array }

/** Key seed from the three zone values (9303-11 4.3.2). `documentNumber` 9 characters or more, dates YYMMDD. */
export function bacSeed(inputs: {
  readonly documentNumber: string
  readonly birthDate: string
  readonly expiryDate: string
}): Uint8Array {
  const text = [inputs.documentNumber.padEnd(9, '<'), inputs.birthDate, inputs.expiryDate]
    .map((part) => part + mrzCheckDigit(part))
    .join('')
  return createHash('sha1').update(text, 'latin1').digest().subarray(0, 16)
}

/** Triple-DES keys from a seed (9303-11 9.7.1.1): counter 1 encrypts, counter 2 authenticates. */
export function tripleDesKeys(seed: Uint8Array): KeyPair {
  const derive = (counter: number) => {
    const digest = createHash('sha1')
      .update(seed)
      .update(Uint8Array.of(0, 0, 0, counter))
      .digest()
    return withOddParity(new Uint8Array(digest.subarray(0, 16)))
  }
  return { encryption: derive(1), mac: derive(2) }
}

/** What both sides draw: nonces of 8 bytes, key halves of 16. */
export type BacNonces = { readonly chip: Uint8Array; readonly terminal: Uint8Array; readonly terminalKey: Uint8Array }

/** Data of EXTERNAL AUTHENTICATE (4.3.3): E_IFD and M_IFD, 40 bytes. */
export function bacToken(keys: KeyPair, nonces: BacNonces): Uint8Array {
  const sealed = encrypt3Des(keys.encryption, concat(nonces.terminal, nonces.chip, nonces.terminalKey))
  return concat(sealed, retailMac(keys.mac, sealed))
}

/**
 * Checks the chip's answer (40 bytes: E_IC, M_IC) and derives the session.
 * A wrong MAC or wrong nonces: CHIP_TAMPERED; a wrong length: CHIP_MALFORMED.
 */
export function bacSession(
  keys: KeyPair,
  nonces: BacNonces,
  answer: Uint8Array,
): { readonly keys: KeyPair; readonly ssc: Uint8Array } {
  if (answer.length !== 40) throw new AppError('CHIP_MALFORMED', 'chip.bac', { context: { bytes: answer.length } })
  const sealed = answer.subarray(0, 32)
  if (!timingSafeEqual(retailMac(keys.mac, sealed), answer.subarray(32))) throw tampered('mac')
  const opened = decrypt3Des(keys.encryption, sealed)
  if (!timingSafeEqual(opened.subarray(0, 8), nonces.chip)) throw tampered('nonce')
  if (!timingSafeEqual(opened.subarray(8, 16), nonces.terminal)) throw tampered('nonce')
  return sessionOf(nonces, opened.subarray(16))
}

/** Session keys and first send sequence counter (9303-11 9.7.4, 9.8.6.3). */
export function sessionOf(
  nonces: BacNonces,
  chipKey: Uint8Array,
): { readonly keys: KeyPair; readonly ssc: Uint8Array } {
  const seed = nonces.terminalKey.map((byte, at) => byte ^ (chipKey[at] ?? 0))
  return { keys: tripleDesKeys(seed), ssc: concat(nonces.chip.subarray(4), nonces.terminal.subarray(4)) }
}

function tampered(what: string): AppError {
  return new AppError('CHIP_TAMPERED', 'chip.bac', { context: { what } })
}
