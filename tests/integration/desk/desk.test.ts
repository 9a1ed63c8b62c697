import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodePng } from '#native/imaging/index.ts'
import { startSimulators, type Stage } from '#native/sim/stage/index.ts'
import { allGone, descendants } from './processes.ts'
import { desk, run } from './run.ts'

let dir: string
let stage: Stage & { stop(): Promise<void> }
let reader: string
let scanner: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quay-desk-'))
  stage = await startSimulators(join(dir, 'stage'), { arguments: ['--pace', '0'] })
  reader = `gempc-twin:${join(dir, 'stage/card-reader.tty')}`
  scanner = `hid-image:${join(dir, 'stage/fingerprint.sock')}`
})
afterAll(async () => {
  await stage.stop()
  await rm(dir, { recursive: true, force: true })
})

const failure = (code: string, step: unknown = expect.any(String)) => ({
  ok: false,
  error: { code, step, retriable: expect.any(Boolean) as boolean },
})

test('devices tells the state of every bound device the host can reach', async () => {
  const { code, stdout } = await desk('devices', '--devices', join(dir, 'stage/devices.json'), '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    value: [
      { id: 'card-reader', state: 'ready', cardPresent: true },
      { id: 'fingerprint', state: 'ready' },
      { id: 'document-button', state: 'ready' },
    ],
  })
  expect(code).toBe(0)
})

test('devices tells of one that is not there', async () => {
  const { code, stdout } = await desk('devices', '--device', 'gempc-twin:/dev/nothing-here', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, value: [{ state: 'absent', problem: 'DEVICE_ABSENT' }] })
  expect(code).toBe(0)
})

test('chip read gives the details, the zone and the portrait, and says nothing else', async () => {
  const portrait = join(dir, 'portrait.jpg')
  const mrz = join(dir, 'stage/mrz.txt')
  const { code, stdout, stderr } = await desk(
    'chip',
    'read',
    '--reader',
    reader,
    '--mrz-file',
    mrz,
    '--json',
    '--portrait',
    portrait,
  )
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    value: {
      details: { fullName: stage.card.person.fullName, personalNumber: stage.card.person.personalNumber },
      mrz: { lines: stage.card.mrz },
      trust: 'no-trust-anchor',
    },
  })
  expect([...(await readFile(portrait)).subarray(0, 2)]).toEqual([0xff, 0xd8])
  expect((await stat(portrait)).mode & 0o077).toBe(0)
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

test('chip read without --json prints the details in lines', async () => {
  const { code, stdout } = await desk('chip', 'read', '--reader', reader, '--mrz-file', join(dir, 'stage/mrz.txt'))
  expect(stdout.split('\n')).toContain(`fullName         ${stage.card.person.fullName}`)
  expect(code).toBe(0)
})

test('a zone with a wrong check digit is told before the reader is asked', async () => {
  const file = join(dir, 'wrong.txt')
  await writeFile(file, stage.card.mrzFile.replace('9003152F', '9003153F'))
  const { code, stdout } = await desk('chip', 'read', '--reader', reader, '--mrz-file', file, '--json')
  expect(JSON.parse(stdout)).toEqual(failure('MRZ_CHECK_DIGIT', 'mrz.parse'))
  expect(code).toBe(1)
})

test('an access number that is none, and a card that is not there, end with their codes', async () => {
  expect(JSON.parse((await desk('chip', 'read', '--reader', reader, '--can', '12', '--json')).stdout)).toEqual(
    failure('CAN_FORMAT'),
  )
  await stage.removeCard()
  const { code, stdout } = await desk(
    'chip',
    'read',
    '--reader',
    reader,
    '--mrz-file',
    join(dir, 'stage/mrz.txt'),
    '--json',
  )
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: { code: 'CARD_ABSENT', step: expect.any(String) as string, retriable: true },
  })
  expect(code).toBe(1)
  await stage.insertCard()
})

test('a failure is told to a person in Vietnamese and English, with its code', async () => {
  const { code, stdout, stderr } = await desk(
    'chip',
    'read',
    '--reader',
    'gempc-twin:/dev/nothing-here',
    '--can',
    '000123',
  )
  expect(stdout).toBe('')
  expect(stderr).toContain('thiết bị')
  expect(stderr).toMatch(/device/i)
  expect(stderr).toContain('DEVICE_ABSENT')
  expect(code).toBe(1)
})

test('finger capture writes one picture for each finger, the slap and the qualities', async () => {
  const out = join(dir, 'prints')
  const { code, stdout } = await desk(
    'finger',
    'capture',
    '--device',
    scanner,
    '--step',
    'left-four',
    '--out',
    out,
    '--json',
  )
  expect(code).toBe(0)
  const files = ['07-left-index.png', '08-left-middle.png', '09-left-ring.png', '10-left-little.png']
  const templates = files.map((file) => file.replace('.png', '.fmr'))
  expect((await readdir(out)).toSorted()).toEqual([...files, ...templates, 'quality.json', 'slap.png'].toSorted())
  for (const file of files) expect(decodePng(await readFile(join(out, file)))).toMatchObject({ dpi: 500 })
  const quality = JSON.parse(await readFile(join(out, 'quality.json'), 'utf8')) as {
    fingers: { quality: number; file: string }[]
  }
  expect(quality.fingers.map(({ file }) => file).toSorted()).toEqual(files)
  for (const finger of quality.fingers) expect(finger.quality).toBeGreaterThanOrEqual(40)
  expect(JSON.parse(stdout)).toEqual({ ok: true, value: quality })
})

test('fingers below the wanted quality are written and told as LOW_QUALITY', async () => {
  const out = join(dir, 'low')
  await stage.addFault('low-quality@fingerprint')
  const words = ['--device', scanner, '--step', 'right-four', '--out', out, '--patience', '1', '--json']
  const { code, stdout } = await desk('finger', 'capture', ...words)
  await stage.takeFaultOff('low-quality@fingerprint')
  expect(JSON.parse(stdout)).toEqual(failure('LOW_QUALITY'))
  expect(code).toBe(1)
  expect(await readdir(out)).toContain('quality.json')
})

test('an empty platen ends in NO_FINGER and writes nothing', async () => {
  const out = join(dir, 'none')
  await stage.liftFingers()
  const words = ['--device', scanner, '--step', 'right-four', '--out', out, '--patience', '0.5', '--json']
  const { code, stdout } = await desk('finger', 'capture', ...words)
  await stage.placeFingers()
  expect(JSON.parse(stdout)).toEqual(failure('NO_FINGER'))
  expect(code).toBe(1)
  await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  [[], 'chip read'],
  [['coffee'], 'no such command'],
  [['chip', 'read', '--reader', 'gempc-twin:/dev/one'], '--can'],
  [['chip', 'read', '--reader', 'gempc-twin', '--can', '000123'], 'DRIVER:ADDRESS'],
  [['finger', 'capture', '--device', 'hid-image:/one', '--step', 'toes', '--out', 'x'], 'right-four'],
  [
    ['finger', 'capture', '--device', 'hid-image:/one', '--step', 'right-four', '--out', 'x', '--quality', '101'],
    '--quality',
  ],
  [['devices', '--colour'], '--colour'],
])('what is not understood (%j) ends with status 2 and says what was wanted', async (words, said) => {
  const { code, stdout, stderr } = await desk(...words)
  expect(stdout + stderr).toContain(said)
  expect(code).toBe(2)
})

test('a driver that does not exist is told with its code', async () => {
  const { code, stdout } = await desk(
    'chip',
    'read',
    '--reader',
    'coffee-machine:/dev/one',
    '--can',
    '000123',
    '--json',
  )
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: { code: 'DEVICE_UNKNOWN', step: 'devices.bind', retriable: false },
  })
  expect(code).toBe(1)
})

test('--help shows examples and ends with 0', async () => {
  const { code, stdout } = await desk('chip', 'read', '--help')
  expect(stdout).toContain('npm run desk -- chip read --reader')
  expect(code).toBe(0)
})

test('an interrupted capture ends in CANCELLED; a killed command takes its device host with it', async () => {
  await stage.liftFingers()
  const words = [
    'finger',
    'capture',
    '--device',
    scanner,
    '--step',
    'right-four',
    '--out',
    join(dir, 'x'),
    '--patience',
    '600',
    '--json',
  ]
  const hostOf = async (pid: number) => {
    let found: number[] = []
    while (found.length === 0) {
      await new Promise((resolve) => setImmediate(resolve))
      found = descendants(pid)
    }
    return found
  }
  const interrupted = run('build/desk/index.ts', words)
  await hostOf(interrupted.child.pid!)
  interrupted.child.kill('SIGINT')
  const { code, stdout } = await interrupted.ended
  expect(JSON.parse(stdout)).toEqual(failure('CANCELLED'))
  expect(code).toBe(1)

  const killed = run('build/desk/index.ts', words)
  const hosts = await hostOf(killed.child.pid!)
  killed.child.kill('SIGKILL')
  await killed.ended
  await allGone(hosts)
  await stage.placeFingers()
})
