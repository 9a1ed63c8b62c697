import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeStationIdentity, readReceiverCertificate } from '#core/seal/index.ts'
import { makeReceiver } from '#build/receiver/index.ts'
import { temporaryFolder } from '../store/fixtures.ts'

const now = new Date()

/** A certificate as OpenSSL makes it. */
function certificate(...options: string[]): string {
  const folder = temporaryFolder()
  const config = join(folder, 'made.cnf')
  writeFileSync(config, '[req]\nprompt = no\ndistinguished_name = name\n[name]\nCN = Invented\n')
  const out = join(folder, 'made.pem')
  const args = [
    'req',
    '-new',
    '-x509',
    '-nodes',
    '-config',
    config,
    '-keyout',
    join(folder, 'made.key'),
    '-out',
    out,
    ...options,
  ]
  execFileSync('openssl', args, { stdio: 'pipe' })
  return readFileSync(out, 'utf8')
}

const p256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

describe("the receiver's certificate", () => {
  test('its facts are those that OpenSSL shows', () => {
    const { certificate: path } = makeReceiver(temporaryFolder())
    const facts = readReceiverCertificate(readFileSync(path, 'utf8'), new Date(Date.now() + 1000))
    const shown = execFileSync('openssl', ['x509', '-in', path, '-noout', '-fingerprint', '-sha256', '-serial'], {
      encoding: 'utf8',
    })
    expect(shown).toContain(facts.fingerprint)
    expect(shown).toContain(`serial=${facts.serial}`)
    expect(facts.subject).toBe('O=Trung tâm tiếp nhận (thử nghiệm), CN=Demo receiver')
    expect(Date.parse(facts.validTo)).toBeGreaterThan(now.getTime())
  })

  test.each([
    ['empty', ''],
    ['another text', 'xin chào'],
    ['cut off', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
    ['endless', `-----BEGIN CERTIFICATE-----\n${'A'.repeat(70_000)}\n-----END CERTIFICATE-----\n`],
  ])('a text that is %s is unreadable', (_, text) => {
    expect(() => readReceiverCertificate(text, now)).toThrow('CERTIFICATE_UNREADABLE')
  })

  test('a private key in its place is unreadable', () => {
    const { key } = makeReceiver(temporaryFolder())
    expect(() => readReceiverCertificate(readFileSync(key, 'utf8'), now)).toThrow('CERTIFICATE_UNREADABLE')
  })

  test.each([
    ['RSA', ['-newkey', 'rsa:2048'], 'key-type'],
    ['another curve', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], 'key-type'],
    ['a key for signatures only', [...p256, '-addext', 'keyUsage=critical,digitalSignature'], 'key-usage'],
  ])('a certificate of %s is unsuitable', (_, options, reason) => {
    const pem = certificate(...options)
    expect(() => readReceiverCertificate(pem, new Date(Date.now() + 1000))).toThrow(
      expect.objectContaining({ code: 'CERTIFICATE_UNSUITABLE', context: { reason } }),
    )
  })

  test.each([
    [[]],
    [['-addext', 'keyUsage=keyAgreement']],
    [['-addext', 'keyUsage=critical,digitalSignature,keyAgreement']],
  ])('a P-256 certificate with %j is suitable', (more) => {
    expect(readReceiverCertificate(certificate(...p256, ...more), new Date(Date.now() + 1000)).subject).toBe(
      'CN=Invented',
    )
  })

  test('an expired one and one of tomorrow are unsuitable, each for its reason', () => {
    const pem = certificate(...p256, '-days', '10')
    const days = (n: number) => new Date(now.getTime() + n * 86_400_000)
    const reason = (text: string) =>
      expect.objectContaining({ code: 'CERTIFICATE_UNSUITABLE', context: { reason: text } })
    expect(() => readReceiverCertificate(pem, days(11))).toThrow(reason('expired'))
    expect(() => readReceiverCertificate(pem, days(-1))).toThrow(reason('not-yet-valid'))
  })
})

describe("the station's identity", () => {
  test('OpenSSL finds the certificate whole and signed by its own key', () => {
    const { certificatePem } = makeStationIdentity('SL-0312', 'Công an xã Thử Nghiệm', now)
    const path = join(temporaryFolder(), 'station.pem')
    writeFileSync(path, certificatePem)
    expect(execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', path, path], { encoding: 'utf8' })).toContain(
      'OK',
    )
  })

  test('names, key and time are as asked for', () => {
    const { certificatePem } = makeStationIdentity('SL-0312', 'Công an xã Thử Nghiệm', new Date('2049-06-01T00:00:00Z'))
    const made = new X509Certificate(certificatePem)
    expect(made.subject).toBe('O=Công an xã Thử Nghiệm\nCN=SL-0312')
    expect(made.ca).toBe(false)
    expect(made.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
    expect(new Date(made.validFrom).toISOString()).toBe('2049-05-31T00:00:00.000Z')
    expect(new Date(made.validTo).toISOString()).toBe('2059-06-01T00:00:00.000Z')
  })

  test('no two stations get the same key or serial number', () => {
    const [a, b] = [makeStationIdentity('A', 'x'), makeStationIdentity('A', 'x')]
    expect(Buffer.compare(a.privateKeyPkcs8, b.privateKeyPkcs8)).not.toBe(0)
    expect(new X509Certificate(a.certificatePem).serialNumber).not.toBe(
      new X509Certificate(b.certificatePem).serialNumber,
    )
  })
})
