import { describe, expect, it } from 'vitest'
import { parseTrustFile } from '#native/chip/trust/index.ts'
import {
  issueCrl,
  issueLink,
  issueMasterListSigner,
  issueSigner,
  makeAuthority,
  signContent,
  signMasterList,
  toLdif,
} from '#native/sim/chip/issuer/index.ts'
import { now } from './groups.ts'

const kind = { type: 'ec', curve: 'P-256' } as const
const csca = makeAuthority({ seed: 'csca', kind })
const foreign = makeAuthority({
  seed: 'foreign',
  kind: { type: 'ec', curve: 'brainpoolP256r1', explicit: true },
  country: 'XX',
  commonName: 'invented test CSCA XX',
})
const link = issueLink(csca, makeAuthority({ seed: 'renewed', kind, commonName: 'invented test CSCA 2' }))
const signer = issueSigner(csca, { seed: 'one', kind })
const lister = issueMasterListSigner(csca, { seed: 'list', kind, serial: 3 })
const crl = issueCrl(csca, [2, 3, 5])
const list = signMasterList(lister, [csca.certificate, foreign.certificate, link])
const trusted = { anchors: { certificates: [csca.certificate], crls: [] }, at: now }

const pem = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replaceAll(/.{64}/gu, '$&\n')}\n-----END ${label}-----\n`
const text = (content: string) => Buffer.from(content, 'utf8')

describe('a certificate', () => {
  it('comes as DER, with what a person checks of it', () => {
    const read = parseTrustFile(csca.certificate)
    expect(read).toMatchObject({ from: 'certificate', crls: [], masterLists: [], rejected: [] })
    expect(read.certificates).toEqual([
      {
        role: 'root',
        subject: 'C=VN, CN=invented test CSCA',
        issuer: 'C=VN, CN=invented test CSCA',
        country: 'VN',
        serial: '1',
        validFrom: '2021-01-01T00:00:00.000Z',
        validTo: '2041-01-01T00:00:00.000Z',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/u),
        der: csca.certificate,
      },
    ])
  })

  it('comes as PEM, several in one file, with text around them and lists of revoked ones', () => {
    const file = `\uFEFFsubject=invented\n${pem('CERTIFICATE', csca.certificate)}\r\nmore text\n${pem('CERTIFICATE', link)}${pem('X509 CRL', crl)}`
    const read = parseTrustFile(text(file))
    expect(read).toMatchObject({ from: 'certificate', rejected: [] })
    expect(read.certificates.map(({ role }) => role)).toEqual(['root', 'link'])
    expect(read.crls).toMatchObject([{ issuer: 'C=VN, CN=invented test CSCA', revoked: 3 }])
  })

  it('that is there twice is one', () => {
    expect(parseTrustFile(text(pem('CERTIFICATE', csca.certificate).repeat(2))).certificates).toHaveLength(1)
  })

  it('that cannot be read is rejected with its place and a reason, and the others are taken', () => {
    const file = pem('CERTIFICATE', csca.certificate.subarray(0, 200)) + pem('CERTIFICATE', csca.certificate)
    const read = parseTrustFile(text(file))
    expect(read.certificates).toHaveLength(1)
    expect(read.rejected).toEqual([{ what: 'certificate 1', reason: 'truncated' }])
  })
})

describe('an authority', () => {
  it('that did not sign itself is rejected', () => {
    const changed = Uint8Array.from(csca.certificate)
    changed[changed.length - 1]! ^= 1
    expect(() => parseTrustFile(changed)).toThrowError(
      expect.objectContaining({ code: 'CERTIFICATE_UNREADABLE', context: { what: 'self-signature' } }),
    )
  })

  it('that keeps its name with a new key is linked, not a root', () => {
    const renewed = makeAuthority({ seed: 'same name', kind })
    expect(parseTrustFile(issueLink(csca, renewed)).certificates).toMatchObject([{ role: 'link' }])
    expect(parseTrustFile(renewed.certificate).certificates).toMatchObject([{ role: 'root' }])
  })
})

describe('a list of revoked certificates', () => {
  it('comes as DER', () => {
    expect(parseTrustFile(crl)).toMatchObject({
      from: 'crl',
      certificates: [],
      crls: [{ country: 'VN', revoked: 3, next: '2041-01-01T00:00:00.000Z' }],
    })
  })
})

describe('a master list', () => {
  it('gives its certificates and says that its signer is known, when it is', () => {
    const read = parseTrustFile(list, trusted)
    expect(read.from).toBe('master-list')
    expect(read.certificates.map(({ country, role }) => `${country} ${role}`).toSorted()).toEqual([
      'VN link',
      'VN root',
      'XX root',
    ])
    expect(read.masterLists).toEqual([
      {
        signerKnown: true,
        certificates: 3,
        signer: expect.objectContaining({ subject: 'C=VN, CN=invented master list signer' }),
      },
    ])
  })

  it('does not make its own signer known', () => {
    expect(parseTrustFile(list).masterLists).toMatchObject([{ signerKnown: false }])
  })

  it('signed by a document signer has no known signer', () => {
    expect(parseTrustFile(signMasterList(signer, [foreign.certificate]), trusted).masterLists).toMatchObject([
      { signerKnown: false },
    ])
  })

  it('whose signature does not hold is rejected whole', () => {
    const changed = Uint8Array.from(list)
    changed[changed.length - 1]! ^= 1
    expect(() => parseTrustFile(changed, trusted)).toThrowError(
      expect.objectContaining({ code: 'CERTIFICATE_UNREADABLE', context: { what: 'signature' } }),
    )
    const other = Buffer.from(list)
    other.write('Invented', other.indexOf('invented test CSCA XX'))
    expect(() => parseTrustFile(other, trusted)).toThrowError(
      expect.objectContaining({ context: { what: 'content-digest' } }),
    )
  })

  it('is not just any signed content', () => {
    const content = signContent(lister, '1.2.840.113549.1.7.1', text('hello'))
    expect(() => parseTrustFile(content)).toThrowError(
      expect.objectContaining({ context: { what: 'not-a-master-list' } }),
    )
  })
})

describe('an extract of the directory', () => {
  it('gives signers, authorities of its master lists and revocation lists, from folded base64', () => {
    const ldif = toLdif({ signers: [signer.certificate], masterLists: [list], crls: [crl] })
    for (const file of [ldif, ldif.replaceAll('\n', '\r\n'), `# a comment\n  that goes on\n\n${ldif}`]) {
      const read = parseTrustFile(text(file), trusted)
      expect(read).toMatchObject({ from: 'ldif', rejected: [], masterLists: [{ signerKnown: true }] })
      expect(read.certificates.map(({ role }) => role).toSorted()).toEqual(['link', 'root', 'root', 'signer'])
      expect(read.crls).toHaveLength(1)
    }
  })

  it('with a value that is no base64 says so and goes on', () => {
    const ldif = toLdif({ signers: [signer.certificate] }) + '\ndn: cn=x\nuserCertificate;binary:: ?!?\n'
    expect(parseTrustFile(text(ldif)).rejected).toEqual([
      { what: 'usercertificate of the directory', reason: 'base64' },
    ])
  })
})

describe('a file that is none of these', () => {
  it.each([
    ['empty', new Uint8Array()],
    ['a text', text('hello')],
    ['a PEM file with a private key alone', text('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')],
    ['a directory without certificates', text('dn: cn=x\ncn: x\n')],
    ['an ASN.1 value of something else', Uint8Array.of(0x30, 3, 2, 1, 5)],
  ])('(%s) is refused with a code', (_what, bytes) => {
    expect(() => parseTrustFile(bytes)).toThrowError(expect.objectContaining({ code: 'CERTIFICATE_UNREADABLE' }))
  })
})
