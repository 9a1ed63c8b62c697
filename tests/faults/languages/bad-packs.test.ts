import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { temporaryRoot, testStation, thai } from '../../integration/languages/station.ts'
import { inventedRecording } from '../../unit/core/languages/invented-recording.ts'
import { forge, kitOf, sha256, type Forgery } from './forge.ts'

const gigabytes = 1024 ** 3
const right = 'audio/answer.right.webm'

/** One for all: what is refused changes nothing. */
const cleaning: (() => void | Promise<void>)[] = []
const station = testStation('DB-0007', 'Công an xã Mẫu', { whenDone: (clean) => cleaning.unshift(clean) })
beforeAll(async () => {
  await station.say('answer.wrong', 9)
})
afterAll(async () => {
  for (const clean of cleaning) await clean()
})

/** Both looking at it and taking it over are refused in the same way, at once, and leave nothing behind. */
async function refused(folder: string) {
  const before = snapshot(station.dataFolder)
  const failures = []
  for (const act of [
    async () => station.handlers.inspectLanguage({ folder }),
    async () => station.handlers.importLanguage({ folder, fingerprint: '0'.repeat(64) }),
  ]) {
    const error: unknown = await act().then(
      () => 'taken',
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof AppError)) throw new Error(`no refusal: ${String(error)}`)
    const { code, context } = error
    failures.push({ code, context })
  }
  expect(snapshot(station.dataFolder)).toEqual(before)
  expect(failures[1]).toEqual(failures[0])
  return failures[0]
}

function snapshot(folder: string): unknown {
  const languages = join(folder, 'languages')
  return readdirSync(languages, { recursive: true, encoding: 'utf8' }).toSorted()
}

test('a pack that was made by the description alone is taken', async () => {
  const station = testStation('DB-0007')
  const folder = forge()
  const found = await station.handlers.inspectLanguage({ folder })
  expect(found).toMatchObject({ station: { code: 'SL-0666', name: 'Công an xã Thử Thách' }, texts: 1, recordings: 1 })
  await station.handlers.importLanguage({ folder, fingerprint: found.fingerprint })
  expect(await station.play('answer.right')).toEqual(inventedRecording(1))
})

const aFile = (file: string) => ({ file, size: 3, sha256: sha256(Buffer.from('abc')) })
const climbing = [
  '../answer.right.webm',
  'audio/../../answer.right.webm',
  'audio/../texts.json',
  '/etc/passwd',
  'C:\\Windows\\win.ini',
  'audio\\answer.right.webm',
  'audio/./answer.right.webm',
  'audio//answer.right.webm',
  './texts.json',
  'manifest.json',
  'audio/answer.right.webm\0.png',
  'audio/answer.perhaps.webm',
  'audio/__proto__.webm',
]

describe('a path', () => {
  test.each(climbing)('such as %j in the manifest is refused', async (file) => {
    const folder = forge({ manifest: (manifest) => ({ ...manifest, files: [...manifest.files, aFile(file)] }) })
    expect(await refused(folder)).toMatchObject({ code: 'PACK_MALFORMED', context: { reason: 'path' } })
  })

  test('that is named twice is refused', async () => {
    const folder = forge({ manifest: (manifest) => ({ ...manifest, files: [...manifest.files, manifest.files[1]] }) })
    expect(await refused(folder)).toMatchObject({ code: 'PACK_MALFORMED' })
  })
})

describe('a text', () => {
  test.each([
    ['a script', '<script>fetch("//x")</script>'],
    ['an image', '<img src=x onerror=alert(1)>'],
    ['an override of direction', 'Đúng \u202Eias'],
    ['a null', 'Đúng\0'],
    ['an escape', '\u001B[31mĐúng'],
    ['501 letters', 'x'.repeat(501)],
    ['nothing', ''],
    ['letters that are not composed', 'Đúng'.normalize('NFD')],
    ['a number', 7],
    ['a list', ['Đúng']],
    ['nothing at all', null],
  ])('with %s is refused, and its sentence is told', async (_, text) => {
    const folder = forge({ texts: { 'answer.wrong': 'sai', 'answer.right': text } })
    expect(await refused(folder)).toMatchObject({
      code: 'PACK_MALFORMED',
      context: { reason: 'text', key: 'answer.right' },
    })
  })

  test.each([
    ['for a sentence that is none', Buffer.from('{"answer.perhaps": "x"}')],
    ['for the prototype', Buffer.from('{"__proto__": {"answer.right": "x"}}')],
    ['for the constructor', Buffer.from('{"constructor": "x"}')],
    ['in a list', Buffer.from('["x"]')],
    ['that is no JSON', Buffer.from('{"answer.right": ')],
    ['in UTF-16', Buffer.from('{"answer.right": "x"}', 'utf16le')],
    ['in broken UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
    ['a hundred thousand levels deep', Buffer.from('['.repeat(100_000))],
  ])('%s is refused', async (_, textBytes) => {
    expect(await refused(forge({ textBytes }))).toMatchObject({ code: 'PACK_MALFORMED' })
  })

  test('of Vietnamese is refused: the words of the program are its own', async () => {
    const folder = forge({ manifest: (manifest) => ({ ...manifest, language: { ...manifest.language, id: 'vi' } }) })
    expect(await refused(folder)).toMatchObject({ code: 'PACK_MALFORMED', context: { reason: 'texts-of-program' } })
  })
})

describe('a recording', () => {
  test.each([
    ['is a script', Buffer.from('<script>alert(1)</script>'.repeat(20))],
    ['is a video', inventedRecording(1, 1, { trackType: 1 })],
    ['lasts more than half a minute', inventedRecording(1, 31)],
    ['is empty', Buffer.alloc(0)],
  ])('that %s is refused, and its sentence is told', async (_, bytes) => {
    expect(await refused(forge({ audio: { 'answer.right': bytes } }))).toMatchObject({
      code: 'PACK_MALFORMED',
      context: { reason: 'recording', key: 'answer.right' },
    })
  })
})

const evils: readonly [string, string, Forgery][] = [
  ['a recording is missing', 'PACK_MALFORMED', { after: (at) => rmSync(join(at, right)) }],
  ['the texts are missing', 'PACK_MALFORMED', { after: (at) => rmSync(join(at, 'texts.json')) }],
  ['there is a file more', 'PACK_MALFORMED', { after: (at) => writeFileSync(join(at, 'run.exe'), 'x') }],
  ['there is a folder more', 'PACK_MALFORMED', { after: (at) => mkdirSync(join(at, 'plugins')) }],
  [
    'there is a recording more',
    'PACK_MALFORMED',
    { after: (at) => writeFileSync(join(at, 'audio/answer.wrong.webm'), inventedRecording(1)) },
  ],
  ['there is no audio folder', 'PACK_MALFORMED', { after: (at) => rmSync(join(at, 'audio'), { recursive: true }) }],
  [
    'a recording is a link to the password file',
    'PACK_MALFORMED',
    { after: (at) => (rmSync(join(at, right)), symlinkSync('/etc/passwd', join(at, right))) },
  ],
  [
    'the audio folder is a link',
    'PACK_MALFORMED',
    { after: (at) => (renameSync(join(at, 'audio'), `${at}-audio`), symlinkSync(`${at}-audio`, join(at, 'audio'))) },
  ],
  [
    'the manifest is a link',
    'PACK_MALFORMED',
    {
      after: (at) => (
        renameSync(join(at, 'manifest.json'), `${at}.json`),
        symlinkSync(`${at}.json`, join(at, 'manifest.json'))
      ),
    },
  ],
  [
    'a recording is a device',
    'PACK_MALFORMED',
    { after: (at) => (rmSync(join(at, right)), symlinkSync('/dev/zero', join(at, right))) },
  ],
  [
    'a recording is a pipe that nobody writes to',
    'PACK_MALFORMED',
    { after: (at) => (rmSync(join(at, right)), execFileSync('mkfifo', [join(at, right)])) },
  ],
  [
    'a recording is a folder',
    'PACK_MALFORMED',
    { after: (at) => (rmSync(join(at, right)), mkdirSync(join(at, right))) },
  ],
  ['a recording is of 2 GB', 'PACK_TOO_LARGE', { after: (at) => truncateSync(join(at, right), 2 * gigabytes) }],
  [
    'the manifest is of 2 GB',
    'PACK_TOO_LARGE',
    { after: (at) => truncateSync(join(at, 'manifest.json'), 2 * gigabytes) },
  ],
  ['the texts are of 2 GB', 'PACK_TOO_LARGE', { after: (at) => truncateSync(join(at, 'texts.json'), 2 * gigabytes) }],
  [
    'the signature is of 2 GB',
    'PACK_TOO_LARGE',
    { after: (at) => truncateSync(join(at, 'manifest.p7s'), 2 * gigabytes) },
  ],
  [
    'a recording was exchanged',
    'PACK_SIGNATURE',
    { after: (at) => writeFileSync(join(at, right), inventedRecording(2)) },
  ],
  ['a recording grew', 'PACK_SIGNATURE', { after: (at) => appendFileSync(join(at, right), Buffer.alloc(1)) }],
  [
    'a text was changed',
    'PACK_SIGNATURE',
    { after: (at) => writeFileSync(join(at, 'texts.json'), '{"answer.right":"sai!"}') },
  ],
  ['the manifest was changed', 'PACK_SIGNATURE', { after: (at) => appendFileSync(join(at, 'manifest.json'), ' ') }],
  ['the signature is missing', 'PACK_SIGNATURE', { signature: () => undefined }],
  ['the signature is empty', 'PACK_SIGNATURE', { signature: () => Buffer.alloc(0) }],
  ['the signature is cut off', 'PACK_SIGNATURE', { signature: (good) => good.subarray(0, -1) }],
  [
    'something follows the signature',
    'PACK_SIGNATURE',
    { signature: (good) => Buffer.concat([good, Buffer.alloc(1)]) },
  ],
  ['the signature is text', 'PACK_SIGNATURE', { signature: (good) => Buffer.from(good.toString('base64')) }],
  [
    'the manifest names another station than the certificate',
    'PACK_SIGNATURE',
    { manifest: (manifest) => ({ ...manifest, station: { code: 'SL-0312', name: 'Công an xã Thử Thách' } }) },
  ],
  ['the certificate turns its name round', 'PACK_SIGNATURE', { kit: kitOf('SL-0312', 'Công an \u202Eãx') }],
]

describe('a pack of which', () => {
  test.each(evils)('%s is refused with %s', async (_, code, forgery) => {
    expect(await refused(forge(forgery))).toMatchObject({ code })
  })
})

test.each([
  ['of another format', (manifest: object) => ({ ...manifest, format: 'quay-can-cuoc/language-pack/2' })],
  ['with a field more', (manifest: object) => ({ ...manifest, script: 'x' })],
  ['without a station', ({ station: _, ...manifest }: { station?: unknown }) => manifest],
  ['that is a list', () => []],
  ['of a language called ../vi', (m: { language: object }) => ({ ...m, language: { ...m.language, id: '../vi' } })],
  ['with markup for a name', (m: { language: object }) => ({ ...m, language: { ...m.language, name: '<b>x</b>' } })],
  [
    'with a day twice',
    (m: { language: object }) => ({ ...m, language: { ...m.language, date: ['day', 'day', 'year'] } }),
  ],
  ['reviewed by a script', (manifest: object) => ({ ...manifest, reviewed: { by: '<script>', on: '2026-11-21' } })],
  ['of negative size', (m: { files: object[] }) => ({ ...m, files: m.files.map((each) => ({ ...each, size: -1 })) })],
  [
    'of three thousand files',
    (m: { files: object[] }) => ({ ...m, files: Array.from({ length: 3000 }, () => m.files[0]) }),
  ],
])('a manifest %s is refused although it is signed', async (_, bend) => {
  expect(await refused(forge({ manifest: bend }))).toMatchObject({
    code: 'PACK_MALFORMED',
  })
})

test('2 GB of audio is refused in less than a second, and so are ten thousand files', async () => {
  const huge = forge({ after: (at) => truncateSync(join(at, right), 2 * gigabytes) })
  const many = forge({
    after(at) {
      for (let n = 0; n < 10_000; n++) writeFileSync(join(at, `file-${n}`), '')
    },
  })
  for (const folder of [huge, many]) {
    const before = process.cpuUsage()
    await expect(station.handlers.inspectLanguage({ folder })).rejects.toMatchObject({ code: 'PACK_TOO_LARGE' })
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(1000)
  }
})

describe('a signature by', () => {
  test('a key that is not that of the certificate is refused', async () => {
    const [one, other] = [kitOf(), kitOf()]
    const forged = forge({
      kit: one,
      signature(good) {
        const cert = (kit: typeof one) =>
          Buffer.from(kit.stationCertificate.replace(/-----.*?-----|\s/gu, ''), 'base64')
        const at = good.indexOf(cert(one))
        expect(at).toBeGreaterThan(0)
        return Buffer.concat([good.subarray(0, at), cert(other), good.subarray(at + cert(one).length)])
      },
    })
    expect(await refused(forged)).toMatchObject({ code: 'PACK_SIGNATURE' })
  })

  test('another station over another pack is refused', async () => {
    const other = forge({ kit: kitOf('SL-0312') })
    const folder = forge({ signature: () => readFileSync(join(other, 'manifest.p7s')) })
    expect(await refused(folder)).toMatchObject({ code: 'PACK_SIGNATURE' })
  })

  test('RSA is refused: no station signs so', async () => {
    const work = temporaryRoot()
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    writeFileSync(join(work, 'key'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: work, stdio: 'pipe' })
    openssl('req', '-x509', '-key', 'key', '-subj', '/O=Công an xã Thử Thách/CN=SL-0666', '-utf8', '-out', 'cert')
    const folder = forge({
      signature(_, manifest) {
        writeFileSync(join(work, 'manifest'), manifest)
        const files = ['-signer', 'cert', '-inkey', 'key', '-in', 'manifest', '-out', 'p7s']
        openssl('cms', '-sign', '-binary', '-outform', 'DER', '-md', 'sha256', ...files)
        return readFileSync(join(work, 'p7s'))
      },
    })
    expect(await refused(folder)).toMatchObject({ code: 'PACK_SIGNATURE' })
  })
})

test(`what a refused pack would have replaced in ${thai} plays on`, async () => {
  const station = testStation('DB-0007')
  await station.say('answer.right', 5)
  const folder = forge({ after: (at) => writeFileSync(join(at, 'texts.json'), '{}') })
  const { fingerprint } = await station.handlers.inspectLanguage({ folder: forge() })
  await expect(station.handlers.importLanguage({ folder, fingerprint })).rejects.toMatchObject({
    code: 'PACK_SIGNATURE',
  })
  expect(await station.play('answer.right')).toEqual(inventedRecording(5))
})
