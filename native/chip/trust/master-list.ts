import type { TrustCheck } from '#domain/enrolment/trust-checks.ts'
import { readCertificate, type Certificate } from './certificate.ts'
import { checkSigner, type SignedData } from './cms.ts'
import { membersOf, readDer, readDers, tags, unreadable } from './der.ts'
import { standingOf } from './standing.ts'
import type { Anchors } from './chain.ts'

export const masterListOid = '2.23.136.1.1.2'
const masterListSigning = '2.23.136.1.1.3'
export const mostListed = 20_000

/** CscaMasterList (ICAO 9303-12 8.2): its certificates, not read yet. Throws CERTIFICATE_UNREADABLE. */
export function listedIn({ content }: SignedData): readonly Uint8Array[] {
  const members = membersOf(readDer(content, tags.sequence))
  members.take(tags.integer)
  return readDers(members.take(tags.set).content, mostListed).map(({ raw }) => raw)
}

/** Who signed a master list. The failed check when the signature does not hold; an unknown signer is no failure. */
export function signerOfList(
  signed: SignedData,
  anchors: Anchors,
  at: Date,
): { readonly signer: Certificate; readonly known: boolean } | { readonly failed: TrustCheck } {
  const [info, ...more] = signed.signers
  if (!info || more.length > 0) throw unreadable('signers')
  const signer = signed.certificates.flatMap((der) => {
    try {
      return [readCertificate(der)].filter(info.names)
    } catch {
      return []
    }
  })[0]
  if (!signer) return { failed: 'signer-certificate' }
  const result = checkSigner(signed, info, signer)
  if (!result.holds) return { failed: result.check }
  const forLists = signer.purposes?.oids.includes(masterListSigning) === true && !signer.isAuthority && !signer.strange
  const signedAt = result.signingTime && result.signingTime <= at ? result.signingTime : at
  return { signer, known: forLists && standingOf(signer, anchors, { signedAt, now: at }).stands }
}
