import { createHash } from 'node:crypto'
import { encodeTlv } from '#native/chip/tlv.ts'
import type { DocumentSigner } from './certificates.ts'
import { explicit, inOrder, integer, octets, oid, sequence, setOf, time } from './encode.ts'
import { hashOids, type HashName } from './keys.ts'

export type SignOptions = {
  /** Hash of the content and, in a security object, of the groups; SHA-256 when not given. */
  readonly hash?: HashName
  readonly signingTime?: Date
  /** False: the signer's certificate stays outside. */
  readonly withCertificate?: boolean
  readonly moreCertificates?: readonly Uint8Array[]
}

const ids = {
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  ldsSecurityObject: '2.23.136.1.1.1',
  masterList: '2.23.136.1.1.2',
}

/** EF.SOD over some groups (ICAO 9303-10 4.6.2). */
export function signSod(
  signer: DocumentSigner,
  groups: Readonly<Record<string, Uint8Array | undefined>>,
  options: SignOptions = {},
): Uint8Array {
  return encodeTlv(0x77, signContent(signer, ids.ldsSecurityObject, ldsSecurityObject(groups, options.hash), options))
}

/** LDSSecurityObject version 0: the hashes of `DG1` … in the order of their numbers. */
export function ldsSecurityObject(
  groups: Readonly<Record<string, Uint8Array | undefined>>,
  hash: HashName = 'sha256',
): Uint8Array {
  const listed = Object.entries(groups).flatMap(([name, file]) =>
    name.startsWith('DG') && file ? [{ number: Number(name.slice(2)), file }] : [],
  )
  const hashes = listed
    .toSorted((one, other) => one.number - other.number)
    .map(({ number, file }) => sequence(integer(number), octets(createHash(hash).update(file).digest())))
  return sequence(integer(0), sequence(oid(hashOids[hash])), sequence(...hashes))
}

/** A master list of authorities (ICAO 9303-12 8): CMS SignedData. */
export function signMasterList(
  signer: DocumentSigner,
  certificates: readonly Uint8Array[],
  options: SignOptions = {},
): Uint8Array {
  return signContent(signer, ids.masterList, sequence(integer(0), setOf(...certificates)), options)
}

export function signContent(
  signer: DocumentSigner,
  type: string,
  content: Uint8Array,
  options: SignOptions = {},
): Uint8Array {
  const { hash = 'sha256', signingTime, withCertificate = true, moreCertificates = [] } = options
  const digestAlgorithm = sequence(oid(hashOids[hash]))
  const attribute = (id: string, value: Uint8Array) => sequence(oid(id), setOf(value))
  const attributes = inOrder([
    attribute(ids.contentType, oid(type)),
    attribute(ids.messageDigest, octets(createHash(hash).update(content).digest())),
    ...(signingTime ? [attribute(ids.signingTime, time(signingTime))] : []),
  ])
  // Signed as a SET, sent as [0] (RFC 5652 5.4).
  const { algorithm, signature } = signer.key.sign(encodeTlv(0x31, ...attributes), signer.scheme)
  const info = sequence(
    integer(1),
    sequence(signer.issuer, integer(signer.serial)),
    digestAlgorithm,
    explicit(0, ...attributes),
    algorithm,
    octets(signature),
  )
  const certificates = inOrder([...(withCertificate ? [signer.certificate] : []), ...moreCertificates])
  const signed = sequence(
    integer(3),
    setOf(digestAlgorithm),
    sequence(oid(type), explicit(0, octets(content))),
    ...(certificates.length > 0 ? [explicit(0, ...certificates)] : []),
    setOf(info),
  )
  return sequence(oid(ids.signedData), explicit(0, signed))
}
