import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { composeDossier, makeStationIdentity, sealDossier, sealInWorker, type SealInput } from '#core/seal/index.ts'
import { inOrder, oid, raw, setOf, tagged, time, toBytes } from '#core/seal/der.ts'
import { makeReceiver } from '#build/receiver/index.ts'
import { person, storeFullDossier, storeIn, temporaryFolder } from '../store/fixtures.ts'

const hex = (...bytes: Parameters<typeof toBytes>) => toBytes(...bytes).toString('hex')

test('lengths take the short, the one-octet, the two-octet and the three-octet form', () => {
  const header = (size: number) =>
    toBytes(tagged(4, raw(new Uint8Array(size))))
      .subarray(0, -size)
      .toString('hex')
  expect(header(127)).toBe('047f')
  expect(header(128)).toBe('048180')
  expect(header(256)).toBe('04820100')
  expect(header(65_536)).toBe('0483010000')
})

test('object identifiers, sets and times are encoded as X.690 and RFC 5652 say', () => {
  expect(hex(oid('2.16.840.1.101.3.4.1.46'))).toBe('060960864801650304012e')
  expect(hex(oid('1.2.840.113549.1.9.16.1.23'))).toBe('060b2a864886f70d0109100117')
  expect(hex(setOf(raw(Buffer.from([2, 1, 9])), raw(Buffer.from([2, 1, 1]))))).toBe('3106020101020109')
  expect(inOrder([raw(Buffer.from([2])), raw(Buffer.from([1]))]).map((each) => hex(each))).toEqual(['01', '02'])
  expect(toBytes(time(new Date('2049-12-31T23:59:59Z'))).toString('latin1')).toBe('\x17\r491231235959Z')
  expect(toBytes(time(new Date('2050-01-01T00:00:00Z'))).toString('latin1')).toBe('\x18\x0f20500101000000Z')
})

function input(names: readonly string[] = ['dossier.json']): SealInput {
  const identity = makeStationIdentity('SL-0312', 'Thử')
  const receiverCertificatePem = readFileSync(makeReceiver(temporaryFolder()).certificate, 'utf8')
  const keys = { stationKey: identity.privateKeyPkcs8, stationCertificate: identity.certificatePem }
  const entries = names.map((name) => ({ name, bytes: Buffer.from(person.name) }))
  return { entries, ...keys, receiverCertificatePem, createdAt: new Date() }
}

test.each([['../up.json'], ['/root.json'], ['a\\b.png'], ['noending'], ['a/../b.png'], ['Lò.png'], ['.hidden.png']])(
  'a file called %s is not sealed',
  (name) => {
    expect(() => sealDossier(input([name]))).toThrow('SEAL_FAILED')
  },
)

test('two files of one name, or none at all, are not sealed', () => {
  expect(() => sealDossier(input(['a.json', 'a.json']))).toThrow('SEAL_FAILED')
  expect(() => sealDossier(input([]))).toThrow('SEAL_FAILED')
})

test("a key that is not the certificate's does not sign", () => {
  const mixed = { ...input(), stationKey: makeStationIdentity('SL-0312', 'Thử').privateKeyPkcs8 }
  expect(() => sealDossier(mixed)).toThrow(
    expect.objectContaining({ code: 'SEAL_FAILED', context: { reason: 'station-key' } }),
  )
  expect(() => sealDossier({ ...input(), stationKey: new Uint8Array(10) })).toThrow('SEAL_FAILED')
})

test('nothing is sealed to a certificate that has expired', () => {
  expect(() => sealDossier({ ...input(), createdAt: new Date('2099-01-01') })).toThrow('CERTIFICATE_UNSUITABLE')
})

test('the worker passes failures on and can be cancelled', async () => {
  await expect(sealInWorker(input(['../up.json']))).rejects.toThrow(
    expect.objectContaining({ code: 'SEAL_FAILED', step: 'seal.zip' }),
  )
  await expect(sealInWorker(input(), AbortSignal.abort())).rejects.toThrow('CANCELLED')
  const controller = new AbortController()
  const sealing = sealInWorker(input(), controller.signal)
  controller.abort()
  await expect(sealing).rejects.toThrow('CANCELLED')
})

test('composing refuses a dossier without events, a picture of unknown kind, and a capture that is not what it was', async () => {
  const store = storeIn(temporaryFolder())
  const { id, state } = await storeFullDossier(store, 64)
  const base = { state, events: store.events(id), getBlob: store.getBlob, station: { code: 'SL-0312', name: 'Thử' } }
  const source = { ...base, devices: [], createdAt: new Date(), program: { name: 'p', version: '1' } }
  await expect(composeDossier({ ...source, events: [] })).rejects.toThrow('SEAL_FAILED')
  await expect(composeDossier({ ...source, getBlob: async () => new Uint8Array(64) })).rejects.toThrow('BLOB_DAMAGED')
  const portraits = state.portraits.map(({ picture }) => ({ picture: { ...picture, mediaType: 'image/gif' } }))
  await expect(composeDossier({ ...source, state: { ...state, portraits } })).rejects.toThrow('SEAL_FAILED')
})

test('the dossier says what was confirmed, by which source, and what the others said', async () => {
  const store = storeIn(temporaryFolder())
  const { id, state } = await storeFullDossier(store, 64)
  const entries = await composeDossier({
    state,
    events: store.events(id),
    getBlob: store.getBlob,
    station: { code: 'SL-0312', name: 'Thử' },
    devices: [],
    createdAt: new Date('2026-11-20T02:00:00Z'),
    program: { name: 'p', version: '1' },
  })
  const dossier = JSON.parse(Buffer.from(entries[0]?.bytes ?? []).toString('utf8')) as Record<
    string,
    Record<string, unknown>
  >
  expect(dossier['person']?.['fullName']).toEqual({
    value: person.name,
    source: 'chip',
    differs: false,
    values: { chip: person.name, qr: person.name, declared: person.name },
  })
  expect(dossier['person']?.['nationality']).toMatchObject({ value: 'Việt Nam', source: 'declared' })
  expect(dossier['answers']?.['personalNumber']).toEqual({ value: person.number, answer: 'right', by: 'citizen' })
  expect(dossier['procedure']).toMatchObject({ reason: 'old-card', fee: 15_000 })
  expect(dossier['createdAt']).toBe('2026-11-20T02:00:00.000Z')
  const portraits = dossier['portraits'] as unknown as { file: string; used: boolean }[]
  expect(portraits.map(({ file, used }) => [file, used])).toEqual([
    ['images/portrait-1.jpg', false],
    ['images/portrait-2.jpg', true],
  ])
})
