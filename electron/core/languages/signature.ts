import { fromBER, ObjectIdentifier, OctetString, type BaseBlock } from 'asn1js'
import { createHash, verify, X509Certificate } from 'node:crypto'
import { parseCertificate, issuerAndSerial } from '#core/seal/certificate.ts'
import { toBytes } from '#core/seal/der.ts'
import { signDetached } from '#core/seal/signed.ts'
import type { SigningKit } from '#core/station/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { isPlainText } from './plain-text.ts'

export type Signer = {
  /** As its certificate says. */
  readonly name: string
  readonly code: string
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string
}

const ids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
}
export const mostSignatureBytes = 65_536
const longestCode = 40

export function signManifest(
  manifest: Uint8Array,
  { stationKey, stationCertificate }: SigningKit,
  at: Date,
): Uint8Array {
  return toBytes(signDetached(manifest, stationKey, parseCertificate(stationCertificate), at))
}

export function fingerprintOf(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('hex')
}

/**
 * Who signed a manifest: CMS SignedData without the content, one signer, ECDSA-SHA256 on P-256, its certificate inside.
 * Whether the signer is to be trusted is asked of the officer. Throws PACK_SIGNATURE with `context.reason`.
 */
export function verifyManifest(manifest: Uint8Array, signature: Uint8Array): Signer {
  try {
    return verified(manifest, signature)
  } catch (error) {
    // Whatever the bytes made of the parser.
    throw error instanceof AppError ? error : bad('structure')
  }
}

function verified(manifest: Uint8Array, signature: Uint8Array): Signer {
  const { result, offset } = fromBER(signature)
  if (offset !== signature.length) throw bad('structure')
  const [type, wrapped] = inside(result, 2)
  const [content] = inside(wrapped, 1)
  const [, , encapsulated, certificates, signers] = inside(content, 5)
  const [contentType] = inside(encapsulated, 1)
  if (named(type) !== ids.signedData || named(contentType) !== ids.data) throw bad('structure')
  const [certificateBlock] = inside(certificates, 1)
  const [signer] = inside(signers, 1)
  const [, whose, digest, attributes, algorithm, value] = inside(signer, 6)
  if (named(parts(digest)[0]) !== ids.sha256 || named(parts(algorithm)[0]) !== ids.ecdsaSha256) throw bad('algorithm')
  if (!certificateBlock || !attributes || !(value instanceof OctetString)) throw bad('structure')
  if (!isContext0(certificates) || !isContext0(attributes)) throw bad('structure')

  const certificate = new X509Certificate(certificateBlock.valueBeforeDecodeView)
  if (!sameCertificate(parts(whose), certificate)) throw bad('certificate')
  const signed = Buffer.from(attributes.valueBeforeDecodeView)
  signed[0] = 0x31 // signed as a SET, sent as [0] (RFC 5652 5.4)
  if (!verify('sha256', signed, usableKey(certificate), Buffer.from(value.getValue()))) throw bad('signature')
  const expected = createHash('sha256').update(manifest).digest()
  const told = attribute(attributes, ids.messageDigest)
  if (!(told instanceof OctetString) || !expected.equals(Buffer.from(told.getValue()))) throw bad('digest')
  if (named(attribute(attributes, ids.contentType)) !== ids.data) throw bad('structure')
  return { ...stationOf(certificate), fingerprint: fingerprintOf(certificate) }
}

/** P-256; a certificate that says it signed itself has done so. */
function usableKey(certificate: X509Certificate) {
  const key = certificate.publicKey
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw bad('key-type')
  if (certificate.subject === certificate.issuer && !certificate.verify(key)) throw bad('certificate')
  return key
}

/** Organization and common name; what turns letters round or hides them is no name. */
function stationOf(certificate: X509Certificate): Pick<Signer, 'name' | 'code'> {
  const { O: name, CN: code } = certificate.toLegacyObject().subject as Record<string, unknown>
  if (typeof name !== 'string' || typeof code !== 'string') throw bad('name')
  if (!isPlainText(name) || !isPlainText(code) || code.length > longestCode) throw bad('name')
  return { name, code }
}

function sameCertificate(whose: readonly BaseBlock[], certificate: X509Certificate): boolean {
  const ours = issuerAndSerial(certificate)
  return ours.every((part, index) => {
    const theirs = whose[index]?.valueBeforeDecodeView
    return theirs !== undefined && Buffer.compare(part, theirs) === 0
  })
}

function attribute(attributes: BaseBlock, id: string): BaseBlock | undefined {
  const found = parts(attributes).filter((each) => named(parts(each)[0]) === id)
  if (found.length !== 1) throw bad('structure')
  return inside(parts(found[0])[1], 1)[0]
}

function inside(block: BaseBlock | undefined, count: number): readonly BaseBlock[] {
  const found = parts(block)
  if (found.length !== count) throw bad('structure')
  return found
}

function parts(block: BaseBlock | undefined): readonly BaseBlock[] {
  if (!block) return []
  const { valueBlock } = block
  return 'value' in valueBlock && Array.isArray(valueBlock.value) ? (valueBlock.value as BaseBlock[]) : []
}

const named = (block: BaseBlock | undefined) => (block instanceof ObjectIdentifier ? block.getValue() : undefined)
const isContext0 = (block: BaseBlock | undefined) => block?.idBlock.tagClass === 3 && block.idBlock.tagNumber === 0

function bad(reason: string): AppError {
  return new AppError('PACK_SIGNATURE', 'language.signature', { context: { reason } })
}
