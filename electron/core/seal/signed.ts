import { createHash, createPrivateKey, sign, type X509Certificate } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { issuerAndSerial } from './certificate.ts'
import {
  explicit,
  inOrder,
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

const ids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
}

/**
 * CMS SignedData, DER (RFC 5652, 5754): the content inside, one ECDSA-SHA256 signature by the station with content
 * type, message digest and signing time, the station's certificate. Throws SEAL_FAILED when key and certificate differ.
 */
export function signContent(
  content: Uint8Array,
  privateKeyPkcs8: Uint8Array,
  certificate: X509Certificate,
  at: Date,
): Der {
  return signedData(content, explicit(0, octets(content)), privateKeyPkcs8, certificate, at)
}

/** The same with the content outside (RFC 5652 5.2): a file of its own beside the signature. */
export function signDetached(
  content: Uint8Array,
  privateKeyPkcs8: Uint8Array,
  certificate: X509Certificate,
  at: Date,
): Der {
  return signedData(content, undefined, privateKeyPkcs8, certificate, at)
}

function signedData(
  content: Uint8Array,
  inside: Der | undefined,
  privateKeyPkcs8: Uint8Array,
  certificate: X509Certificate,
  at: Date,
): Der {
  const key = createPrivateKey({ key: Buffer.from(privateKeyPkcs8), format: 'der', type: 'pkcs8' })
  if (!certificate.checkPrivateKey(key))
    throw new AppError('SEAL_FAILED', 'seal.sign', { context: { reason: 'station-key' } })
  const digest = createHash('sha256').update(content).digest()
  const attributes = inOrder([
    attribute(ids.contentType, oid(ids.data)),
    attribute(ids.signingTime, time(at)),
    attribute(ids.messageDigest, octets(digest)),
  ])
  // Signed as a SET, sent as [0] (RFC 5652 5.4).
  const signature = sign('sha256', toBytes(tagged(0x31, ...attributes)), key)
  const [issuer, serial] = issuerAndSerial(certificate)
  const sha256 = sequence(oid(ids.sha256))
  const signer = sequence(
    smallInteger(1),
    sequence(raw(issuer), raw(serial)),
    sha256,
    explicit(0, ...attributes),
    sequence(oid(ids.ecdsaSha256)),
    octets(signature),
  )
  const signed = sequence(
    smallInteger(1),
    setOf(sha256),
    sequence(oid(ids.data), ...(inside ? [inside] : [])),
    explicit(0, raw(certificate.raw)),
    setOf(signer),
  )
  return sequence(oid(ids.signedData), explicit(0, signed))
}

function attribute(id: string, value: Der): Der {
  return sequence(oid(id), setOf(value))
}
