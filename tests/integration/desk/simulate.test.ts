import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jpeg from 'jpeg-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { createRequire } from 'node:module'
import { parseCardQr } from '#domain/person/card-qr.ts'
import { parseMrz } from '#domain/person/mrz.ts'
import { people } from '#native/sim/people/people.ts'
import { scenes, stage as connect, startSimulators, type PrintedCard } from '#native/sim/stage/index.ts'
import { allGone, descendants } from './processes.ts'
import { run } from './run.ts'

const simulator = 'native/sim/index.ts'
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quay-simulate-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(dir, name), 'utf8'))

test('the folder tells which devices there are and what the card holds', async () => {
  const { child, said, ended } = run(simulator, ['--dir', dir, '--person', 'giang-a-mau'])
  await said('ready')
  expect(await json('devices.json')).toMatchObject([
    { id: 'card-reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial' },
    { id: 'fingerprint', kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'socket' },
    { id: 'document-button', kind: 'document-camera', driver: 'hid-button', transport: 'socket' },
    { id: 'document-camera', kind: 'document-camera', transport: 'browser', address: join(dir, 'camera.mjpeg') },
    { id: 'portrait-camera', kind: 'portrait-camera', transport: 'browser' },
  ])
  const card = (await json('card.json')) as PrintedCard
  expect(card).toMatchObject({ invented: true, can: '000045', person: { fullName: 'Giàng A Mẫu' } })
  expect(parseMrz(await readFile(join(dir, 'mrz.txt'), 'utf8'))).toMatchObject({
    personalNumber: '012201000045',
    lines: card.mrz,
  })
  expect(parseCardQr(card.qr)).toMatchObject({
    details: { personalNumber: '012201000045', sex: 'Nam' },
    issued: '20/04/2021',
  })
  child.kill('SIGTERM')
  await ended
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s leaves no process and no file behind', async (signal) => {
  const inside = join(dir, 'made/by/it')
  const { child, said, ended } = run(simulator, ['--dir', inside])
  await said('ready')
  const family = descendants(child.pid!)
  expect(family.length).toBeGreaterThan(0)
  child.kill(signal)
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
  await allGone(family)
  await expect(readdir(inside)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('files that were in the folder before are left alone', async () => {
  const { child, said, ended } = run(simulator, ['--dir', dir])
  await said('ready')
  child.kill('SIGTERM')
  await ended
  expect(await readdir(dir)).toEqual([])
})

test('it ends with the program that forked it, even when that one is killed', async () => {
  const program = `
    import { startSimulators } from ${JSON.stringify(join(import.meta.dirname, '../../../native/sim/stage/index.ts'))}
    await startSimulators(${JSON.stringify(dir)})
    console.log('ready')
  `
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => parent.stdout.on('data', (text: Buffer) => text.includes('ready') && resolve()))
  const family = descendants(parent.pid!)
  expect(family.length).toBeGreaterThan(1)
  parent.kill('SIGKILL')
  await allGone(family)
  expect(await readdir(dir)).toEqual([])
})

test('under npm it ends with npm, even when that one is killed', async () => {
  const npm = spawn('npm', ['run', 'simulate', '--', '--dir', dir], {
    cwd: join(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await new Promise<void>((resolve) => npm.stdout.on('data', (text: Buffer) => text.includes('ready') && resolve()))
  const family = descendants(npm.pid!)
  npm.kill('SIGKILL')
  await allGone(family)
  expect(await readdir(dir)).toEqual([])
})

test.each([
  [['--fault', 'coffee@card-reader'], 'one-byte-chunks'],
  [['--fault', 'silence@coffee-machine'], 'document-button'],
  [['--person', 'nobody'], 'lo-thi-mau'],
  [['--pace', 'fast'], '--pace'],
  [['--chip', 'potato'], 'full'],
  [['--person', 'nowhere.json'], 'unreadable'],
  [['--person', 'native/sim/people/cards/newer-card.json', '--chip', 'full'], 'exclude'],
])('%j is refused with a list of what there is', async (words, said) => {
  const { code, stderr } = await run(simulator, ['--dir', dir, ...words]).ended
  expect(stderr.split('\n')[0]).toContain(said)
  expect(code).toBe(2)
})

test('a chip file says who is in the chip', async () => {
  const file = join(dir, 'card-of-another.json')
  // Invented.
  await writeFile(file, JSON.stringify({ person: { ...people.giang, fullName: 'Giàng A Mẫu Hai' } }))
  const stage = await startSimulators(join(dir, 'stage'), { arguments: ['--person', file] })
  expect(stage.card.person.fullName).toBe('Giàng A Mẫu Hai')
  await stage.stop()
})

test('the control socket refuses what it does not know and goes on', async () => {
  const stage = await startSimulators(dir)
  const second = await connect(dir)
  await expect(second.show('sunset' as never)).rejects.toThrow()
  await expect(second.addFault('coffee@fingerprint')).rejects.toThrow('lost-block')
  await second.show('paper')
  second.close()
  await stage.stop()
  await expect(second.pressShutter()).rejects.toThrow('ended')
})

test('every scene is a picture of the promised size, and the code of the card can be read from its side', async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  await prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) },
    fireImmediately: true,
  })
  const stage = await startSimulators(dir, { arguments: ['--person', 'quang-van-mau'] })
  const codes: Record<string, string[]> = {}
  for (const scene of scenes) {
    await stage.show(scene)
    const picture = await readFile(join(dir, 'camera.mjpeg'))
    expect(jpeg.decode(picture)).toMatchObject({ width: 1280, height: 960 })
    codes[scene] = (await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'] })).map(({ text }) => text)
  }
  expect(codes).toEqual({ blank: [], 'card-front': [stage.card.qr], 'card-back': [], paper: [], face: [] })
  await stage.stop()
})
