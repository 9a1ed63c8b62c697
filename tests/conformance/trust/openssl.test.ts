import { execFile, execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCertificate } from '#native/chip/trust/certificate.ts'
import { judgeSod, parseTrustFile } from '#native/chip/trust/index.ts'
import { encodeTlv, readOne } from '#native/chip/tlv.ts'
import {
  issueCrl,
  issueLink,
  issueMasterListSigner,
  issueSigner,
  makeAuthority,
  signMasterList,
  signSod,
  type CurveName,
  type HashName,
  type KeyKind,
  type Scheme,
} from '#native/sim/chip/issuer/index.ts'
import { ldsSecurityObject } from '#native/sim/chip/issuer/signed.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'trust-openssl-'))
afterAll(() => rmSync(folder, { recursive: true }))

const at = (name: string) => join(folder, name)
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
const pem = (der: Uint8Array, label = 'CERTIFICATE') =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/gu)
    ?.join('\n')}\n-----END ${label}-----\n`

/** Groups of an invented card. */
const groups = {
  DG1: encodeTlv(0x61, encodeTlv(0x5f1f, Buffer.from(`IDVNM${'<'.repeat(85)}`, 'latin1'))),
  DG13: encodeTlv(0x6d, Buffer.from('Giàng A Mẫu')),
}
const curves = [
  'P-224',
  'P-256',
  'P-384',
  'P-521',
  'brainpoolP224r1',
  'brainpoolP256r1',
  'brainpoolP320r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
] as const
const hashes = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const

/** The signature under a certificate, with the key in csca.pem. */
function opensslAcceptsSignature(certificate: Uint8Array, hash: string) {
  const { tbs, signature } = readCertificate(certificate)
  writeFileSync(at('csca.pub'), openssl('x509', '-in', 'csca.pem', '-noout', '-pubkey'))
  writeFileSync(at('tbs.der'), tbs)
  writeFileSync(at('signature.der'), signature)
  expect(openssl('dgst', `-${hash}`, '-verify', 'csca.pub', '-signature', 'signature.der', 'tbs.der').toString()).toBe(
    'Verified OK\n',
  )
}

describe('OpenSSL accepts', () => {
  const rsa: KeyKind = { type: 'rsa', bits: 2048 }
  const ours: readonly (readonly [KeyKind, Scheme])[] = [
    ...hashes.flatMap((hash: HashName): [KeyKind, Scheme][] => [
      [rsa, { hash }],
      [rsa, { hash, pss: true }],
      [{ type: 'ec', curve: 'P-256' }, { hash }],
    ]),
    ...curves.flatMap((curve: CurveName): [KeyKind, Scheme][] => [
      [{ type: 'ec', curve }, { hash: 'sha256' }],
      [{ type: 'ec', curve, explicit: true }, { hash: 'sha384' }],
    ]),
  ]

  beforeAll(() => {
    const other = makeAuthority({ seed: 'other', kind: { type: 'ec', curve: 'P-256' } })
    writeFileSync(at('other.pem'), pem(other.certificate))
  })

  it.each(ours)('a security object that we signed with %j, %j', async (kind, scheme) => {
    const csca = makeAuthority({ seed: 'judge', kind, scheme })
    const signer = issueSigner(csca, { seed: 'judge', kind, scheme })
    const sod = signSod(signer, groups, { hash: scheme.hash, signingTime: new Date('2024-07-01T00:00:00Z') })
    writeFileSync(at('sod.der'), readOne(sod, 0x77).value)
    writeFileSync(at('csca.pem'), pem(csca.certificate))
    const verify = (...how: string[]) =>
      openssl(
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'sod.der',
        ...how,
        '-purpose',
        'any',
        '-auth_level',
        '0',
        '-out',
        'content.der',
      )
    if (kind.type === 'ec' && kind.explicit) {
      // OpenSSL builds no chain over explicit parameters: the signatures in it are judged one by one.
      verify('-noverify')
      for (const certificate of [csca.certificate, signer.certificate])
        opensslAcceptsSignature(certificate, scheme.hash)
    } else {
      verify('-CAfile', 'csca.pem')
    }
    expect(readFileSync(at('content.der'))).toEqual(Buffer.from(ldsSecurityObject(groups, scheme.hash)))
    if (kind.type === 'rsa' || !kind.explicit) {
      expect(() => verify('-CAfile', 'other.pem')).toThrow('certificate verify error')
    }
  })

  it('our link certificates, revocation lists and master lists', () => {
    const kind: KeyKind = { type: 'ec', curve: 'brainpoolP384r1' }
    const csca = makeAuthority({ seed: 'judge', kind })
    const renewed = makeAuthority({ seed: 'renewed', kind })
    const signer = issueSigner(renewed, { seed: 'renewed', kind })
    writeFileSync(at('csca.pem'), pem(csca.certificate))
    writeFileSync(at('link.pem'), pem(issueLink(csca, renewed)))
    writeFileSync(at('signer.pem'), pem(signer.certificate))
    expect(openssl('verify', '-CAfile', 'csca.pem', '-untrusted', 'link.pem', 'signer.pem').toString()).toBe(
      'signer.pem: OK\n',
    )

    writeFileSync(at('crl.pem'), pem(issueCrl(renewed, [2]), 'X509 CRL'))
    writeFileSync(at('renewed.pem'), pem(renewed.certificate))
    expect(() =>
      openssl('verify', '-CAfile', 'renewed.pem', '-CRLfile', 'crl.pem', '-crl_check', 'signer.pem'),
    ).toThrow('certificate revoked')

    const list = signMasterList(issueMasterListSigner(csca, { seed: 'list', kind }), [
      csca.certificate,
      renewed.certificate,
    ])
    writeFileSync(at('list.ml'), list)
    openssl(
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      'list.ml',
      '-CAfile',
      'csca.pem',
      '-purpose',
      'any',
      '-out',
      'listed.der',
    )
    expect(readFileSync(at('listed.der')).length).toBeGreaterThan(csca.certificate.length)
  })
})

describe('we verify a security object by OpenSSL', () => {
  type Judged = { readonly key: readonly string[]; readonly sign: readonly string[]; readonly digest: string }
  const ec = (curve: string, encoding: 'named_curve' | 'explicit' = 'named_curve') => [
    '-algorithm',
    'EC',
    '-pkeyopt',
    `ec_paramgen_curve:${curve}`,
    '-pkeyopt',
    `ec_param_enc:${encoding}`,
  ]
  const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
  const pss = ['rsa_padding_mode:pss', 'rsa_pss_saltlen:digest']
  const theirs: readonly (readonly [name: string, Judged])[] = [
    ...hashes.map((digest): [string, Judged] => [`RSA with ${digest}`, { key: rsa, sign: [], digest }]),
    ...hashes.map((digest): [string, Judged] => [`RSA-PSS with ${digest}`, { key: rsa, sign: pss, digest }]),
    ['RSA-PSS with sha256 and a mask of sha1', { key: rsa, sign: [...pss, 'rsa_mgf1_md:sha1'], digest: 'sha256' }],
    [
      'RSA-PSS with sha512, a mask of sha256 and no salt',
      { key: rsa, sign: ['rsa_padding_mode:pss', 'rsa_pss_saltlen:0', 'rsa_mgf1_md:sha256'], digest: 'sha512' },
    ],
    [
      'RSA-PSS with a modulus of 2049 bits',
      { key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2049'], sign: pss, digest: 'sha256' },
    ],
    [
      'RSA-PSS with a key for nothing else',
      { key: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], sign: pss, digest: 'sha256' },
    ],
    ...[
      'secp224r1',
      'P-256',
      'P-384',
      'P-521',
      'brainpoolP224r1',
      'brainpoolP256r1',
      'brainpoolP320r1',
      'brainpoolP384r1',
      'brainpoolP512r1',
    ].flatMap((curve): [string, Judged][] => [
      [`ECDSA on ${curve}`, { key: ec(curve), sign: [], digest: 'sha256' }],
      [`ECDSA on ${curve} with explicit parameters`, { key: ec(curve, 'explicit'), sign: [], digest: 'sha512' }],
    ]),
    // Curves without a name here: sound by their numbers.
    [
      'ECDSA on a twisted curve with explicit parameters',
      { key: ec('brainpoolP256t1', 'explicit'), sign: [], digest: 'sha256' },
    ],
    ['ECDSA on prime239v1 with explicit parameters', { key: ec('prime239v1', 'explicit'), sign: [], digest: 'sha1' }],
  ]

  it.each(theirs)('%s, not without the authority, and not changed', async (_name, { key, sign, digest }) => {
    await makeKeys(key)
    await makeCertificates(digest, [], sign)
    const sod = await signed(digest, sign)
    const anchors = { certificates: [readFileSync(at('their-csca.der'))], crls: [] }
    const now = new Date()
    expect(judgeSod({ sod, groups, anchors, at: now })).toMatchObject({
      trust: 'verified',
      anchor: { subject: 'C=VN, CN=invented test CSCA' },
    })
    expect(judgeSod({ sod, groups, anchors: { certificates: [], crls: [] }, at: now })).toMatchObject({
      trust: 'no-trust-anchor',
      check: 'anchor',
    })
    expect(judgeSod({ sod, groups: { ...groups, DG13: groups.DG1 }, anchors, at: now })).toMatchObject({
      trust: 'failed',
      check: 'group-hash',
      group: 'DG13',
    })
    const changed = Uint8Array.from(sod)
    changed[changed.length - 1]! ^= 1
    expect(judgeSod({ sod: changed, groups, anchors, at: now })).toMatchObject({ trust: 'failed', check: 'signature' })
  })

  it('expired, and one revoked by its list, as expired or revoked', async () => {
    await makeKeys(ec('brainpoolP256r1'))
    const judge = (sod: Uint8Array, ...crls: Uint8Array[]) =>
      judgeSod({ sod, groups, anchors: { certificates: [readFileSync(at('their-csca.der'))], crls }, at: new Date() })
    await makeCertificates('sha256', ['-days', '-1'])
    expect(judge(await signed('sha256', []))).toMatchObject({ trust: 'expired-or-revoked', check: 'signer-validity' })

    await makeCertificates('sha256', [])
    const sod = await signed('sha256', [])
    expect(judge(sod)).toMatchObject({ trust: 'verified' })
    expect(judge(sod, await revoking('their-signer.pem'))).toMatchObject({
      trust: 'expired-or-revoked',
      check: 'signer-revoked',
    })
  })

  it('and its streamed form, with lengths left open', async () => {
    await makeKeys(ec('P-256'))
    await makeCertificates('sha256', [])
    const sod = await signed('sha256', [], ['-stream'])
    // 30 80: a length that only its end tells (BER).
    expect(Buffer.from(sod).includes(Buffer.of(0x30, 0x80))).toBe(true)
    const anchors = { certificates: [readFileSync(at('their-csca.der'))], crls: [] }
    expect(judgeSod({ sod, groups, anchors, at: new Date() })).toMatchObject({ trust: 'verified' })
  })

  it('and read its certificates and revocation lists from PEM files', async () => {
    await makeKeys(rsa)
    await makeCertificates('sha256', [])
    const crl = await revoking('their-signer.pem')
    const read = parseTrustFile(Buffer.concat([readFileSync(at('their-csca.pem')), Buffer.from(pem(crl, 'X509 CRL'))]))
    expect(read).toMatchObject({
      certificates: [{ role: 'root', country: 'VN' }],
      crls: [{ revoked: 1 }],
      rejected: [],
    })
    openssl('crl2pkcs7', '-nocrl', '-certfile', 'their-csca.pem', '-outform', 'DER', '-out', 'their.p7b')
    expect(parseTrustFile(readFileSync(at('their.p7b')))).toMatchObject({
      from: 'certificate',
      certificates: [{ role: 'root' }],
    })
    const fingerprint = openssl('x509', '-in', 'their-csca.pem', '-noout', '-fingerprint', '-sha256').toString()
    expect(fingerprint.split('=')[1]?.replaceAll(':', '').trim().toLowerCase()).toBe(read.certificates[0]?.fingerprint)
  })

  const exec = (...args: readonly string[]) => run('openssl', [...args], { cwd: folder })

  /** Both keys and the signer's request for a certificate, made once for each kind of key. */
  async function makeKeys(key: readonly string[]) {
    const names = ['their-csca.key', 'their-signer.key', 'their-signer.csr'] as const
    const kept = (name: string) => at(`${key.join(' ').replaceAll(/[^\w.]+/gu, '-')}${name}`)
    if (!existsSync(kept(names[2]))) {
      await exec('genpkey', ...key, '-out', kept(names[0]))
      await exec('genpkey', ...key, '-out', kept(names[1]))
      const subject = ['-subj', '/C=VN/CN=invented document signer']
      await exec('req', '-new', '-key', kept(names[1]), ...subject, '-out', kept(names[2]))
    }
    for (const name of names) copyFileSync(kept(name), at(name))
  }

  /** The authority's own certificate and its signer's, with the scheme of the signature under both. */
  async function makeCertificates(digest: string, validity: readonly string[], sign: readonly string[] = []) {
    const padding = sign.flatMap((option) => ['-sigopt', option])
    const authority = [
      '-addext',
      'basicConstraints=critical,CA:TRUE,pathlen:0',
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
    ]
    await exec(
      'req',
      '-x509',
      '-new',
      '-key',
      'their-csca.key',
      `-${digest}`,
      ...padding,
      '-subj',
      '/C=VN/CN=invented test CSCA',
      '-days',
      '3650',
      ...authority,
      '-out',
      'their-csca.pem',
    )
    writeFileSync(at('their-csca.der'), new X509Certificate(readFileSync(at('their-csca.pem'))).raw)
    writeFileSync(
      at('signer.ext'),
      'keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n',
    )
    const days = validity.length > 0 ? validity : ['-days', '30']
    await exec(
      'x509',
      '-req',
      '-in',
      'their-signer.csr',
      '-CA',
      'their-csca.pem',
      '-CAkey',
      'their-csca.key',
      '-set_serial',
      '77',
      `-${digest}`,
      ...padding,
      ...days,
      '-extfile',
      'signer.ext',
      '-out',
      'their-signer.pem',
    )
  }

  async function signed(digest: string, sign: readonly string[], more: readonly string[] = []): Promise<Uint8Array> {
    writeFileSync(at('lds.der'), ldsSecurityObject(groups, digest as HashName))
    const options = sign.flatMap((option) => ['-keyopt', option])
    await exec(
      'cms',
      '-sign',
      '-binary',
      '-nodetach',
      '-nosmimecap',
      ...more,
      '-econtent_type',
      '2.23.136.1.1.1',
      '-in',
      'lds.der',
      '-signer',
      'their-signer.pem',
      '-inkey',
      'their-signer.key',
      ...options,
      '-md',
      digest,
      '-outform',
      'DER',
      '-out',
      'their.der',
    )
    return encodeTlv(0x77, readFileSync(at('their.der')))
  }

  async function revoking(certificate: string): Promise<Uint8Array> {
    const settings =
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ndefault_crl_days=30\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n'
    writeFileSync(at('ca.cnf'), settings)
    writeFileSync(at('index.txt'), '')
    writeFileSync(at('crlnumber'), '01\n')
    const authority = ['-config', 'ca.cnf', '-cert', 'their-csca.pem', '-keyfile', 'their-csca.key']
    await exec('ca', ...authority, '-revoke', certificate)
    await exec('ca', ...authority, '-gencrl', '-out', 'their-crl.pem')
    await exec('crl', '-in', 'their-crl.pem', '-outform', 'DER', '-out', 'their-crl.der')
    return readFileSync(at('their-crl.der'))
  }
})
