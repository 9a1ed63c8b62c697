import type { TrustCheck } from '#domain/enrolment/trust-checks.ts'
import type { TrustAnchors, TrustVerdict } from '#native/capability/trust.ts'
import { readOne } from '../tlv.ts'
import { factsOf, keyUsages, readCertificate, type Certificate } from './certificate.ts'
import { openAnchors, type Anchors } from './chain.ts'
import { checkSigner, type SignerCheck } from './cms.ts'
import { hashHolds, readSecurityObject, type SecurityObject } from './security-object.ts'
import { standingOf } from './standing.ts'

export type SodRequest = {
  /** EF.SOD as read. */
  readonly sod: Uint8Array
  /** Data groups as read, `DG1` …; other names are not looked at. */
  readonly groups: Readonly<Record<string, Uint8Array | undefined>>
  readonly anchors: TrustAnchors
  /** Now */
  readonly at: Date
  /** The card's date of issue, for signers that did not write the time into the signature. */
  readonly issued?: Date
}

/** Three-letter states of documents whose signers' country is known to be this one (ICAO 9303-3 5, ISO 3166-1). */
const countries: Readonly<Record<string, string>> = { VNM: 'VN' }
const anyPurpose = '2.5.29.37.0'

/**
 * Passive authentication (ICAO 9303-11 5.1). Never throws: what cannot be read is `failed`. What contradicts itself is
 * `failed` with or without anchors; `verified` only with a chain to one of them.
 */
export function judgeSod(request: SodRequest): TrustVerdict {
  try {
    return judge(request)
  } catch {
    return { trust: 'failed', check: 'security-object' }
  }
}

function judge({ sod, groups, anchors: given, at, issued }: SodRequest): TrustVerdict {
  const object = readSecurityObject(sod)
  const anchors = openAnchors(given)
  const found = findSigner(object, anchors)
  if (found?.result.holds === false) return failed(found.result.check, found.signer)
  const wrong = wrongGroup(object, groups)
  if (wrong !== undefined) return { ...failed('group-hash', found?.signer), group: wrong }
  if (!found) {
    // With a certificate in it that is not its signer's, the object contradicts itself.
    return { trust: object.signed.certificates.length > 0 ? 'failed' : 'no-trust-anchor', check: 'signer-certificate' }
  }
  const { signer, result } = found
  if (!maySignDocuments(signer)) return failed('signer-usage', signer)

  const signedAt = timeOfSigning(result.signingTime, issued, at)
  const standing = standingOf(signer, anchors, { signedAt: signedAt.at, now: at })
  const { anchor } = standing
  const facts = {
    signer: factsOf(signer),
    ...(anchor && { anchor: factsOf(anchor), signedAt: { at: signedAt.at.toISOString(), from: signedAt.from } }),
  }
  if (anchor && !countriesAgree(signer, anchor, groups.DG1))
    return { trust: 'failed', check: 'signer-country', ...facts }
  return standing.stands ? { trust: 'verified', ...facts } : { trust: standing.trust, check: standing.check, ...facts }
}

function failed(check: TrustCheck, signer: Certificate | undefined): TrustVerdict {
  return { trust: 'failed', check, ...(signer && { signer: factsOf(signer) }) }
}

/** The certificate that the one SignerInfo names, from the object or from the imported ones, and whether it signed. */
function findSigner(
  { signed }: SecurityObject,
  anchors: Anchors,
): { signer: Certificate; result: SignerCheck } | undefined {
  const [info, ...more] = signed.signers
  if (!info || more.length > 0) throw new RangeError('signers')
  const inside = signed.certificates.flatMap((der) => {
    try {
      return [readCertificate(der)]
    } catch {
      return []
    }
  })
  const named = [...inside, ...(signed.certificates.length === 0 ? anchors.all : [])].filter(info.names).slice(0, 4)
  const results = named.map((signer) => ({ signer, result: checkSigner(signed, info, signer) }))
  return results.find(({ result }) => result.holds) ?? results[0]
}

/** The name of the first group that is not as listed. A reading without groups proves nothing. */
function wrongGroup(object: SecurityObject, groups: SodRequest['groups']): string | undefined {
  const read = Object.entries(groups).filter(([name, file]) => /^DG\d{1,2}$/u.test(name) && file !== undefined)
  if (read.length === 0) return 'DG1'
  return read.find(([name, file]) => file && !hashHolds(object, Number(name.slice(2)), file))?.[0]
}

/** ICAO 9303-12 7.1.1: no authority, for signatures, for no other purpose (signers of master lists have one). */
function maySignDocuments({ isAuthority, keyUsage, purposes, strange }: Certificate): boolean {
  if (isAuthority || strange) return false
  if (keyUsage !== undefined && (keyUsage & keyUsages.digitalSignature) === 0) return false
  if (!purposes || purposes.oids.includes(anyPurpose)) return true
  return !purposes.critical && !purposes.oids.some((oid) => oid.startsWith('2.23.136.'))
}

/** A time of signing that is still to come is no time of signing. */
function timeOfSigning(signingTime: Date | undefined, issued: Date | undefined, now: Date) {
  if (signingTime && signingTime <= now) return { at: signingTime, from: 'signing-time' } as const
  if (issued && issued <= now) return { at: issued, from: 'date-of-issue' } as const
  return { at: now, from: 'now' } as const
}

function countriesAgree(signer: Certificate, anchor: Certificate, dg1: Uint8Array | undefined): boolean {
  const [own, authority] = [signer.subject.country, anchor.subject.country]
  if (own !== '' && authority !== '' && own !== authority) return false
  const wanted = dg1 && countries[stateOf(dg1)]
  return wanted === undefined || authority === '' || authority === wanted
}

/** The issuing state: three letters after the type of document, in each of the three sizes (ICAO 9303-3). */
function stateOf(dg1: Uint8Array): string {
  try {
    const zone = readOne(readOne(dg1, 0x61).value, 0x5f1f).value
    return Buffer.from(zone.subarray(2, 5)).toString('latin1')
  } catch {
    return ''
  }
}
