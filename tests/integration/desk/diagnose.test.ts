import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { passphrase, setUpStation, type Station } from '../../support/desk.ts'
import { run } from './run.ts'

// Every diagnose command as it is typed, in both forms, by a technician who has no device at hand.

let station: Station
let folder: string
let data: string
beforeAll(async () => {
  station = await setUpStation()
  folder = await mkdtemp(join(tmpdir(), 'desk-diagnose-'))
  data = station.freshData()
})
afterAll(async () => {
  station.close()
  await rm(folder, { recursive: true, force: true })
})

const diagnose = (words: readonly string[], secret = '') =>
  run('build/desk/index.ts', ['diagnose', ...words], { cwd: folder, env: { QCC_PASSPHRASE: secret } }).ended
const answerIn = (stdout: string) => JSON.parse(stdout) as { ok: boolean; value: unknown; error: { code: string } }

test.each([
  ['what can be tested, and the station', ['--data']],
  ['the station', ['station', '--only', 'disk,keys', '--data']],
  ['the centre', ['centre', '--data']],
  ['a bundle', ['bundle', '--out', 'out', '--data']],
])(
  '%s: lines for people, and with --json one document and nothing else',
  async (_, words) => {
    const [plain, machine] = await Promise.all([
      diagnose([...words, data], passphrase),
      diagnose([...words, station.freshData(), '--json'], passphrase),
    ])
    expect([plain.code, machine.code]).toEqual([0, 0])
    expect(plain.stdout).not.toMatch(/^[{[]/u)
    expect(plain.stdout.split('\n').every((line) => line === line.trimEnd())).toBe(true)
    expect(answerIn(machine.stdout).ok).toBe(true)
    expect(machine.stdout.trimEnd()).not.toContain('\n')
    expect([plain.stderr, machine.stderr]).toEqual(['', ''])
  },
  90_000,
)

test('the code on the page of a bundle, read over the phone, tells what was found, in words', async () => {
  const own = station.freshData()
  await diagnose(['station', '--only', 'disk,clock,network', '--data', own], passphrase)
  const made = await diagnose(['bundle', '--out', join(folder, 'phone'), '--data', own], passphrase)
  const code = /^Mã đọc qua điện thoại: (\S+)$/mu.exec(made.stdout)?.[1] ?? ''
  const heard = code.toLowerCase().replaceAll('0', 'o').replaceAll('-', ' ').split(' ')
  const { code: status, stdout } = await diagnose(['code', ...heard])
  expect(status).toBe(0)
  expect(stdout).toContain('Ổ đĩa: ')
  expect(stdout).toContain('! Đường mạng tới trung tâm: Dùng được, có hạn chế\n    Chưa nhập địa chỉ trung tâm.')
  expect(stdout).not.toContain('Đầu đọc thẻ chip')
  const again = await diagnose(['code', code, '--json'])
  expect(answerIn(again.stdout)).toMatchObject({
    value: { subjects: expect.arrayContaining([{ subject: 'network', verdict: 'limits', cause: 'centre-not-set' }]) },
  })
}, 90_000)

test('a signed bundle lies beside its signature, and unzip opens it', async () => {
  const out = join(folder, 'signed')
  expect((await diagnose(['bundle', '--out', out, '--data', station.freshData()], passphrase)).code).toBe(0)
  const [zip, signature, ...more] = (await readdir(out)).toSorted()
  expect([signature, more]).toEqual([`${zip}.p7s`, []])
  expect(execFileSync('unzip', ['-Z1', join(out, zip ?? '')], { encoding: 'utf8' })).toContain('manifest.json')
}, 60_000)

test.each([
  ['a command that there is not', ['weather'], /diagnose station/u],
  ['a subject that there is not', ['station', '--only', 'weather'], /disk,clock/u],
  ['a bundle without a folder', ['bundle'], /--out/u],
  ['a bundle of devices that cannot be read', ['bundle', '--out', 'out', '--devices', 'none.json'], /none\.json/u],
  ['a code that is none', ['code', 'hello'], /read once more/u],
  ['no code', ['code'], /CODE/u],
  ['a code and something else', ['code', '2020-h600-0k0g-0c', '--data', '.'], /--json/u],
  ['a device that is not named', ['device'], /which device/u],
  ['a trace without a file', ['trace'], /which device/u],
  ['the centre of a folder without a station', ['centre', '--data', '.'], /holds no station/u],
  ['a data folder that is not there', ['--data', 'nowhere'], /not a folder/u],
])(
  '%s is not understood: exit status 2, why on standard error, and one document for machines',
  async (_, words, why) => {
    const { code, stdout, stderr } = await diagnose([...words, '--json'])
    expect(code).toBe(2)
    expect(stderr).toMatch(why)
    expect(answerIn(stdout)).toMatchObject({ ok: false, error: { code: 'USAGE' } })
  },
  60_000,
)

test('of a locked station the centre is asked for with the passphrase, and a wrong one is told apart', async () => {
  expect(await diagnose(['centre', '--data', data])).toMatchObject({ code: 2, stdout: '' })
  const wrong = await diagnose(['centre', '--data', data, '--json'], 'not the right words at all')
  expect(wrong.code).toBe(1)
  expect(answerIn(wrong.stdout).error.code).toBe('WRONG_PASSPHRASE')
}, 60_000)

test('every diagnose command is in the help', async () => {
  const { stdout, code } = await run('build/desk/index.ts', ['--help']).ended
  expect(code).toBe(0)
  for (const name of ['station', 'centre', 'ports', 'device', 'trace', 'bundle', 'code'])
    expect(stdout).toMatch(new RegExp(`^  diagnose ${name} .*\\[--json\\]$`, 'mu'))
}, 30_000)
