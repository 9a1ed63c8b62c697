import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulators, type Stage } from '#native/sim/stage/index.ts'
import { desk, run } from './run.ts'

// The finger is one of Lò Thị Mẫu, who is invented, on a simulated module at a pty.

let dir: string
let stage: Stage & { stop(): Promise<void> }
let reader: string
let file: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quay-verify-'))
  stage = await startSimulators(join(dir, 'stage'), { arguments: ['--pace', '0', '--module', 'zfm'] })
  reader = `zfm:${join(dir, 'stage/zfm.tty')}`
  file = join(dir, 'index.fmr')
})
afterAll(async () => {
  await stage.stop()
  await rm(dir, { recursive: true, force: true })
})

async function verify(...words: string[]) {
  const { code, stdout } = await desk('finger', 'verify', '--device', reader, '--json', ...words)
  return { code, answer: JSON.parse(stdout) as unknown }
}

const failure = (code: string) => ({ code: 1, answer: { ok: false, error: { code } } })

test('the module is listed as a device that is ready', async () => {
  const { stdout } = await desk('devices', '--device', reader, '--json')
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, value: [{ state: 'ready', model: 'ZFM/R30x (0009)' }] })
})

test('a finger is enrolled into records that only the owner can read, and verified when it is laid down again', async () => {
  const { code, answer } = await verify('--enrol', file, '--times', '2')
  expect(answer).toMatchObject({ ok: true, value: { file, step: 'flat-right-index', templates: [{}, {}] } })
  expect(code).toBe(0)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readFile(file)).toString('latin1').split('FMR\0 20\0')).toHaveLength(3)
  await stage.placeFinger('right-index')
  const again = await verify('--against', file)
  expect(again.answer).toMatchObject({ ok: true, value: { same: true } })
  expect(again.code).toBe(0)
})

test('another finger, and the same one of another person, differ', async () => {
  await stage.placeFinger('right-middle')
  expect(await verify('--against', file)).toMatchObject(failure('FINGER_DIFFERS'))
  await stage.placeFinger('right-index', 4711)
  expect(await verify('--against', file)).toMatchObject(failure('FINGER_DIFFERS'))
})

test('without a finger it ends in NO_FINGER, and nothing is written', async () => {
  await stage.liftFinger()
  const other = join(dir, 'none.fmr')
  expect(await verify('--enrol', other, '--patience', '0.5')).toMatchObject(failure('NO_FINGER'))
  await expect(stat(other)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await verify('--against', file, '--patience', '0.5')).toMatchObject(failure('NO_FINGER'))
})

test('a file that holds no templates is told as unreadable', async () => {
  const cut = join(dir, 'cut.fmr')
  for (const bytes of [new Uint8Array(), Buffer.from('this is no template'), (await readFile(file)).subarray(0, -3)]) {
    await writeFile(cut, bytes)
    expect(await verify('--against', cut)).toMatchObject(failure('IMAGE_UNREADABLE'))
  }
})

test('a cable pulled in mid-picture ends in DEVICE_GONE, and the finger is verified when it is back', async () => {
  await stage.placeFinger('right-index')
  await stage.addFault('unplug@zfm')
  expect(await verify('--against', file)).toMatchObject(failure('DEVICE_GONE'))
  expect(await verify('--enrol', join(dir, 'gone.fmr'))).toMatchObject(failure('DEVICE_ABSENT'))
  await stage.plugModule()
  expect(await verify('--against', file)).toMatchObject({ code: 0, answer: { value: { same: true } } })
})

test('prints of the module are refused for the card', async () => {
  await stage.placeFinger('right-index')
  const words = ['--device', reader, '--step', 'flat-right-index', '--out', join(dir, 'prints'), '--json']
  const { code, stdout } = await desk('finger', 'capture', ...words)
  expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject(failure('DEVICE_GRADE'))
})

test.each([
  [[], '--enrol'],
  [['--enrol', 'a', '--against', 'b'], '--against'],
  [['--enrol', 'a', '--step', 'right-four'], 'flat-right-index'],
  [['--enrol', 'a', '--times', '11'], '--times'],
  [['--against', '/nowhere/at/all'], 'cannot be read'],
])('what is not understood (%j) ends with status 2 and says what was wanted', async (words, said) => {
  const { code, stderr } = await desk('finger', 'verify', '--device', reader, ...words)
  expect(stderr).toContain(said)
  expect(code).toBe(2)
})

test('a fault of the module brings one along; without it there is none to lay a finger on', async () => {
  const some = await startSimulators(join(dir, 'faulty'), { arguments: ['--pace', '0', '--fault', 'no-finger:2@zfm'] })
  expect(some.devices.find(({ id }) => id === 'zfm')).toMatchObject({ driver: 'zfm', transport: 'serial' })
  await expect(some.takeFaultOff('no-finger@zfm')).rejects.toThrow('use themselves up')
  await some.stop()
  const none = await startSimulators(join(dir, 'plain'), { arguments: ['--pace', '0'] })
  expect(none.devices.map(({ id }) => id)).not.toContain('zfm')
  await expect(none.placeFinger('right-index')).rejects.toThrow('--module')
  await none.stop()
})

test.each([
  [['--module', 'coffee'], 'r503'],
  [['--fault', 'coffee@zfm'], 'wrong-password'],
])('simulators refuse %j with a list of what there is', async (words, said) => {
  const { code, stderr } = await run('native/sim/index.ts', ['--dir', join(dir, 'refused'), ...words]).ended
  expect(stderr.split('\n')[0]).toContain(said)
  expect(code).toBe(2)
})
