import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sealInWorker, type SealEntry } from '#core/seal/index.ts'
import { makeReceiver, openSealed } from '#build/receiver/index.ts'
import { temporaryFolder } from '../../unit/core/store/fixtures.ts'
import { prepareDossier, sealInto } from './sealing.ts'

test("OpenSSL opens the seal with the receiver's key, finds the station's signature good, and the content is what was captured", async () => {
  const { root, entries, receiver, events, images, createdAt } = await prepareDossier()
  const { file, stationCertificate } = sealInto(root, entries, receiver, createdAt)
  const opened = openSealed({ file, ...receiver, stationCertificate, outFolder: join(root, 'out') })
  expect(opened).toMatchObject({ number: 'SL-0312-000001', events: events.length, head: events.at(-1)?.hash })
  expect(opened.station).toMatchObject({ known: true, subject: 'CN=SL-0312,O=Công an xã Thử Nghiệm' })
  expect(opened.files).toEqual(entries.map(({ name }) => name).toSorted())
  for (const { name, bytes } of entries) expect(readFileSync(join(opened.contentFolder, name)).equals(bytes)).toBe(true)
  const hashes = new Set(opened.files.map((name) => sha256(readFileSync(join(opened.contentFolder, name)))))
  expect(images.length).toBeGreaterThan(20)
  for (const image of images) expect(hashes).toContain(sha256(image))
})

test('OpenSSL reads the layers as the document names them', async () => {
  const { root, entries, receiver } = await prepareDossier(64)
  const { file, stationCertificate } = sealInto(root, entries, receiver)
  const outer = openssl('cms', '-cmsout', '-print', '-inform', 'DER', '-in', file)
  for (const part of [
    'authEnvelopedData',
    'aes-256-gcm',
    'id-aes256-wrap',
    'dhSinglePass-stdDH-sha256kdf-scheme',
    'd.issuerAndSerialNumber',
  ]) {
    expect(outer).toContain(part)
  }
  const out = openSealed({ file, ...receiver, stationCertificate, outFolder: join(root, 'out') })
  const inner = openssl(
    'cms',
    '-cmsout',
    '-print',
    '-inform',
    'DER',
    '-in',
    join(out.contentFolder, '..', 'signed.p7s'),
  )
  for (const part of ['pkcs7-signedData', 'ecdsa-with-SHA256', 'contentType', 'signingTime', 'messageDigest']) {
    expect(inner).toContain(part)
  }
})

test('a seal made in the worker thread opens as well', async () => {
  const { root, entries, receiver, createdAt } = await prepareDossier(64)
  const { file, identity, receiverCertificatePem, stationCertificate } = sealInto(root, entries, receiver)
  const keys = { stationKey: identity.privateKeyPkcs8, stationCertificate: identity.certificatePem }
  writeFileSync(file, await sealInWorker({ entries, ...keys, receiverCertificatePem, createdAt }))
  expect(openSealed({ file, ...receiver, stationCertificate, outFolder: join(root, 'out') }).files).toHaveLength(
    entries.length,
  )
})

test('the key of another receiver does not open it, even with its own certificate renamed', async () => {
  const { root, entries, receiver } = await prepareDossier(64)
  const { file } = sealInto(root, entries, receiver)
  const other = makeReceiver(join(root, 'other'))
  const outFolder = join(root, 'out')
  expect(() => openSealed({ file, ...other, outFolder })).toThrow('openssl cms -decrypt')
  expect(() => openSealed({ file, key: other.key, certificate: receiver.certificate, outFolder })).toThrow(
    'openssl cms -decrypt',
  )
  expect(readdirSync(outFolder)).toEqual([])
})

test('a flipped bit in header, content or tag keeps the file shut', async () => {
  const { root, entries, receiver } = await prepareDossier(64)
  const { file, bytes, stationCertificate } = sealInto(root, entries, receiver)
  const outFolder = join(root, 'out')
  const open = () => openSealed({ file, ...receiver, stationCertificate, outFolder })
  expect(open().number).toBe('SL-0312-000001')
  const inHeader = bytes.length - 40 > 600 ? [4, 30, 300, 420] : []
  for (const position of [...inHeader, Math.floor(bytes.length / 2), bytes.length - 17, bytes.length - 1]) {
    const flipped = Uint8Array.from(bytes)
    flipped[position] = (flipped[position] ?? 0) ^ 1
    writeFileSync(file, flipped)
    expect(open, `bit flipped in byte ${position} of ${bytes.length}`).toThrow('openssl cms -decrypt')
  }
  expect(existsSync(join(outFolder, 'content.zip'))).toBe(false)
})

test('a truncated file does not open', async () => {
  const { root, entries, receiver } = await prepareDossier(64)
  const { file, bytes } = sealInto(root, entries, receiver)
  for (const length of [0, 100, bytes.length - 1]) {
    writeFileSync(file, bytes.subarray(0, length))
    expect(() => openSealed({ file, ...receiver, outFolder: join(root, 'out') })).toThrow('openssl cms -decrypt')
  }
})

test('the signature of a station that is not the expected one is refused', async () => {
  const { root, entries, receiver } = await prepareDossier(64)
  const { file } = sealInto(root, entries, receiver)
  const { stationCertificate } = sealInto(join(root, 'other'), entries, receiver)
  expect(() => openSealed({ file, ...receiver, stationCertificate, outFolder: join(root, 'out') })).toThrow(
    'openssl cms -verify',
  )
})

test.each([
  ['an event was changed', 'events.jsonl', (text: string) => text.replace('Việt Nam', 'Việt Nom'), 'breaks at event'],
  ['the last event is missing', 'events.jsonl', (text: string) => text.replace(/[^\n]*\n$/u, ''), 'does not end where'],
  [
    'two events changed places',
    'events.jsonl',
    (text: string) => text.replace(/^(.*\n)(.*\n)/u, '$2$1'),
    'breaks at event 1',
  ],
  ['a picture was exchanged', 'images/portrait-1.jpg', () => 'another', 'not as described'],
] as const)('the independent check finds that %s', async (_, name, change, message) => {
  const { root, entries, receiver } = await prepareDossier(64)
  const changed = entries.map((entry) => {
    return entry.name === name ? { name, bytes: Buffer.from(change(Buffer.from(entry.bytes).toString('utf8'))) } : entry
  })
  const { file } = sealInto(root, changed, receiver)
  expect(() => openSealed({ file, ...receiver, outFolder: join(root, 'out') })).toThrow(message)
})

type Shown = {
  showings: { event: number; what: { value?: string; portrait?: string } }[]
  answers: { event: number; kind: string; by: string; answer?: string; showing?: number }[]
}

test.each<readonly [string, (shown: Shown) => unknown, string]>([
  ['an answer was turned', ({ answers }: Shown) => (answers[0]!.answer = 'wrong'), 'answered otherwise'],
  ['a showing was left out', ({ showings }: Shown) => showings.splice(3, 1), 'as many showings'],
  ['an answer was left out', ({ answers }: Shown) => answers.splice(3, 1), 'every showing and answer once'],
  ['something else was shown', ({ showings }: Shown) => (showings[1]!.what.value = 'Mẫu'), 'shown otherwise'],
  ['the page was not shown', ({ answers }: Shown) => delete answers.at(-1)!.showing, 'answers what was not shown'],
  ['an answer is of another detail', ({ answers }: Shown) => (answers[1]!.showing = answers[0]!.showing!), 'not shown'],
  [
    'a picture beside the page is another file',
    ({ showings }: Shown) => (showings.at(-1)!.what.portrait = 'images/portrait-9.jpg'),
    'with a picture that is not there',
  ],
])('the independent check finds in shown.json that %s', async (_, change, message) => {
  const { root, entries, receiver } = await prepareDossier(64)
  const shown = JSON.parse(textOf(entries, 'shown.json')) as Shown
  change(shown)
  const bytes = Buffer.from(JSON.stringify(shown))
  const dossier = JSON.parse(textOf(entries, 'dossier.json')) as { shown: object }
  const described = { ...dossier, shown: { ...dossier.shown, sha256: sha256(bytes), size: bytes.length } }
  const changed = entries.map((entry) => {
    if (entry.name === 'dossier.json') return { ...entry, bytes: Buffer.from(JSON.stringify(described)) }
    return entry.name === 'shown.json' ? { ...entry, bytes } : entry
  })
  const { file } = sealInto(root, changed, receiver)
  expect(() => openSealed({ file, ...receiver, outFolder: join(root, 'out') })).toThrow(message)
})

test.each([
  ['a representative who signed', { represented: true }, ['signature.png', 'signature.svg']],
  ['a mark and a witness', { cannotSign: true }, ['images/mark.png', 'witness.png', 'witness.json', 'witness.svg']],
  [
    "a representative's mark and a witness",
    { represented: true, cannotSign: true },
    ['images/mark.png', 'witness.svg'],
  ],
] as const)('OpenSSL opens a dossier with %s, and the independent check finds it whole', async (_, unusual, files) => {
  const { root, entries, receiver, images } = await prepareDossier(64, unusual)
  const { file } = sealInto(root, entries, receiver)
  const opened = openSealed({ file, ...receiver, outFolder: join(root, 'out') })
  expect(opened.files).toEqual(expect.arrayContaining([...files, 'shown.json']))
  const hashes = new Set(opened.files.map((name) => sha256(readFileSync(join(opened.contentFolder, name)))))
  for (const image of images) expect(hashes).toContain(sha256(image))
})

test('the command line makes a receiver and opens a file, and says when it cannot', async () => {
  const { root, entries } = await prepareDossier(64)
  const script = join(import.meta.dirname, '../../../build/receiver/index.ts')
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', stdio: 'pipe' })
  const receiver = JSON.parse(run('make', join(root, 'made'))) as { key: string; certificate: string }
  const keyBefore = readFileSync(receiver.key)
  run('make', join(root, 'made'))
  expect(readFileSync(receiver.key).equals(keyBefore)).toBe(true)
  const { file } = sealInto(root, entries, receiver)
  const out = ['--key', receiver.key, '--out', join(root, 'out')]
  expect(JSON.parse(run('open', file, ...out))).toMatchObject({ number: 'SL-0312-000001', station: { known: false } })
  expect(() => run('open', join(root, 'nothing.p7m'), ...out)).toThrow()
  expect(() => run('shut')).toThrow()
})

test("the escrowed database key opens with the receiver's key alone", async () => {
  const { writeEscrow } = await import('#core/access/index.ts')
  const folder = temporaryFolder()
  const receiver = makeReceiver(join(folder, 'receiver'))
  const key = new Uint8Array(32).fill(0xa5)
  await writeEscrow({ folder, key, receiverCertificatePem: readFileSync(receiver.certificate, 'utf8') })
  const file = join(folder, 'escrow.p7m')
  expect(readFileSync(file).includes(Buffer.from(key).toString('hex'))).toBe(false)
  const clear = openssl(
    'cms',
    '-decrypt',
    '-binary',
    '-inform',
    'DER',
    '-in',
    file,
    '-inkey',
    receiver.key,
    '-recip',
    receiver.certificate,
  )
  expect(JSON.parse(clear)).toEqual({ format: 'quay-can-cuoc/escrow/1', key: 'a5'.repeat(32) })
})

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' })
}

function textOf(entries: readonly SealEntry[], name: string): string {
  return Buffer.from(entries.find((entry) => entry.name === name)?.bytes ?? []).toString('utf8')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
