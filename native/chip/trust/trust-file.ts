import { AppError } from '#domain/failure/index.ts'
import type {
  MasterListFacts,
  TrustAnchors,
  TrustCertificate,
  TrustFileReading,
  TrustList,
} from '#native/capability/trust.ts'
import { checkSignedBy, factsOf, fingerprintOf, readCertificate, type Certificate } from './certificate.ts'
import { openAnchors, selfNamed } from './chain.ts'
import { readSignedData } from './cms.ts'
import { readCrl } from './crl.ts'
import { membersOf, readDer, tags, unreadable } from './der.ts'
import { looksLikeLdif, readLdif } from './ldif.ts'
import { listedIn, masterListOid, mostListed, signerOfList } from './master-list.ts'

/** The whole directory of ICAO is about half of this. */
export const largestTrustFile = 64 * 1024 * 1024
const mostRejected = 1000
const mostPieces = 100_000
const mostSelfChecks = 50

type Kind = 'certificate' | 'crl' | 'cms'

const pemKinds: Readonly<Record<string, Kind>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'X509 CRL': 'crl',
  CMS: 'cms',
  PKCS7: 'cms',
}
const ldifKinds: Readonly<Record<string, Kind>> = {
  usercertificate: 'certificate',
  cacertificate: 'certificate',
  certificaterevocationlist: 'crl',
  authorityrevocationlist: 'crl',
  pkdmasterlistcontent: 'cms',
}

/**
 * A file that a technician was given: certificates and revocation lists (DER, PEM), a master list (ICAO 9303-12 8) or an
 * extract of ICAO's directory (LDIF). A master list whose own signature does not hold is rejected whole; `anchors` are
 * the authorities trusted until now, by which the signers of lists are known or not.
 * Throws CERTIFICATE_UNREADABLE when nothing in the file can be used, with the reason of the first piece.
 */
export function parseTrustFile(
  bytes: Uint8Array,
  known: { readonly anchors?: TrustAnchors; readonly at?: Date } = {},
): TrustFileReading {
  if (bytes.length > largestTrustFile) throw unreadable('size')
  const at = known.at ?? new Date()
  const certificates = new Map<string, TrustCertificate>()
  const crls = new Map<string, TrustList>()
  const masterLists: MasterListFacts[] = []
  const rejected: { what: string; reason: string }[] = []
  let selfChecksLeft = mostSelfChecks
  const counts = { certificate: 0, crl: 0, cms: 0, listed: 0 }

  function trying(what: string, act: () => void): void {
    try {
      act()
    } catch (error) {
      const reason = error instanceof AppError ? String(error.context.what ?? error.code) : 'unreadable'
      if (rejected.length < mostRejected) rejected.push({ what, reason })
    }
  }

  function addCertificate(der: Uint8Array): void {
    if (certificates.size >= mostListed) throw unreadable('too-many')
    const certificate = readCertificate(der)
    const facts = factsOf(certificate)
    const role = roleOf(certificate)
    // Told now rather than never used later. A long list is not checked: its signer answers for it.
    if (role === 'root' && selfChecksLeft-- > 0) {
      const result = checkSignedBy(certificate, certificate)
      if (result !== 'holds') throw unreadable(result === 'differs' ? 'self-signature' : 'algorithm')
    }
    certificates.set(facts.fingerprint, { ...facts, role, der: Uint8Array.from(der) })
  }

  function addCrl(der: Uint8Array): void {
    const { issuer, issued, next, revoked } = readCrl(der)
    const fingerprint = fingerprintOf(der)
    const facts = {
      issuer: issuer.text,
      country: issuer.country,
      issued: issued.toISOString(),
      revoked: revoked.size,
      fingerprint,
    }
    crls.set(fingerprint, { ...facts, ...(next && { next: next.toISOString() }), der: Uint8Array.from(der) })
  }

  function addCms(der: Uint8Array): void {
    const signed = readSignedData(der)
    // Without signers: a bag of certificates (.p7b).
    if (signed.signers.length === 0 && signed.certificates.length > 0) {
      for (const certificate of signed.certificates) add('certificate', certificate)
      return
    }
    if (signed.contentType !== masterListOid) throw unreadable('not-a-master-list')
    const listed = listedIn(signed)
    const by = signerOfList(signed, openAnchors(known.anchors ?? { certificates: [], crls: [] }), at)
    if ('failed' in by) throw unreadable(by.failed)
    masterLists.push({ signer: factsOf(by.signer), signerKnown: by.known, certificates: listed.length })
    for (const certificate of listed)
      trying(`master list ${counts.cms}, certificate ${++counts.listed}`, () => addCertificate(certificate))
  }

  function add(kind: Kind, der: Uint8Array): void {
    const what = `${kind === 'cms' ? 'master list' : kind} ${++counts[kind]}`
    if (counts[kind] > mostPieces) throw unreadable('too-many')
    trying(what, () => (kind === 'certificate' ? addCertificate(der) : kind === 'crl' ? addCrl(der) : addCms(der)))
  }

  const form = formOf(bytes)
  if (form.name === 'ldif') {
    for (const { attribute, bytes: value } of readLdif(form.text)) {
      const kind = ldifKinds[attribute]
      if (kind && value) add(kind, value)
      else if (kind)
        trying(`${attribute} of the directory`, () => {
          throw unreadable('base64')
        })
    }
  } else {
    for (const { kind, der } of form.name === 'pem' ? piecesOfPem(form.text) : [{ kind: kindOfDer(bytes), der: bytes }])
      add(kind, der)
  }

  if (certificates.size === 0 && crls.size === 0) {
    const first = rejected[0]
    throw new AppError('CERTIFICATE_UNREADABLE', 'trust.import', {
      context: { what: first?.reason ?? 'nothing-in-it' },
    })
  }
  const from =
    form.name === 'ldif' ? 'ldif' : counts.listed > 0 ? 'master-list' : certificates.size > 0 ? 'certificate' : 'crl'
  return { from, certificates: [...certificates.values()], crls: [...crls.values()], masterLists, rejected }
}

/** A new key of an authority may keep its name: then the key identifiers tell a link from a root. */
function roleOf(certificate: Certificate): TrustCertificate['role'] {
  const { isAuthority, authorityKeyId, subjectKeyId } = certificate
  if (!isAuthority) return 'signer'
  const ownKey = authorityKeyId === undefined || subjectKeyId === undefined || authorityKeyId === subjectKeyId
  return selfNamed(certificate) && ownKey ? 'root' : 'link'
}

type Form = { readonly name: 'der' } | { readonly name: 'pem' | 'ldif'; readonly text: string }

function formOf(bytes: Uint8Array): Form {
  if (bytes[0] === 0x30) return { name: 'der' }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/^\u00EF\u00BB\u00BF/u, '')
  if (looksLikeLdif(text)) return { name: 'ldif', text }
  if (text.includes('-----BEGIN ')) return { name: 'pem', text }
  throw unreadable('form')
}

function* piecesOfPem(text: string): Generator<{ kind: Kind; der: Uint8Array }> {
  for (const [, label = '', body = ''] of text.matchAll(
    /-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----/gu,
  )) {
    const kind = pemKinds[label]
    if (kind) yield { kind, der: Buffer.from(body, 'base64') }
  }
}

/** CMS begins with an OID. A certificate's version, or its serial number, then two sequences; a list has none of the kind. */
function kindOfDer(bytes: Uint8Array): Kind {
  const first = membersOf(readDer(bytes, tags.sequence)).take()
  if (first.tag === tags.oid) return 'cms'
  const members = membersOf(first)
  if (members.maybe(0xa0)) return 'certificate'
  members.maybe(tags.integer)
  members.take(tags.sequence)
  members.take(tags.sequence)
  // Now the validity of a certificate, the time of a list.
  return members.maybe(tags.sequence) ? 'certificate' : 'crl'
}
