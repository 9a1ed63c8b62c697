import { fromBER, ObjectIdentifier, type BaseBlock } from 'asn1js'
import { X509Certificate, type KeyObject } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'

/** What a person checks before trusting a certificate. */
export type CertificateFacts = {
  /** One line, most general part first. */
  readonly subject: string
  readonly issuer: string
  /** Hexadecimal */
  readonly serial: string
  /** ISO 8601 */
  readonly validFrom: string
  readonly validTo: string
  /** SHA-256 of the certificate, hexadecimal pairs with colons. */
  readonly fingerprint: string
}

/** A file with a few certificates and their text is far smaller. */
const longestPem = 65_536

/**
 * The receiving centre's certificate, fit for sealing to: EC on P-256, valid at `now`, allowed to agree on keys.
 * Throws CERTIFICATE_UNREADABLE or CERTIFICATE_UNSUITABLE.
 */
export function readReceiverCertificate(pem: string, now: Date): CertificateFacts {
  const certificate = parseCertificate(pem)
  const unsuitable = (reason: string) =>
    new AppError('CERTIFICATE_UNSUITABLE', 'seal.certificate', { context: { reason } })
  const key = publicKey(certificate)
  if (!key || key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw unsuitable('key-type')
  const from = new Date(certificate.validFrom)
  const to = new Date(certificate.validTo)
  if (!(from <= now)) throw unsuitable('not-yet-valid')
  if (!(now <= to)) throw unsuitable('expired')
  if (!mayAgreeOnKeys(certificate)) throw unsuitable('key-usage')
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    serial: certificate.serialNumber,
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
    fingerprint: certificate.fingerprint256,
  }
}

/** Throws CERTIFICATE_UNREADABLE. */
export function parseCertificate(pem: string): X509Certificate {
  const unreadable = (cause?: unknown) => new AppError('CERTIFICATE_UNREADABLE', 'seal.certificate', { cause })
  if (pem.length > longestPem || !pem.includes('-----BEGIN CERTIFICATE-----')) throw unreadable()
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw unreadable(cause)
  }
}

/** IssuerAndSerialNumber of CMS names a certificate by these two, as they stand in it (DER). */
export function issuerAndSerial(certificate: X509Certificate): readonly [issuer: Uint8Array, serial: Uint8Array] {
  const fields = tbsFields(certificate)
  const start = fields[0]?.idBlock.tagClass === 3 ? 1 : 0 // the version is explicit
  const serial = fields[start]
  const issuer = fields[start + 2]
  if (!serial || !issuer) throw new AppError('CERTIFICATE_UNREADABLE', 'seal.certificate')
  return [issuer.valueBeforeDecodeView, serial.valueBeforeDecodeView]
}

const keyUsage = '2.5.29.15'
const keyAgreementBit = 0x08

/** RFC 5280 4.2.1.3: with the extension present, the bit must be set. */
function mayAgreeOnKeys(certificate: X509Certificate): boolean {
  const last = tbsFields(certificate).at(-1)
  if (last?.idBlock.tagClass !== 3 || last.idBlock.tagNumber !== 3) return true
  const [list] = children(last)
  for (const extension of list ? children(list) : []) {
    const [name, ...rest] = children(extension)
    if (!(name instanceof ObjectIdentifier) || name.getValue() !== keyUsage) continue
    const value = rest.at(-1)?.valueBeforeDecodeView // OCTET STRING { BIT STRING { unused, bits } }
    return ((value?.at(5) ?? 0) & keyAgreementBit) !== 0
  }
  return true
}

function tbsFields(certificate: X509Certificate): readonly BaseBlock[] {
  const { result } = fromBER(certificate.raw)
  const [tbs] = children(result)
  return tbs ? children(tbs) : []
}

function children(block: BaseBlock): readonly BaseBlock[] {
  const { valueBlock } = block
  return 'value' in valueBlock && Array.isArray(valueBlock.value) ? (valueBlock.value as BaseBlock[]) : []
}

function publicKey(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}
