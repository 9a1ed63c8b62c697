import { createHash } from 'node:crypto'
import { checkWith, serialOf, type Certificate } from './certificate.ts'
import {
  hexOf,
  membersOf,
  octetsOf,
  oidOf,
  readDer,
  readDers,
  sameBytes,
  smallOf,
  tags,
  timeOf,
  unreadable,
  type Der,
} from './der.ts'
import { readName } from './name.ts'
import { hashOf } from './signature.ts'

/** CMS SignedData (RFC 5652 5.1) with its content inside; a bag of certificates has none, which is empty here. */
export type SignedData = {
  readonly contentType: string
  readonly content: Uint8Array
  /** DER, in the order of the file, not read yet. */
  readonly certificates: readonly Uint8Array[]
  readonly signers: readonly SignerInfo[]
}

export type SignerInfo = {
  readonly names: (certificate: Certificate) => boolean
  readonly digestAlgorithm: Der
  /** As they stand in the file, `[0]`. */
  readonly attributes?: Der
  readonly algorithm: Der
  readonly signature: Uint8Array
}

const ids = {
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
}
const versions = [1, 3, 4, 5]
const mostSigners = 8
const mostCertificates = 64

/** ContentInfo around SignedData. Throws CERTIFICATE_UNREADABLE. */
export function readSignedData(bytes: Uint8Array): SignedData {
  const info = membersOf(readDer(bytes, tags.sequence))
  if (oidOf(info.take(tags.oid)) !== ids.signedData) throw unreadable('not-signed-data')
  const members = membersOf(readDer(info.take(0xa0).content, tags.sequence))
  if (!versions.includes(smallOf(members.take(tags.integer)))) throw unreadable('version')
  const digests = readDers(members.take(tags.set).content, mostSigners).map(hashOf)
  const encapsulated = membersOf(members.take(tags.sequence))
  const contentType = oidOf(encapsulated.take(tags.oid))
  const inside = encapsulated.maybe(0xa0)
  const content = inside ? octetsOf(readDer(inside.content)) : new Uint8Array()
  const certificates = members.maybe(0xa0)
  members.maybe(0xa1)
  const signers = readDers(members.take(tags.set).content, mostSigners).map(readSigner)
  members.end()
  info.end()
  // RFC 5652 5.1: the list should hold every digest that is used.
  if (!signers.every(({ digestAlgorithm }) => digests.includes(hashOf(digestAlgorithm)))) throw unreadable('digests')
  return {
    contentType,
    content,
    // Choices other than X.509 are of no use here.
    certificates: certificates
      ? readDers(certificates.content, mostCertificates).flatMap(({ tag, raw }) => (tag === tags.sequence ? [raw] : []))
      : [],
    signers,
  }
}

function readSigner(value: Der): SignerInfo {
  const members = membersOf(value)
  if (![1, 3].includes(smallOf(members.take(tags.integer)))) throw unreadable('version')
  const who = members.take(tags.sequence, 0x80, 0xa0)
  const digestAlgorithm = members.take(tags.sequence)
  const attributes = members.maybe(0xa0)
  const algorithm = members.take(tags.sequence)
  const signature = octetsOf(members.take(tags.octets))
  members.maybe(0xa1)
  members.end()
  return { names: naming(who), digestAlgorithm, ...(attributes && { attributes }), algorithm, signature }
}

function naming(who: Der): SignerInfo['names'] {
  if (who.tag !== tags.sequence) {
    const keyId = hexOf(who.tag === 0x80 ? who.content : octetsOf(readDer(who.content)))
    return ({ subjectKeyId }) => subjectKeyId === keyId
  }
  const members = membersOf(who)
  const issuer = readName(members.take(tags.sequence)).key
  const number = serialOf(members.take(tags.integer))
  return (certificate) => certificate.serial === number && certificate.issuer.key === issuer
}

export type SignerCheck =
  | { readonly holds: true; readonly signingTime?: Date }
  | { readonly holds: false; readonly check: 'signed-attributes' | 'content-digest' | 'algorithm' | 'signature' }

/**
 * Whether the certificate's key signed the content (RFC 5652 5.4, 5.6). Signed attributes are wanted: content of a type
 * of its own must have them (5.3), and without them attributes could be passed off as content.
 */
export function checkSigner(
  { content, contentType }: SignedData,
  signer: SignerInfo,
  certificate: Certificate,
): SignerCheck {
  const fails = (check: (SignerCheck & { holds: false })['check']) => ({ holds: false, check }) as const
  const hash = hashOf(signer.digestAlgorithm)
  if (!hash) return fails('algorithm')
  const attributes = signer.attributes && readAttributes(signer.attributes)
  const digest = attributes?.get(ids.messageDigest)
  const type = attributes?.get(ids.contentType)
  if (!signer.attributes || digest?.tag !== tags.octets || !type || oidOf(type) !== contentType)
    return fails('signed-attributes')
  if (!sameBytes(digest.content, createHash(hash).update(content).digest())) return fails('content-digest')
  // Sent as [0], signed as a SET.
  const data = Buffer.from(signer.attributes.raw)
  data[0] = tags.set
  const result = checkWith(certificate, { algorithm: signer.algorithm, hash, data, signature: signer.signature })
  if (result !== 'holds') return fails(result === 'differs' ? 'signature' : 'algorithm')
  const time = attributes?.get(ids.signingTime)
  return { holds: true, ...(time && { signingTime: timeOf(time) }) }
}

/** Attributes by type, each with its one value; undefined when one is there twice or has not one value. */
function readAttributes(list: Der): ReadonlyMap<string, Der> | undefined {
  const found = new Map<string, Der>()
  for (const entry of readDers(list.content, 64)) {
    const members = membersOf(entry)
    const type = oidOf(members.take(tags.oid))
    const [value, ...more] = readDers(members.take(tags.set).content, 64)
    if (!value || found.has(type)) return undefined
    if (more.length === 0) found.set(type, value)
    else if (type === ids.contentType || type === ids.messageDigest || type === ids.signingTime) return undefined
  }
  return found
}
