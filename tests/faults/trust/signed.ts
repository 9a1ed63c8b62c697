import { expect } from 'vitest'
import { isFailureCode, AppError } from '#domain/failure/index.ts'
import type { TrustAnchors, TrustVerdict } from '#native/capability/trust.ts'
import { judgeSod } from '#native/chip/trust/index.ts'
import { encodeTlv } from '#native/chip/tlv.ts'
import { issueSigner, makeAuthority, signSod } from '#native/sim/chip/issuer/index.ts'

export const at = new Date('2026-11-21T00:00:00Z')
export const groups = {
  DG1: encodeTlv(0x61, encodeTlv(0x5f1f, Buffer.from('IDVNM invented'))),
  DG13: encodeTlv(0x6d, Buffer.from('Quàng Văn Mẫu')),
}
export const kind = { type: 'ec', curve: 'P-256' } as const
export const csca = makeAuthority({ seed: 'faults', kind })
export const signer = issueSigner(csca, { seed: 'faults', kind })
export const sod = signSod(signer, groups)
export const trusting = (...certificates: readonly Uint8Array[]): TrustAnchors => ({ certificates, crls: [] })
export const judge = (object: Uint8Array, anchors = trusting(csca.certificate)) =>
  judgeSod({ sod: object, groups, anchors, at })
export const outcomes: readonly TrustVerdict['trust'][] = [
  'verified',
  'no-trust-anchor',
  'expired-or-revoked',
  'failed',
]

/** The verdict or the code; anything else that is thrown is a crash. */
export function codeOf(act: () => unknown): string {
  try {
    act()
    return 'read'
  } catch (error) {
    if (!(error instanceof AppError) || !isFailureCode(error.code)) throw error
    return error.code
  }
}

export function within<T>(milliseconds: number, act: () => T): T {
  const started = performance.now()
  const result = act()
  expect(performance.now() - started).toBeLessThan(milliseconds)
  return result
}
