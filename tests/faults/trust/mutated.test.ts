import { describe, expect, it } from 'vitest'
import { readCertificate } from '#native/chip/trust/certificate.ts'
import { judgeSod, parseTrustFile } from '#native/chip/trust/index.ts'
import { readSecurityObject } from '#native/chip/trust/security-object.ts'
import { concat } from '#native/chip/tlv.ts'
import {
  issueCrl,
  issueMasterListSigner,
  issueSigner,
  makeAuthority,
  signMasterList,
  signSod,
  toLdif,
  type KeyKind,
  type Scheme,
} from '#native/sim/chip/issuer/index.ts'
import { groups, csca, signer, sod, trusting, judge, outcomes, codeOf, kind, at } from './signed.ts'

/** More by the environment: QCC_FUZZ=100000. */
const rounds = Number(process.env.QCC_FUZZ ?? 1500)
const seed = Number(process.env.QCC_FUZZ_SEED ?? 20261121)

/** Xorshift: the same numbers for the same seed. */
function random(from: number) {
  let state = from >>> 0 || 1
  const next = (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  return next
}

/** One to three changes: a bit, a byte, a length, a piece cut out, doubled, put elsewhere, or the end cut off. */
function mutate(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  let result: Uint8Array = Uint8Array.from(bytes)
  for (let left = 1 + next(3); left > 0 && result.length > 0; left--) {
    const place = next(result.length)
    const piece = result.subarray(place, place + 1 + next(40))
    switch (next(8)) {
      case 0:
        result[place] = (result[place] ?? 0) ^ (1 << next(8))
        break
      case 1:
        result[place] = next(256)
        break
      case 2:
        result[place] = [0x00, 0x7f, 0x80, 0x81, 0x84, 0xff][next(6)] ?? 0
        break
      case 3:
        result = concat(result.subarray(0, place), result.subarray(place + piece.length))
        break
      case 4:
        result = concat(result.subarray(0, place), piece, result.subarray(place))
        break
      case 5:
        result = concat(
          result.subarray(0, place),
          Uint8Array.from(piece, () => next(256)),
          result.subarray(place + piece.length),
        )
        break
      case 6: {
        const other = next(result.length)
        result = Uint8Array.from(result)
        result.copyWithin(other, place, place + piece.length)
        break
      }
      default:
        result = result.slice(0, place)
    }
  }
  return result
}

describe('mutated, seeded', () => {
  const own: readonly (readonly [name: string, kind: KeyKind, scheme: Scheme, share: number])[] = [
    ['ECDSA on P-256', kind, { hash: 'sha256' }, 0.5],
    ['RSA-PSS', { type: 'rsa', bits: 2048 }, { hash: 'sha256', pss: true }, 0.2],
    ['RSA', { type: 'rsa', bits: 2048 }, { hash: 'sha1' }, 0.2],
    [
      'ECDSA on a brainpool curve with explicit parameters',
      { type: 'ec', curve: 'brainpoolP256r1', explicit: true },
      { hash: 'sha256' },
      0.1,
    ],
  ]

  it.each(own)(
    'a security object (%s) gets a verdict, and is verified only when nothing that was signed is changed',
    (_name, mine, scheme, share) => {
      const authority = makeAuthority({ seed: 'fuzz', kind: mine, scheme })
      const original = signSod(issueSigner(authority, { seed: 'fuzz', kind: mine, scheme }), groups, {
        signingTime: new Date('2024-07-01T00:00:00Z'),
      })
      const anchors = trusting(authority.certificate)
      expect(judge(original, anchors).trust).toBe('verified')
      const next = random(seed)
      const seen = new Map<string, number>()
      for (let round = 0; round < rounds * share; round++) {
        const changed = mutate(original, next)
        const { trust } = judge(changed, anchors)
        seen.set(trust, (seen.get(trust) ?? 0) + 1)
        expect(outcomes).toContain(trust)
        if (trust === 'verified') expect(signedPartsOf(changed), `round ${round}`).toEqual(signedPartsOf(original))
      }
      expect(seen.get('failed')).toBeGreaterThan(rounds * share * 0.5)
    },
  )

  it('an authority’s certificate is an anchor only when it is the same', () => {
    const next = random(seed + 1)
    let verified = 0
    for (let round = 0; round < rounds; round++) {
      const changed = mutate(csca.certificate, next)
      const same = Buffer.compare(changed, csca.certificate) === 0
      const { trust } = judge(sod, trusting(changed))
      if (trust === 'verified') verified++
      expect(trust === 'verified', `round ${round}`).toBe(same)
    }
    expect(verified).toBeLessThan(rounds / 10)
  })

  it('a group is failed', () => {
    const next = random(seed + 2)
    for (let round = 0; round < rounds / 10; round++) {
      const DG13 = mutate(groups.DG13, next)
      if (Buffer.compare(DG13, groups.DG13) === 0) continue
      expect(
        judgeSod({ sod, groups: { ...groups, DG13 }, anchors: trusting(csca.certificate), at }),
        `round ${round}`,
      ).toMatchObject({ trust: 'failed', check: 'group-hash' })
    }
  })

  it('a file to import is read or refused with a code, and what it brings never verifies what it did not', () => {
    const lister = issueMasterListSigner(csca, { seed: 'fuzz', kind })
    const list = signMasterList(lister, [csca.certificate])
    const crl = issueCrl(csca, [77])
    const pem = Buffer.from(
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(csca.certificate).toString('base64')}\n-----END CERTIFICATE-----\n`,
    )
    const files = [
      csca.certificate,
      list,
      crl,
      pem,
      Buffer.from(toLdif({ signers: [signer.certificate], masterLists: [list], crls: [crl] })),
    ]
    const next = random(seed + 3)
    const codes = new Map<string, number>()
    const foreign = signSod(issueSigner(makeAuthority({ seed: 'foreign', kind }), { seed: 'foreign', kind }), groups)
    for (let round = 0; round < rounds; round++) {
      const changed = mutate(files[round % files.length] ?? pem, next)
      const code = codeOf(() => {
        const { certificates, crls } = parseTrustFile(changed, { anchors: trusting(csca.certificate), at })
        const anchors = { certificates: certificates.map(({ der }) => der), crls: crls.map(({ der }) => der) }
        expect(judge(foreign, anchors).trust, `round ${round}`).not.toBe('verified')
      })
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    expect([...codes.keys()].toSorted()).toEqual(['CERTIFICATE_UNREADABLE', 'read'])
  })

  it('noise is failed as a security object and refused as a file', () => {
    const next = random(seed + 4)
    for (let round = 0; round < rounds / 10; round++) {
      const noise = Uint8Array.from({ length: next(2000) }, () => next(256))
      const start = [[], [0x77], [0x77, 0x82, 0x04, 0x00, 0x30], [0x30, 0x82]][next(4)] ?? []
      const bytes = concat(Uint8Array.from(start), noise)
      expect(judge(bytes)).toEqual({ trust: 'failed', check: 'security-object' })
      expect(codeOf(() => parseTrustFile(bytes))).toBe('CERTIFICATE_UNREADABLE')
    }
  })

  /** Everything under a signature, and the signature over the content. */
  function signedPartsOf(object: Uint8Array) {
    const { signed } = readSecurityObject(object)
    const [info] = signed.signers
    const certificate = signed.certificates.map(readCertificate).find((each) => info?.names(each))
    return [signed.content, info?.attributes?.raw, info?.signature, certificate?.der].map((part) =>
      Buffer.from(part ?? []).toString('hex'),
    )
  }
})
