import { generateKeyPairSync } from 'node:crypto'
import { CompactSign } from 'jose'
import { expect, it } from 'vitest'
import { sequence, truth } from '#native/sim/chip/issuer/encode.ts'
import { extension, issueCertificate, nameOf } from '#native/sim/chip/issuer/index.ts'
import { issuerKey, makeMaker } from '#native/sim/sbi/authority.ts'
import { openSigned, readAnchors } from '#native/drivers/sbi/trust.ts'
import { failureOf } from './bench.ts'

const now = new Date('2026-11-21T20:30:00Z')
const later = new Date('2026-12-31T00:00:00Z')
const maker = makeMaker(() => now)
const key = maker.deviceKey('000000000001')
const anchors = readAnchors(maker.anchor)
const text = async (signed: ReturnType<typeof openSigned>) => Buffer.from((await signed).payload).toString()
const pemOf = (der: string) => `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----`
const chainIn = (jws: string) =>
  (JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { x5c: string[] }).x5c

it('opens what a device of a trusted maker signed', async () => {
  expect(await text(openSigned(await key.sign('as it was'), anchors, now, 'test'))).toBe('as it was')
})

it('trusts the maker or the device itself when that is what the technician put in', async () => {
  const jws = await key.sign('as it was')
  for (const der of chainIn(jws)) {
    expect(await text(openSigned(jws, readAnchors(pemOf(der)), now, 'test'))).toBe('as it was')
  }
})

it('trusts nothing without anchors', async () => {
  expect(await failureOf(openSigned(await key.sign(''), readAnchors(undefined), now, 'test'))).toBe(
    'DEVICE_UNTRUSTED no-anchor',
  )
  expect(readAnchors('no certificate')).toEqual([])
})

it('says so when an anchor cannot be read', async () => {
  expect(() => readAnchors(pemOf('AAAA'))).toThrow(expect.objectContaining({ code: 'CERTIFICATE_UNREADABLE' }))
})

it('does not know the devices of another maker', async () => {
  const stranger = makeMaker(() => now).deviceKey('000000000001')
  expect(await failureOf(openSigned(await stranger.sign(''), anchors, now, 'test'))).toBe(
    'DEVICE_UNTRUSTED certificate-unknown',
  )
})

it.each([
  ['opens what an authority vouches for', [extension('2.5.29.19', sequence(truth()), true)], 'nothing went wrong'],
  ['does not take a device for an authority', [], 'DEVICE_UNTRUSTED certificate-unknown'],
])('%s', async (_, extensions, outcome) => {
  const make = () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return { privateKey, key: issuerKey(privateKey, publicKey) }
  }
  const [above, below] = [make(), make()]
  const issuer = { name: nameOf('invented issuer'), key: above.key, scheme: { hash: 'sha256' } } as const
  const own = issueCertificate({ serial: 1, subject: issuer.name, key: above.key, issuer, extensions })
  const subject = nameOf('invented device')
  const issued = issueCertificate({ serial: 2, subject, key: below.key, issuer, extensions: [] })
  const base64 = (der: Uint8Array) => Buffer.from(der).toString('base64')
  const jws = await new CompactSign(Buffer.from('{}'))
    .setProtectedHeader({ alg: 'ES256', x5c: [base64(issued)] })
    .sign(below.privateKey)
  expect(await failureOf(openSigned(jws, readAnchors(pemOf(base64(own))), now, 'test'))).toBe(outcome)
})

it('holds certificates to their time', async () => {
  const ended = maker.deviceKey('000000000001', { ended: true })
  expect(await failureOf(openSigned(await ended.sign(''), anchors, now, 'test'))).toBe(
    'DEVICE_UNTRUSTED certificate-expired',
  )
  expect(await failureOf(openSigned(await key.sign(''), anchors, later, 'test'))).toBe(
    'DEVICE_UNTRUSTED certificate-expired',
  )
})

const noKey = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')

it.each([
  ['nothing', ''],
  ['a bare payload', Buffer.from('{}').toString('base64url')],
  ['an unsigned token', `${noKey}.e30.`],
  ['three parts of noise', 'a.b.c'],
])('refuses %s for want of a signature', async (_, jws) => {
  expect(await failureOf(openSigned(jws, anchors, now, 'test'))).toBe('DEVICE_UNTRUSTED signature')
})

it('refuses a changed payload, and a header that names another certificate', async () => {
  const [header = '', payload = '', signature = ''] = (await key.sign('as it was')).split('.')
  const changed = Buffer.from('as it is now').toString('base64url')
  expect(await failureOf(openSigned(`${header}.${changed}.${signature}`, anchors, now, 'test'))).toBe(
    'DEVICE_UNTRUSTED signature',
  )
  const other = maker.deviceKey('000000000002')
  const [otherHeader = ''] = (await other.sign('')).split('.')
  expect(await failureOf(openSigned(`${otherHeader}.${payload}.${signature}`, anchors, now, 'test'))).toBe(
    'DEVICE_UNTRUSTED signature',
  )
})
