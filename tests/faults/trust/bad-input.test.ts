import { describe, expect, it } from 'vitest'
import { readCertificate } from '#native/chip/trust/certificate.ts'
import { parseTrustFile } from '#native/chip/trust/index.ts'
import { readSecurityObject } from '#native/chip/trust/security-object.ts'
import { concat, encodeTlv } from '#native/chip/tlv.ts'
import {
  issueCertificate,
  issueMasterListSigner,
  issueSigner,
  keyUsage,
  extension,
  makeAuthority,
  makeKey,
  nameOf,
  signMasterList,
  signSod,
} from '#native/sim/chip/issuer/index.ts'
import { explicit, integer, octets, oid, sequence, setOf, truth } from '#native/sim/chip/issuer/encode.ts'
import { groups, csca, sod, trusting, judge, codeOf, within, kind, at } from './signed.ts'

describe('built to do harm', () => {
  it('lengths of 2^31 and more are refused', () => {
    for (const length of ['80000000', '7fffffff', 'ffffffff']) {
      const huge = Buffer.from(`30 84 ${length} 06 09`.replaceAll(' ', ''), 'hex')
      expect(judge(concat(Uint8Array.of(0x77, 0x0a), huge))).toEqual({ trust: 'failed', check: 'security-object' })
      expect(judge(Buffer.from(`7784${length}3000`, 'hex'))).toEqual({ trust: 'failed', check: 'security-object' })
      expect(codeOf(() => parseTrustFile(huge))).toBe('CERTIFICATE_UNREADABLE')
    }
    expect(codeOf(() => parseTrustFile(Buffer.from('3088ffffffffffffffff06', 'hex')))).toBe('CERTIFICATE_UNREADABLE')
  })

  it('nesting of depth 10,000 costs nothing, with lengths given or left open', () => {
    let nested: Uint8Array = new Uint8Array()
    for (let depth = 0; depth < 10_000; depth++) nested = encodeTlv(0x30, nested)
    const open = Buffer.alloc(200_000, Uint8Array.of(0x30, 0x80))
    for (const bytes of [nested, open, concat(open, new Uint8Array(200_000))]) {
      within(5000, () => {
        expect(judge(encodeTlv(0x77, bytes))).toEqual({ trust: 'failed', check: 'security-object' })
        expect(codeOf(() => parseTrustFile(bytes))).toBe('CERTIFICATE_UNREADABLE')
      })
    }
  })

  it('a loop of link certificates, small or of a thousand, ends without an anchor', () => {
    const five = Array.from({ length: 5 }, (_, index) => makeKey(`loop/${index}`, kind))
    const keys = Array.from({ length: 1000 }, (_, index) => {
      const key = five[index % 5]!
      return { key, name: nameOf(`invented CSCA ${index}`), scheme: { hash: 'sha256' } as const }
    })
    const ring = (size: number) =>
      keys.slice(0, size).map((each, index) => {
        const issuer = keys[(index + 1) % size] ?? each
        return issueCertificate({
          serial: index + 1,
          subject: each.name,
          key: each.key,
          issuer,
          extensions: [extension('2.5.29.19', sequence(truth()), true)],
        })
      })
    const [first] = keys
    if (!first) throw new Error('no key')
    const own = signSod(issueSigner({ ...first, certificate: new Uint8Array() }, { seed: 'loop', kind }), groups)
    for (const size of [2, 3, 1000]) {
      const anchors = trusting(...ring(size))
      expect(within(10_000, () => judge(own, anchors))).toMatchObject({ trust: 'no-trust-anchor', check: 'anchor' })
    }
  })

  it('10,000 certificates in a master list are read in time, and one of them is found', () => {
    const lister = issueMasterListSigner(csca, { seed: 'many', kind })
    const many = Array.from({ length: 9_999 }, (_, serial) => likeness(serial + 10))
    const list = signMasterList(lister, [...many, csca.certificate])
    const read = within(8000, () => parseTrustFile(list, { anchors: trusting(csca.certificate), at }))
    expect(read).toMatchObject({ rejected: [], masterLists: [{ certificates: 10_000, signerKnown: true }] })
    expect(read.certificates).toHaveLength(10_000)
    const anchors = trusting(...read.certificates.map(({ der }) => der))
    expect(within(8000, () => judge(sod, anchors)).trust).toBe('verified')
  })

  it('10,000 authorities of the same name that did not sign end the search in time, without an anchor', () => {
    const other = makeAuthority({ seed: 'other', kind: { type: 'ec', curve: 'brainpoolP256r1' } })
    // No key identifiers: each of them may be meant.
    const bare = (serial: number) => withoutIdentifiers(other.certificate, serial)
    const anchors = trusting(...Array.from({ length: 10_000 }, (_, index) => bare(index + 10)))
    expect(within(10_000, () => judge(sod, anchors))).toMatchObject({ trust: 'no-trust-anchor', check: 'anchor' })
  })

  it('more certificates than a list may have are refused', () => {
    const lister = issueMasterListSigner(csca, { seed: 'many', kind })
    const list = signMasterList(
      lister,
      Array.from({ length: 20_001 }, (_, index) => sequence(integer(index))),
    )
    expect(codeOf(() => within(8000, () => parseTrustFile(list)))).toBe('CERTIFICATE_UNREADABLE')
  })

  it('keys that would take forever, or prove nothing, are refused', () => {
    const rsa = (modulus: bigint, exponent: bigint) =>
      sequence(
        sequence(oid('1.2.840.113549.1.1.1'), encodeTlv(0x05)),
        encodeTlv(0x03, Uint8Array.of(0), sequence(integer(modulus), integer(exponent))),
      )
    const odd = (bits: number) => (1n << BigInt(bits - 1)) | 1n
    for (const info of [
      rsa(odd(16_000), 65_537n),
      rsa(odd(512), 65_537n),
      rsa(odd(2048), odd(2000)),
      rsa(odd(2048), 1n),
    ]) {
      const weak = issueSigner(csca, { seed: 'weak', kind })
      const certificate = reissued(info)
      const object = signSod({ ...weak, certificate }, groups)
      expect(within(10_000, () => judge(object))).toMatchObject({ trust: 'failed', check: 'algorithm' })
    }
  })

  it('a curve whose base point makes a signature worthless is refused', () => {
    const { info } = makeKey('curve', { type: 'ec', curve: 'P-256', explicit: true })
    const text = Buffer.from(info).toString('hex')
    const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
    const prime = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'
    for (const changed of [
      text.replace(order, `${order.slice(0, -2)}4f`),
      text.replace(order, prime),
      text.replace(prime, `${prime.slice(0, -2)}fd`),
      text.replace('6b17d1f2e12c4247', '6b17d1f2e12c4248'),
    ]) {
      expect(changed).not.toBe(text)
      const weak = issueSigner(csca, { seed: 'curve', kind })
      const object = signSod({ ...weak, certificate: reissued(Buffer.from(changed, 'hex')) }, groups)
      expect(within(10_000, () => judge(object))).toMatchObject({ trust: 'failed', check: 'algorithm' })
    }
  })

  it('a security object with two signers, with attributes twice or without any is failed', () => {
    const attributes = readSecurityObject(sod).signed.signers[0]?.attributes?.content
    if (!attributes) throw new Error('no attributes')
    expect(judge(rebuilt(attributes)).trust).toBe('verified')
    expect(judge(rebuilt(attributes, 2))).toEqual({ trust: 'failed', check: 'security-object' })
    expect(judge(rebuilt(concat(attributes, attributes)))).toMatchObject({
      trust: 'failed',
      check: 'signed-attributes',
    })
    expect(judge(rebuilt(new Uint8Array()))).toMatchObject({ trust: 'failed', check: 'signed-attributes' })
  })
})

/** The certificate of the tests' authority with another serial number: large and small lists need no new signatures. */
function likeness(serial: number): Uint8Array {
  const whole = Buffer.from(csca.certificate)
  const place = whole.indexOf(Buffer.from('a003020102020101', 'hex'))
  const copy = concat(whole.subarray(0, place + 7), Uint8Array.of(serial & 0x7f), whole.subarray(place + 8))
  // The name carries the rest of the number, so that all differ.
  const name = Buffer.from(copy).lastIndexOf('CSCA')
  Buffer.from(copy.buffer, copy.byteOffset).write(serial.toString(36).padStart(4, '0'), name)
  return copy
}

function withoutIdentifiers(certificate: Uint8Array, serial: number): Uint8Array {
  const { subject, keyInfo } = { subject: nameOf('invented test CSCA'), keyInfo: readCertificate(certificate).keyInfo }
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'))
  const validity = sequence(
    encodeTlv(0x17, Buffer.from('210101000000Z')),
    encodeTlv(0x17, Buffer.from('410101000000Z')),
  )
  const extensions = explicit(
    3,
    sequence(extension('2.5.29.19', sequence(truth()), true), extension('2.5.29.15', keyUsage.authority, true)),
  )
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithm,
    subject,
    validity,
    subject,
    keyInfo,
    extensions,
  )
  return sequence(tbs, algorithm, encodeTlv(0x03, Uint8Array.of(0), sequence(integer(5), integer(7))))
}

/** A document signer's certificate, soundly signed by the authority, over any key. */
function reissued(info: Uint8Array): Uint8Array {
  const key = { ...makeKey('any', kind), info }
  return issueCertificate({
    serial: 2,
    subject: nameOf('invented document signer 2'),
    key,
    issuer: csca,
    extensions: [extension('2.5.29.15', keyUsage.digitalSignature, true)],
  })
}

/** The security object put together again with these signed attributes, its signer as often as wanted. */
function rebuilt(attributes: Uint8Array, times = 1): Uint8Array {
  const { signed } = readSecurityObject(sod)
  const [info] = signed.signers
  if (!info) throw new Error('no signer')
  const signerInfo = sequence(
    integer(1),
    sequence(csca.name, integer(2)),
    info.digestAlgorithm.raw,
    ...(attributes.length > 0 ? [explicit(0, attributes)] : []),
    info.algorithm.raw,
    octets(info.signature),
  )
  const content = sequence(oid(signed.contentType), explicit(0, octets(signed.content)))
  const whole = sequence(
    integer(3),
    setOf(info.digestAlgorithm.raw),
    content,
    explicit(0, ...signed.certificates),
    setOf(...Array.from({ length: times }, () => signerInfo)),
  )
  return encodeTlv(0x77, sequence(oid('1.2.840.113549.1.7.2'), explicit(0, whole)))
}
