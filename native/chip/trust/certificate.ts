import { createHash } from 'node:crypto'
import type { CertificateFacts } from '#native/capability/trust.ts'
import {
  bitsOf,
  hexOf,
  membersOf,
  octetsOf,
  oidOf,
  readDer,
  readDers,
  sameBytes,
  tags,
  timeOf,
  unreadable,
  type Der,
} from './der.ts'
import { readPublicKey, type PublicKey } from './keys.ts'
import { readName, type Name } from './name.ts'
import { checkSignature, type Signed } from './signature.ts'

/** X.509 (RFC 5280), as far as ICAO 9303-12 uses it. */
export type Certificate = {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  /** Hexadecimal without leading zeros. */
  readonly serial: string
  readonly issuer: Name
  readonly subject: Name
  readonly validFrom: Date
  readonly validTo: Date
  /** SubjectPublicKeyInfo. Read when it is needed: most certificates of a list never are. */
  readonly keyInfo: Uint8Array
  readonly algorithm: Der
  readonly signature: Uint8Array
  readonly isAuthority: boolean
  /** Bits of KeyUsage in one number, digitalSignature 0x80; absent when the certificate does not restrict its key. */
  readonly keyUsage?: number
  readonly purposes?: { readonly critical: boolean; readonly oids: readonly string[] }
  /** Hexadecimal */
  readonly authorityKeyId?: string
  readonly subjectKeyId?: string
  /** A critical extension that this program does not know. */
  readonly strange: boolean
}

export const keyUsages = { digitalSignature: 0x80, keyCertSign: 0x04, crlSign: 0x02 } as const

export const largestCertificate = 65_536

const understood = new Set([
  '2.5.29.14', // subjectKeyIdentifier
  '2.5.29.15', // keyUsage
  '2.5.29.16', // privateKeyUsagePeriod
  '2.5.29.17', // subjectAltName
  '2.5.29.18', // issuerAltName
  '2.5.29.19', // basicConstraints
  '2.5.29.31', // cRLDistributionPoints
  '2.5.29.32', // certificatePolicies
  '2.5.29.35', // authorityKeyIdentifier
  '2.5.29.37', // extKeyUsage
  '2.23.136.1.1.6.1', // name change
  '2.23.136.1.1.6.2', // document type list
])

/** One DER certificate that fills `der`. Throws CERTIFICATE_UNREADABLE. */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > largestCertificate) throw unreadable('size')
  const whole = membersOf(readDer(der, tags.sequence))
  const tbs = whole.take(tags.sequence)
  const algorithm = whole.take(tags.sequence)
  const signature = bitsOf(whole.take(tags.bits))
  whole.end()
  const members = membersOf(tbs)
  members.maybe(0xa0)
  const serial = serialOf(members.take(tags.integer))
  // RFC 5280 4.1.1.2
  if (!sameBytes(members.take(tags.sequence).raw, algorithm.raw)) throw unreadable('algorithm')
  const issuer = readName(members.take(tags.sequence))
  const validity = membersOf(members.take(tags.sequence))
  const [validFrom, validTo] = [timeOf(validity.take()), timeOf(validity.take())]
  const subject = readName(members.take(tags.sequence))
  const keyInfo = members.take(tags.sequence).raw
  const list = members.rest().find(({ tag }) => tag === 0xa3)
  const extensions = list
    ? readExtensions(readDer(list.content, tags.sequence))
    : { isAuthority: false, strange: false }
  return {
    der,
    tbs: tbs.raw,
    serial,
    issuer,
    subject,
    validFrom,
    validTo,
    keyInfo,
    algorithm,
    signature,
    ...extensions,
  }
}

type Extensions = Pick<
  Certificate,
  'isAuthority' | 'keyUsage' | 'purposes' | 'authorityKeyId' | 'subjectKeyId' | 'strange'
>

function readExtensions(list: Der): Extensions {
  const found: { -readonly [Name in keyof Extensions]: Extensions[Name] } = { isAuthority: false, strange: false }
  const seen = new Set<string>()
  for (const entry of readDers(list.content, 64)) {
    const members = membersOf(entry)
    const id = oidOf(members.take(tags.oid))
    if (seen.has(id)) throw unreadable('extension-twice')
    seen.add(id)
    const flag = members.maybe(tags.boolean)
    const critical = flag !== undefined && flag.content[0] !== 0
    const content = octetsOf(members.take(tags.octets))
    if (critical && !understood.has(id)) found.strange = true
    if (id === '2.5.29.14') found.subjectKeyId = hexOf(readDer(content, tags.octets).content)
    else if (id === '2.5.29.15') found.keyUsage = bitsOf(readDer(content, tags.bits), 7)[0] ?? 0
    else if (id === '2.5.29.19')
      found.isAuthority = membersOf(readDer(content, tags.sequence)).maybe(tags.boolean)?.content[0] === 0xff
    else if (id === '2.5.29.35') {
      const keyId = membersOf(readDer(content, tags.sequence)).maybe(0x80)
      if (keyId) found.authorityKeyId = hexOf(keyId.content)
    } else if (id === '2.5.29.37') {
      found.purposes = { critical, oids: readDers(readDer(content, tags.sequence).content, 64).map(oidOf) }
    }
  }
  return found
}

/** Serial numbers are only compared: some authorities wrote negative ones. */
export function serialOf(value: Der): string {
  if (value.tag !== tags.integer || value.content.length === 0 || value.content.length > 64) throw unreadable('serial')
  return hexOf(value.content).replace(/^0+(?=.)/u, '')
}

const keys = new WeakMap<Certificate, { key: PublicKey | undefined }>()

/** Undefined when this program does not verify with such a key. */
export function publicKeyOf(certificate: Certificate): PublicKey | undefined {
  let found = keys.get(certificate)
  if (!found) {
    try {
      found = { key: readPublicKey(certificate.keyInfo) }
    } catch {
      found = { key: undefined }
    }
    keys.set(certificate, found)
  }
  return found.key
}

/** Whether `issuer`'s key made the signature. Names, dates and rights are not looked at. */
export function checkSignedBy(
  issuer: Certificate,
  { tbs, algorithm, signature }: Pick<Certificate, 'tbs' | 'algorithm' | 'signature'>,
): ReturnType<typeof checkSignature> {
  return checkWith(issuer, { algorithm, data: tbs, signature })
}

export function checkWith(certificate: Certificate, signed: Omit<Signed, 'key'>): ReturnType<typeof checkSignature> {
  const key = publicKeyOf(certificate)
  if (!key) return 'unsupported'
  try {
    return checkSignature({ key, ...signed })
  } catch {
    return 'unsupported'
  }
}

/** CA and allowed to sign certificates. */
export function mayIssue({ isAuthority, keyUsage, strange }: Certificate): boolean {
  return isAuthority && !strange && (keyUsage === undefined || (keyUsage & keyUsages.keyCertSign) !== 0)
}

export function factsOf({ der, subject, issuer, serial, validFrom, validTo }: Certificate): CertificateFacts {
  return {
    subject: subject.text,
    issuer: issuer.text,
    country: subject.country,
    serial,
    validFrom: validFrom.toISOString(),
    validTo: validTo.toISOString(),
    fingerprint: fingerprintOf(der),
  }
}

export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}
