import type { TrustCheck } from '#domain/enrolment/trust-checks.ts'
import type { Certificate } from './certificate.ts'
import { chainFrom, isRevoked, type Anchors } from './chain.ts'

export type Standing =
  | { readonly stands: true; readonly anchor: Certificate }
  | {
      readonly stands: false
      readonly trust: 'no-trust-anchor' | 'expired-or-revoked' | 'failed'
      readonly check: TrustCheck
      readonly anchor?: Certificate
    }

/** Whether a signer's certificate leads to an imported authority, was valid when it signed and is not revoked. */
export function standingOf(
  signer: Certificate,
  anchors: Anchors,
  times: { readonly signedAt: Date; readonly now: Date },
): Standing {
  const { chain, failed } = chainFrom(signer, anchors)
  if (failed) return { stands: false, trust: 'failed', check: failed }
  const anchor = chain?.at(-1)
  if (!chain || !anchor) return { stands: false, trust: 'no-trust-anchor', check: 'anchor' }
  const check = revokedOrExpired(signer, chain, anchors, times)
  // Out of patience: a revocation may have been missed.
  if (anchors.checksLeft <= 0) return { stands: false, trust: 'no-trust-anchor', check: 'anchor' }
  return check ? { stands: false, trust: 'expired-or-revoked', check, anchor } : { stands: true, anchor }
}

/**
 * The signer must have been valid when it signed, the links as well, and the anchor must be valid today: an authority
 * past its end publishes no lists of revoked certificates any more.
 */
function revokedOrExpired(
  signer: Certificate,
  chain: readonly Certificate[],
  anchors: Anchors,
  { signedAt, now }: { readonly signedAt: Date; readonly now: Date },
): TrustCheck | undefined {
  if (isRevoked(signer, anchors)) return 'signer-revoked'
  if (chain.some((authority) => isRevoked(authority, anchors))) return 'anchor-revoked'
  if (signedAt < signer.validFrom || signedAt > signer.validTo) return 'signer-validity'
  const last = chain.length - 1
  const valid = chain.every(
    ({ validFrom, validTo }, index) => validFrom <= now && (index === last ? now : signedAt) <= validTo,
  )
  return valid ? undefined : 'anchor-validity'
}
