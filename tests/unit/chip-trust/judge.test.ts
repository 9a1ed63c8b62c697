import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TrustAnchors } from '#native/capability/trust.ts'
import { judgeSod } from '#native/chip/trust/index.ts'
import { concat, encodeTlv } from '#native/chip/tlv.ts'
import {
  extension,
  issueCrl,
  issueLink,
  issueMasterListSigner,
  issueSigner,
  keyUsage,
  makeAuthority,
  signContent,
  signSod,
  type CurveName,
  type HashName,
  type KeyKind,
  type Scheme,
} from '#native/sim/chip/issuer/index.ts'
import { dg1, groups, now, signingTime } from './groups.ts'

const ec = (curve: CurveName, explicit = false): KeyKind => ({ type: 'ec', curve, explicit })
const rsa: KeyKind = { type: 'rsa', bits: 2048 }
const csca = makeAuthority({ seed: 'csca', kind: ec('P-256') })
const signer = issueSigner(csca, { seed: 'one', kind: ec('P-256') })
const sod = signSod(signer, groups, { signingTime })

const trusting = (...certificates: readonly Uint8Array[]): TrustAnchors => ({ certificates, crls: [] })
const none = trusting()
const judge = (
  object: Uint8Array,
  anchors: TrustAnchors = trusting(csca.certificate),
  read: Readonly<Record<string, Uint8Array>> = groups,
) => judgeSod({ sod: object, groups: read, anchors, at: now })

describe('a security object', () => {
  it('is verified by a chain to an imported authority, which is named with the signer', () => {
    expect(judge(sod)).toEqual({
      trust: 'verified',
      signer: expect.objectContaining({
        subject: 'C=VN, CN=invented document signer 2',
        serial: '2',
        validTo: '2041-01-01T00:00:00.000Z',
      }),
      anchor: expect.objectContaining({ subject: 'C=VN, CN=invented test CSCA', country: 'VN' }),
      signedAt: { at: signingTime.toISOString(), from: 'signing-time' },
    })
  })

  it('is never verified without an anchor', () => {
    expect(judge(sod, none)).toMatchObject({ trust: 'no-trust-anchor', check: 'anchor', signer: { serial: '2' } })
  })

  it('is never verified by an authority that it brings itself', () => {
    expect(judge(signSod(signer, groups, { moreCertificates: [csca.certificate] }), none)).toMatchObject({
      trust: 'no-trust-anchor',
    })
  })

  it('is padded in some chips, which does not matter', () => {
    expect(judge(concat(sod, new Uint8Array(40)))).toMatchObject({ trust: 'verified' })
  })

  const schemes: readonly (readonly [kind: KeyKind, scheme: Scheme])[] = [
    ...(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const).flatMap((hash: HashName): [KeyKind, Scheme][] => [
      [rsa, { hash }],
      [rsa, { hash, pss: true }],
      [ec('P-256'), { hash }],
    ]),
    ...(
      [
        'P-224',
        'P-384',
        'P-521',
        'brainpoolP224r1',
        'brainpoolP256r1',
        'brainpoolP320r1',
        'brainpoolP384r1',
        'brainpoolP512r1',
      ] as const
    ).flatMap((curve): [KeyKind, Scheme][] => [
      [ec(curve), { hash: 'sha256' }],
      [ec(curve, true), { hash: 'sha512' }],
    ]),
    [ec('P-256', true), { hash: 'sha256' }],
  ]

  it.each(schemes)(
    'signed with %j, %j is verified, and failed when one bit of the signature is another',
    (kind, scheme) => {
      const authority = makeAuthority({ seed: 'scheme', kind, scheme })
      const own = issueSigner(authority, { seed: 'scheme', kind, scheme })
      const object = signSod(own, groups, { hash: scheme.hash })
      expect(judge(object, trusting(authority.certificate))).toMatchObject({ trust: 'verified' })
      const changed = Uint8Array.from(object)
      changed[changed.length - 1]! ^= 1
      expect(judge(changed, trusting(authority.certificate))).toMatchObject({ trust: 'failed', check: 'signature' })
    },
  )
})

describe('without any anchor, failed is', () => {
  it('a group that is not as it was signed, by its name', () => {
    const read = { ...groups, DG13: encodeTlv(0x6d, Buffer.from('Quàng Văn Mẫu')) }
    expect(judge(sod, none, read)).toMatchObject({ trust: 'failed', check: 'group-hash', group: 'DG13' })
  })

  it('a group that was not signed', () => {
    expect(judge(sod, none, { ...groups, DG14: Uint8Array.of(0x6e, 0) })).toMatchObject({
      trust: 'failed',
      check: 'group-hash',
      group: 'DG14',
    })
  })

  it('a reading without any group', () => {
    expect(judge(sod, none, {})).toMatchObject({ trust: 'failed', check: 'group-hash' })
  })

  it('a list of hashes that is not the signed one', () => {
    const other = signSod(signer, { ...groups, DG2: Uint8Array.of(0x75, 0) }, { signingTime })
    const mixed = swap(sod, hashOf(sod, groups.DG2), hashOf(other, Uint8Array.of(0x75, 0)))
    expect(judge(mixed, none)).toMatchObject({ trust: 'failed', check: 'content-digest' })
  })

  it('a signature by another key under the same name', () => {
    const double = issueSigner(csca, { seed: 'another', kind: ec('P-256') })
    const forged = signSod({ ...double, certificate: signer.certificate }, groups)
    expect(judge(forged, none)).toMatchObject({ trust: 'failed', check: 'signature' })
  })

  it('a certificate in the object that is not its signer’s', () => {
    const other = issueSigner(csca, { seed: 'other', kind: ec('P-256'), serial: 7 })
    expect(judge(signSod({ ...signer, certificate: other.certificate }, groups), none)).toMatchObject({
      trust: 'failed',
      check: 'signer-certificate',
    })
  })

  it('what is no security object', () => {
    expect(judge(Uint8Array.of(0x77, 2, 0x30, 0), none)).toEqual({ trust: 'failed', check: 'security-object' })
    expect(judge(new Uint8Array(), none)).toEqual({ trust: 'failed', check: 'security-object' })
  })

  it('signed content of another type, such as a master list', () => {
    const list = encodeTlv(0x77, signContent(signer, '2.23.136.1.1.2', Uint8Array.of(0x30, 0)))
    expect(judge(list, none)).toMatchObject({ trust: 'failed' })
  })
})

describe('the signer', () => {
  it.each([
    ['a signer of master lists', issueMasterListSigner(csca, { seed: 'list', kind: ec('P-256') })],
    ['an authority', { ...csca, issuer: csca.name, serial: 1 }],
    [
      'a key that may only sign certificates',
      issueSigner(csca, {
        seed: 'use',
        kind: ec('P-256'),
        extensions: [extension('2.5.29.15', keyUsage.authority, true)],
      }),
    ],
    [
      'a certificate with a critical extension nobody knows',
      issueSigner(csca, {
        seed: 'odd',
        kind: ec('P-256'),
        extensions: [extension('1.2.3.4', Uint8Array.of(5, 0), true)],
      }),
    ],
  ])('must not be %s', (_what, own) => {
    expect(judge(signSod(own, groups))).toMatchObject({ trust: 'failed', check: 'signer-usage' })
  })

  it('may stay outside the object and be found among what was imported', () => {
    const bare = signSod(signer, groups, { withCertificate: false })
    expect(judge(bare)).toMatchObject({ trust: 'no-trust-anchor', check: 'signer-certificate' })
    expect(judge(bare, trusting(csca.certificate, signer.certificate))).toMatchObject({ trust: 'verified' })
    expect(judge(bare, trusting(signer.certificate))).toMatchObject({ trust: 'no-trust-anchor', check: 'anchor' })
  })

  it('must be of the country of the document and of its authority', () => {
    const foreign = makeAuthority({
      seed: 'foreign',
      kind: ec('P-256'),
      country: 'XX',
      commonName: 'invented test CSCA XX',
    })
    const own = issueSigner(foreign, { seed: 'foreign', kind: ec('P-256'), country: 'XX' })
    expect(judge(signSod(own, groups), trusting(foreign.certificate))).toMatchObject({
      trust: 'failed',
      check: 'signer-country',
    })
    const theirs = { ...groups, DG1: dg1('UTO') }
    expect(judge(signSod(own, theirs), trusting(foreign.certificate), theirs)).toMatchObject({ trust: 'verified' })
    const mixed = issueSigner(foreign, { seed: 'foreign', kind: ec('P-256'), country: 'VN' })
    expect(judge(signSod(mixed, theirs), trusting(foreign.certificate), theirs)).toMatchObject({
      trust: 'failed',
      check: 'signer-country',
    })
  })

  it('that names an imported authority which did not sign it is failed', () => {
    const impostor = makeAuthority({ seed: 'impostor', kind: ec('P-256') })
    const key = { ...impostor.key, keyId: csca.key.keyId }
    const own = issueSigner({ ...impostor, key }, { seed: 'impostor', kind: ec('P-256') })
    expect(judge(signSod(own, groups))).toMatchObject({ trust: 'failed', check: 'issuer-signature' })
  })

  it('that names another key of an imported authority has no anchor here', () => {
    const next = makeAuthority({ seed: 'next', kind: ec('P-256') })
    const own = issueSigner(next, { seed: 'next', kind: ec('P-256') })
    expect(judge(signSod(own, groups))).toMatchObject({ trust: 'no-trust-anchor', check: 'anchor' })
  })
})

describe('validity', () => {
  const brief = { from: new Date('2024-01-01T00:00:00Z'), to: new Date('2024-12-31T00:00:00Z') }
  const short = issueSigner(csca, { seed: 'short', kind: ec('P-256'), ...brief })

  it('of the signer is that at the time of signing', () => {
    expect(judge(signSod(short, groups, { signingTime }))).toMatchObject({ trust: 'verified' })
    const late = signSod(short, groups, { signingTime: new Date('2025-07-01T00:00:00Z') })
    expect(judge(late)).toMatchObject({ trust: 'expired-or-revoked', check: 'signer-validity' })
  })

  it('is judged for the date of issue when the time of signing is not in the signature, else for now', () => {
    const untimed = signSod(short, groups)
    const at = (issued?: Date) =>
      judgeSod({ sod: untimed, groups, anchors: trusting(csca.certificate), at: now, ...(issued && { issued }) })
    expect(at(signingTime)).toMatchObject({ trust: 'verified', signedAt: { from: 'date-of-issue' } })
    expect(at()).toMatchObject({ trust: 'expired-or-revoked', signedAt: { from: 'now' } })
  })

  it('is not helped by a time of signing in the future', () => {
    const dreaming = signSod(short, groups, { signingTime: new Date('2030-01-01T00:00:00Z') })
    expect(judge(dreaming)).toMatchObject({ trust: 'expired-or-revoked', signedAt: { from: 'now' } })
  })

  it('of the authority is that of today', () => {
    const old = makeAuthority({ seed: 'old', kind: ec('P-256'), to: new Date('2025-01-01T00:00:00Z') })
    const own = issueSigner(old, { seed: 'old', kind: ec('P-256') })
    expect(judge(signSod(own, groups, { signingTime }), trusting(old.certificate))).toMatchObject({
      trust: 'expired-or-revoked',
      check: 'anchor-validity',
    })
  })
})

describe('a revocation list', () => {
  const anchors = (...crls: readonly Uint8Array[]): TrustAnchors => ({ certificates: [csca.certificate], crls })

  it('of the authority revokes its signers', () => {
    expect(judge(sod, anchors(issueCrl(csca, [9, 2])))).toMatchObject({
      trust: 'expired-or-revoked',
      check: 'signer-revoked',
    })
    expect(judge(sod, anchors(issueCrl(csca, [9])))).toMatchObject({ trust: 'verified' })
  })

  it('signed by somebody else revokes nothing', () => {
    const other = makeAuthority({ seed: 'other', kind: ec('P-256') })
    expect(judge(sod, anchors(issueCrl(other, [2])))).toMatchObject({ trust: 'verified' })
  })

  it('of a newer key of the authority revokes signers of the older', () => {
    const renewed = makeAuthority({ seed: 'renewed', kind: ec('P-256') })
    const certificates = [csca.certificate, renewed.certificate]
    expect(judge(sod, { certificates, crls: [issueCrl(renewed, [2])] })).toMatchObject({
      trust: 'expired-or-revoked',
      check: 'signer-revoked',
    })
  })
})

describe('a link certificate', () => {
  const renewed = makeAuthority({ seed: 'renewed', kind: ec('brainpoolP256r1'), commonName: 'invented test CSCA 2' })
  const link = issueLink(csca, renewed)
  const own = issueSigner(renewed, { seed: 'renewed', kind: ec('P-256') })
  const object = signSod(own, groups)

  it('leads from a new key to the old authority', () => {
    expect(judge(object, trusting(csca.certificate, link))).toMatchObject({
      trust: 'verified',
      anchor: { subject: 'C=VN, CN=invented test CSCA' },
    })
  })

  it('leads there also when the authority kept its name', () => {
    const same = makeAuthority({ seed: 'same name', kind: ec('P-384') })
    const signed = signSod(issueSigner(same, { seed: 'same name', kind: ec('P-256') }), groups)
    expect(judge(signed, trusting(csca.certificate))).toMatchObject({ trust: 'no-trust-anchor' })
    expect(judge(signed, trusting(csca.certificate, issueLink(csca, same)))).toMatchObject({
      trust: 'verified',
      anchor: { serial: '1', fingerprint: createHash('sha256').update(csca.certificate).digest('hex') },
    })
  })

  it('is no anchor of its own', () => {
    expect(judge(object, trusting(link))).toMatchObject({ trust: 'no-trust-anchor' })
  })

  it('may be revoked', () => {
    const anchors = { certificates: [csca.certificate, link], crls: [issueCrl(csca, [900])] }
    expect(judge(object, anchors)).toMatchObject({ trust: 'expired-or-revoked', check: 'anchor-revoked' })
  })

  it('in a loop with another ends nowhere, in time', () => {
    const back = issueLink(renewed, csca, { serial: 901 })
    expect(judge(object, trusting(link, back))).toMatchObject({ trust: 'no-trust-anchor' })
  })
})

/** The listed hash of a group, found by value. */
function hashOf(object: Uint8Array, file: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(file).digest()
  expect(Buffer.from(object).includes(hash)).toBe(true)
  return hash
}

function swap(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  copy.set(to, copy.indexOf(from))
  return copy
}
