import { aeskw } from '@noble/ciphers/aes.js'
import { createCipheriv, createECDH, createHash, randomBytes, type X509Certificate } from 'node:crypto'
import { issuerAndSerial, parseCertificate } from './certificate.ts'
import { bits, explicit, octets, oid, raw, sequence, setOf, smallInteger, tagged, toBytes, type Der } from './der.ts'

const ids = {
  data: '1.2.840.113549.1.7.1',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  ecPublicKey: '1.2.840.10045.2.1',
  stdDhSha256Kdf: '1.3.132.1.11.1',
  aes256Wrap: '2.16.840.1.101.3.4.1.45',
  aes256Gcm: '2.16.840.1.101.3.4.1.46',
}
const tagLength = 16

/**
 * CMS AuthEnvelopedData, DER (RFC 5083, 5084): AES-256-GCM under a random key, which only the holder of the receiver's
 * P-256 key can unwrap (RFC 5753: ephemeral-static ECDH, dhSinglePass-stdDH-sha256kdf-scheme, AES-256 key wrap).
 * Throws CERTIFICATE_UNREADABLE.
 */
export function envelopFor(receiverCertificatePem: string, content: Uint8Array): Buffer {
  return toBytes(envelop(parseCertificate(receiverCertificatePem), raw(content)))
}

export function envelop(receiver: X509Certificate, content: Der): Der {
  const contentKey = randomBytes(32)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', contentKey, nonce)
  const encrypted = content.pieces.map((piece) => cipher.update(piece))
  encrypted.push(cipher.final())
  const parameters = sequence(octets(nonce), smallInteger(tagLength))
  const body = tagged(0x80, ...encrypted.map(raw))
  const envelope = sequence(
    smallInteger(0),
    setOf(keyFor(receiver, contentKey)),
    sequence(oid(ids.data), sequence(oid(ids.aes256Gcm), parameters), body),
    octets(cipher.getAuthTag()),
  )
  contentKey.fill(0)
  return sequence(oid(ids.authEnvelopedData), explicit(0, envelope))
}

/** KeyAgreeRecipientInfo, RFC 5652 6.2.2 and RFC 5753 3.1. */
function keyFor(receiver: X509Certificate, contentKey: Uint8Array): Der {
  const ephemeral = createECDH('prime256v1')
  ephemeral.generateKeys()
  const shared = ephemeral.computeSecret(publicPoint(receiver))
  const wrapAlgorithm = sequence(oid(ids.aes256Wrap))
  const wrapping = keyFrom(shared, wrapAlgorithm)
  const wrapped = aeskw(wrapping).encrypt(contentKey)
  shared.fill(0)
  wrapping.fill(0)
  const [issuer, serial] = issuerAndSerial(receiver)
  return explicit(
    1,
    smallInteger(3),
    explicit(0, explicit(1, sequence(oid(ids.ecPublicKey)), bits(ephemeral.getPublicKey()))),
    sequence(oid(ids.stdDhSha256Kdf), wrapAlgorithm),
    sequence(sequence(sequence(raw(issuer), raw(serial)), octets(wrapped))),
  )
}

/** The KDF of SEC 1 3.6.1 (ANSI X9.63) with SHA-256 over ECC-CMS-SharedInfo, RFC 5753 7.2; one round gives 32 bytes. */
function keyFrom(shared: Uint8Array, wrapAlgorithm: Der): Buffer {
  const keyBits = explicit(2, octets(Buffer.from([0, 0, 1, 0])))
  const sharedInfo = toBytes(sequence(wrapAlgorithm, keyBits))
  return createHash('sha256')
    .update(shared)
    .update(Buffer.from([0, 0, 0, 1]))
    .update(sharedInfo)
    .digest()
}

function publicPoint(certificate: X509Certificate): Buffer {
  const { x, y } = certificate.publicKey.export({ format: 'jwk' })
  return Buffer.concat([Buffer.from([4]), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')])
}
