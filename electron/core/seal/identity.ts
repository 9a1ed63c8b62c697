import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import {
  bits,
  explicit,
  octets,
  oid,
  raw,
  sequence,
  setOf,
  smallInteger,
  tagged,
  time,
  toBytes,
  type Der,
} from './der.ts'

export type StationIdentity = {
  /** DER; a secret of the store, never a file. */
  readonly privateKeyPkcs8: Uint8Array
  readonly certificatePem: string
}

const validYears = 10
const dayMs = 86_400_000

/**
 * The key pair with which a station signs, P-256, and a certificate that the station signed itself (X.509 v3), until
 * the centre signs stations. Valid from the day before `now`, since clocks in the field are set by hand.
 */
export function makeStationIdentity(stationCode: string, name: string, now = new Date()): StationIdentity {
  return makeIdentity(stationCode, name, now, signing)
}

/**
 * A centre that files can be sealed to: for training, where the key that opens them lies beside what it opens. P-256, and
 * a certificate of its own for agreeing on keys.
 */
export function makeCentreIdentity(commonName: string, name: string, now = new Date()): StationIdentity {
  return makeIdentity(commonName, name, now, keyAgreement)
}

/** Bits of KeyUsage (RFC 5280 4.2.1.3), with the count of unused ones before them. */
const signing = [6, 0xc0] // digitalSignature, contentCommitment
const keyAgreement = [3, 0x08]

function makeIdentity(commonName: string, name: string, now: Date, usage: readonly number[]): StationIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const to = new Date(now)
  to.setUTCFullYear(to.getUTCFullYear() + validYears)
  const subject = sequence(nameEntry('2.5.4.10', name), nameEntry('2.5.4.3', commonName))
  const ecdsaSha256 = sequence(oid('1.2.840.10045.4.3.2'))
  const content = sequence(
    explicit(0, smallInteger(2)),
    serialNumber(),
    ecdsaSha256,
    subject,
    sequence(time(new Date(now.getTime() - dayMs)), time(to)),
    subject,
    raw(spki),
    explicit(3, extensions(spki, usage)),
  )
  const signature = sign('sha256', toBytes(content), privateKey)
  const certificate = toBytes(sequence(content, ecdsaSha256, bits(signature)))
  return {
    privateKeyPkcs8: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
    certificatePem: toPem(certificate),
  }
}

/** Not an authority. */
function extensions(spki: Uint8Array, use: readonly number[]): Der {
  const critical = tagged(0x01, raw(Buffer.from([0xff])))
  const usage = tagged(0x03, raw(Buffer.from(use)))
  const keyId = createHash('sha256').update(spki).digest().subarray(0, 20)
  return sequence(
    sequence(oid('2.5.29.19'), critical, octets(toBytes(sequence()))),
    sequence(oid('2.5.29.15'), critical, octets(toBytes(usage))),
    sequence(oid('2.5.29.14'), octets(toBytes(octets(keyId)))),
  )
}

function nameEntry(id: string, text: string): Der {
  const utf8String = tagged(0x0c, raw(Buffer.from(text.normalize('NFC'), 'utf8')))
  return setOf(sequence(oid(id), utf8String))
}

/** Random, positive, never with a superfluous leading zero. */
function serialNumber(): Der {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return tagged(0x02, raw(bytes))
}

function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/gu) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
