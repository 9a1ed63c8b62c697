import type { TrustCheck } from '#domain/enrolment/trust-checks.ts'
import type { ChipTrust } from './card-reader.ts'

/** What the station trusts, DER: CSCA and link certificates (others serve no purpose here) and revocation lists. */
export type TrustAnchors = { readonly certificates: readonly Uint8Array[]; readonly crls: readonly Uint8Array[] }

export type CertificateFacts = {
  /** `C=VN, O=…, CN=…`, most general part first. */
  readonly subject: string
  readonly issuer: string
  /** Two letters, upper case; empty when the subject names none. */
  readonly country: string
  /** Hexadecimal without leading zeros. */
  readonly serial: string
  /** ISO 8601 */
  readonly validFrom: string
  readonly validTo: string
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string
}

/** What passive authentication found (ICAO 9303-11 5.1). */
export type TrustVerdict = {
  readonly trust: ChipTrust
  /** The check that did not pass; absent when verified. */
  readonly check?: TrustCheck
  /** The data group that differs, for `group-hash`. */
  readonly group?: string
  readonly signer?: CertificateFacts
  /** The self-signed authority at which the chain ended. */
  readonly anchor?: CertificateFacts
  /** The time for which validity was judged, ISO 8601, and how it is known. */
  readonly signedAt?: { readonly at: string; readonly from: 'signing-time' | 'date-of-issue' | 'now' }
}

/** `root` names itself as its issuer, `link` is an authority under another name or key, `signer` neither: no anchor can come of it. */
export type TrustCertificate = CertificateFacts & {
  readonly role: 'root' | 'link' | 'signer'
  readonly der: Uint8Array
}

export type TrustList = CertificateFactsOfCrl & { readonly der: Uint8Array }

type CertificateFactsOfCrl = {
  readonly issuer: string
  readonly country: string
  /** ISO 8601 */
  readonly issued: string
  readonly next?: string
  readonly revoked: number
  /** SHA-256 of the list, hexadecimal. */
  readonly fingerprint: string
}

/** A master list inside a file; its own signature holds, or its certificates would have been rejected. */
export type MasterListFacts = {
  readonly signer: CertificateFacts
  /** The signer's chain ends at an authority that was trusted before this file. */
  readonly signerKnown: boolean
  readonly certificates: number
}

export type TrustFileReading = {
  readonly from: 'certificate' | 'master-list' | 'ldif' | 'crl'
  readonly certificates: readonly TrustCertificate[]
  readonly crls: readonly TrustList[]
  readonly masterLists: readonly MasterListFacts[]
  /** `what` is a position in the file such as `certificate 3`. */
  readonly rejected: readonly { readonly what: string; readonly reason: string }[]
}
