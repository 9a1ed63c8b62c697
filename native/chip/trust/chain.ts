import type { TrustCheck } from '#domain/enrolment/trust-checks.ts'
import type { TrustAnchors } from '#native/capability/trust.ts'
import { checkSignedBy, keyUsages, mayIssue, readCertificate, type Certificate } from './certificate.ts'
import { readCrl, type Crl } from './crl.ts'

/** Links between two generations of an authority's keys; nobody has changed keys that often. */
const longestChain = 8
/** Signatures checked for one judgement, whatever was imported. */
const mostChecks = 64
const mostCertificates = 20_000

/** The station's anchors, read. Use one for one judgement: it counts its work. */
export type Anchors = {
  readonly all: readonly Certificate[]
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>
  readonly crls: readonly Crl[]
  checksLeft: number
}

/** What cannot be read is no anchor. */
export function openAnchors({ certificates, crls }: TrustAnchors): Anchors {
  const all = certificates.slice(0, mostCertificates).flatMap((der) => attempt(() => readCertificate(der)))
  return {
    all,
    bySubject: Map.groupBy(all, ({ subject }) => subject.key),
    crls: crls.flatMap((der) => attempt(() => readCrl(der))),
    checksLeft: mostChecks,
  }
}

function attempt<T>(read: () => T): readonly T[] {
  try {
    return [read()]
  } catch {
    return []
  }
}

/**
 * From the issuer of a certificate to a self-signed authority, all of them imported. Lengths in basicConstraints are not
 * counted: ICAO 9303-12 gives 0 to link certificates as well. `failed` tells of an authority whose name and key identifier
 * the certificate gives and whose key did not sign it.
 */
export function chainFrom(
  certificate: Certificate,
  anchors: Anchors,
): { readonly chain?: readonly Certificate[]; readonly failed?: TrustCheck } {
  let failed: TrustCheck | undefined
  for (const issuer of issuersOf(certificate, anchors)) {
    const result = signedBy(issuer, certificate, anchors)
    const meant = certificate.authorityKeyId !== undefined && certificate.authorityKeyId === issuer.subjectKeyId
    if (result !== 'holds') {
      if (meant && anchors.checksLeft > 0) failed ??= result === 'differs' ? 'issuer-signature' : 'algorithm'
      continue
    }
    const chain = pathToRoot(issuer, anchors, new Set())
    if (chain) return { chain }
  }
  return failed ? { failed } : {}
}

/** `seen` bounds the search: what led nowhere once leads nowhere from elsewhere, and a loop ends. */
function pathToRoot(
  certificate: Certificate,
  anchors: Anchors,
  seen: Set<Certificate>,
): readonly Certificate[] | undefined {
  if (seen.has(certificate) || seen.size >= longestChain || !mayIssue(certificate)) return undefined
  seen.add(certificate)
  if (selfNamed(certificate) && signedBy(certificate, certificate, anchors) === 'holds') return [certificate]
  for (const issuer of issuersOf(certificate, anchors)) {
    if (issuer === certificate || signedBy(issuer, certificate, anchors) !== 'holds') continue
    const rest = pathToRoot(issuer, anchors, seen)
    if (rest) return [certificate, ...rest]
  }
  return undefined
}

/** Imported authorities that the certificate may mean, likeliest first. */
function issuersOf(
  { issuer, authorityKeyId }: Pick<Certificate, 'issuer' | 'authorityKeyId'>,
  { bySubject }: Anchors,
): readonly Certificate[] {
  return (bySubject.get(issuer.key) ?? [])
    .filter((each) => mayIssue(each) && keyMayBe(each, authorityKeyId))
    .toSorted(
      (one, other) =>
        Number(selfNamed(other)) - Number(selfNamed(one)) || other.validTo.getTime() - one.validTo.getTime(),
    )
}

function keyMayBe({ subjectKeyId }: Certificate, wanted: string | undefined): boolean {
  return wanted === undefined || subjectKeyId === undefined || wanted === subjectKeyId
}

export function selfNamed({ issuer, subject }: Certificate): boolean {
  return issuer.key === subject.key
}

function signedBy(
  issuer: Certificate,
  signed: Parameters<typeof checkSignedBy>[1],
  anchors: Anchors,
): ReturnType<typeof checkSignedBy> {
  if (anchors.checksLeft <= 0) return 'unsupported'
  anchors.checksLeft--
  return checkSignedBy(issuer, signed)
}

/** Whether an imported list, signed by a trusted authority of the certificate's issuer's name, revokes it. */
export function isRevoked(certificate: Certificate, anchors: Anchors): boolean {
  return anchors.crls.some((crl) => {
    if (crl.issuer.key !== certificate.issuer.key || !crl.revoked.has(certificate.serial)) return false
    // An authority lists its older generations' certificates under its newest key (ICAO 9303-12 7.1.4).
    return issuersOf(crl, anchors).some(
      (issuer) =>
        (issuer.keyUsage === undefined || (issuer.keyUsage & keyUsages.crlSign) !== 0) &&
        signedBy(issuer, crl, anchors) === 'holds' &&
        pathToRoot(issuer, anchors, new Set()) !== undefined,
    )
  })
}
