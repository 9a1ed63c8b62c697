import { X509Certificate, type KeyObject } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { decodeProtectedHeader } from 'jose/decode/protected_header'
import { compactVerify } from 'jose/jws/compact/verify'

/** Why an answer is not believed (context.reason of DEVICE_UNTRUSTED). */
export type UntrustedReason =
  | 'no-anchor'
  | 'signature'
  | 'certificate-unknown'
  | 'certificate-expired'
  | 'transaction'
  | 'hash'
  | 'device'

export type Signed = { readonly payload: Uint8Array; readonly signer: X509Certificate }

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const mostCertificates = 6
const leastRsaBits = 2048
const mostAnchors = 100

export function untrusted(reason: UntrustedReason, step: string): AppError {
  return new AppError('DEVICE_UNTRUSTED', step, { context: { reason } })
}

/** Certificates from PEM text. CERTIFICATE_UNREADABLE when one of them is none. */
export function readAnchors(pem: string | undefined): readonly X509Certificate[] {
  const blocks = pem?.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/gu) ?? []
  try {
    return blocks.slice(0, mostAnchors).map((block) => new X509Certificate(block))
  } catch (cause) {
    throw new AppError('CERTIFICATE_UNREADABLE', 'sbi.anchors', { cause })
  }
}

/**
 * The payload of a compact JWS (RFC 7515) whose certificate, first of `x5c`, leads to an anchor at that time. An anchor
 * is trusted as it is: it may be the maker's certificate, the authority's above it, or the device's own.
 * DEVICE_UNTRUSTED with the reason otherwise.
 */
export async function openSigned(
  jws: string,
  anchors: readonly X509Certificate[],
  at: Date,
  step: string,
): Promise<Signed> {
  if (anchors.length === 0) throw untrusted('no-anchor', step)
  const chain = readChain(jws, step)
  const [signer] = chain
  if (!signer) throw untrusted('signature', step)
  let payload: Uint8Array
  try {
    payload = (await compactVerify(jws, signer.publicKey, { algorithms })).payload
  } catch {
    throw untrusted('signature', step)
  }
  const path = pathToAnchor(chain, anchors)
  if (!path) throw untrusted('certificate-unknown', step)
  if (path.some(({ validFromDate, validToDate }) => at < validFromDate || at > validToDate))
    throw untrusted('certificate-expired', step)
  return { payload, signer }
}

function readChain(jws: string, step: string): X509Certificate[] {
  try {
    const { x5c } = decodeProtectedHeader(jws) as { x5c?: unknown }
    // Services in the field send the one certificate as bare text too.
    const listed: readonly unknown[] = Array.isArray(x5c) ? x5c : [x5c]
    return listed.slice(0, mostCertificates).map((one) => {
      if (typeof one !== 'string') throw new TypeError('no certificate')
      return new X509Certificate(Buffer.from(one, 'base64'))
    })
  } catch {
    throw untrusted('signature', step)
  }
}

/** From the signer to an anchor, both included; each issued by the next one, which must be an authority. */
function pathToAnchor(
  chain: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
): readonly X509Certificate[] | undefined {
  const path: X509Certificate[] = []
  let current = chain[0]
  while (current && path.length < mostCertificates) {
    const last = current
    if (isWeak(last.publicKey)) return undefined
    path.push(last)
    if (anchors.some(({ fingerprint256 }) => fingerprint256 === last.fingerprint256)) return path
    const anchor = anchors.find((one) => isIssuedBy(last, one))
    if (anchor) return isWeak(anchor.publicKey) ? undefined : [...path, anchor]
    current = chain.find((one) => !path.includes(one) && isIssuedBy(last, one))
  }
  return undefined
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

function isWeak({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  const rsa = asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss'
  return rsa && (asymmetricKeyDetails?.modulusLength ?? 0) < leastRsaBits
}
