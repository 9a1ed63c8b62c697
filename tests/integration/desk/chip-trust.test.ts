import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStation, type Station } from '#core/station/index.ts'
import { makeReceiver } from '#build/receiver/index.ts'
import { personalise, simulatedChip } from '#native/sim/chip/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { issueMasterListSigner, makeAuthority, signMasterList } from '#native/sim/chip/issuer/index.ts'
import { people } from '#native/sim/people/people.ts'
import { run } from './run.ts'

const root = join(import.meta.dirname, '../../..')
const passphrase = 'mật khẩu thử nghiệm 2026'
const csca = makeAuthority({ seed: 'desk', kind: { type: 'ec', curve: 'brainpoolP256r1' } })
const lister = issueMasterListSigner(csca, { seed: 'desk', kind: { type: 'ec', curve: 'P-256' } })

let dir: string
let data: string
const at = (name: string) => join(dir, name)
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quay-trust-'))
  data = at('data')
  const receiver = makeReceiver(at('receiver'))
  const station = openAt(data)
  const receiverCertificate = readFileSync(receiver.certificate, 'utf8')
  await station.setUp({ code: 'SL-0312', name: 'Công an xã mẫu', passphrase, receiverCertificate })
  station.close()
  await writeFile(at('csca.der'), csca.certificate)
  await writeFile(at('list.ml'), signMasterList(lister, [csca.certificate]))
  await writeFile(at('hello.txt'), 'hello')
})
afterAll(() => rm(dir, { recursive: true, force: true }))

function openAt(dataFolder: string): Station {
  return openStation({ dataFolder, clock: () => new Date(), onOpen: () => {} })
}

/** The command line with a passphrase in its environment. */
async function trust(words: readonly string[], secret = passphrase) {
  const child = spawn(process.execPath, [join(root, 'build/desk/index.ts'), 'chip', 'trust', ...words], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, QCC_PASSPHRASE: secret },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

test('an authority that is imported is listed from then on, with what a person compares', async () => {
  expect(JSON.parse((await trust(['list', '--data', data, '--json'])).stdout)).toEqual({ ok: true, value: [] })
  const done = await trust(['import', 'list.ml', '--data', data, '--json'])
  expect(JSON.parse(done.stdout)).toMatchObject({
    ok: true,
    value: { from: 'master-list', added: 1, known: 0, rejected: [], masterLists: [{ signerKnown: false }] },
  })
  expect(done.code).toBe(0)
  const again = await trust(['import', 'list.ml', '--data', data])
  expect(again.stdout).toContain('0 new, 1 known before')
  expect(again.stdout).toContain('known here')
  const { stdout } = await trust(['list', '--data', data])
  expect(stdout).toMatch(
    /^VN {2}root {2}C=VN, CN=invented test CSCA {2}1 {2}2021-01-01 – 2041-01-01 {2}[0-9a-f]{64}\n$/u,
  )
})

test('a file without certificates is refused with its code and the reason', async () => {
  const { code, stdout, stderr } = await trust(['import', 'hello.txt', '--data', data, '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'CERTIFICATE_UNREADABLE' } })
  expect(stderr).toBe('hello.txt: form\n')
  expect(code).toBe(1)
})

test('a wrong passphrase, none at all, a folder without a station and a missing file are told apart', async () => {
  const wrong = await trust(['list', '--data', data, '--json'], 'không phải mật khẩu này')
  expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'WRONG_PASSPHRASE' } })
  const none = await trust(['list', '--data', data], '')
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('QCC_PASSPHRASE') })
  expect(await trust(['list', '--data', at('nothing')])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('holds no station'),
  })
  expect(await trust(['import', 'nothing.der', '--data', data])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('cannot be read'),
  })
  expect(await trust(['import', '--data', data])).toMatchObject({ code: 2, stderr: expect.stringContaining('FILE') })
  expect(await readdir(dir)).not.toContain('nothing')
})

test('while the program is open the store is in use, which is explained', async () => {
  const station = openAt(data)
  await station.unlock(passphrase)
  try {
    const { code, stderr } = await trust(['import', 'csca.der', '--data', data])
    expect(stderr).toContain('The program is already open')
    expect(stderr).toContain('STORE_IN_USE')
    expect(code).toBe(1)
  } finally {
    station.close()
  }
})

test('one reading is verified by files alone, and by files of others it is not', async () => {
  const image = await personalise(people.lo)
  const reader = await startGempcTwin({ linkPath: at('reader'), pace: 0, chip: simulatedChip(image) })
  try {
    await writeFile(at('own.der'), image.csca)
    await writeFile(at('mrz.txt'), image.mrz.join('\n'))
    const read = async (...files: string[]) => {
      const words = ['chip', 'read', '--reader', `gempc-twin:${at('reader')}`, '--mrz-file', at('mrz.txt'), '--json']
      const { stdout } = await run('build/desk/index.ts', [...words, ...files.flatMap((file) => ['--trust', at(file)])])
        .ended
      return JSON.parse(stdout) as { value: unknown }
    }
    expect(await read('csca.der', 'own.der')).toMatchObject({
      ok: true,
      value: { trust: 'verified', verdict: { anchor: { country: 'VN', serial: '1' }, signer: { serial: '2' } } },
    })
    expect(await read('csca.der')).toMatchObject({
      ok: true,
      value: { trust: 'no-trust-anchor', verdict: { check: 'anchor' } },
    })
    expect(await read('hello.txt')).toMatchObject({ ok: false, error: { code: 'CERTIFICATE_UNREADABLE' } })
  } finally {
    await reader.stop()
  }
})
