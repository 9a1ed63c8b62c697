import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FingerprintReader, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { zfm } from '#native/drivers/zfm/index.ts'
import { startZfm, zfmModels, type ZfmOptions, type ZfmSimulator } from '#native/sim/zfm/index.ts'
import { serialTransport } from '#native/transport/serial.ts'

// The real driver over the real serialport and a pty.

const patient = new AbortController().signal

let folder: string
let machine: ZfmSimulator
let reader: FingerprintReader
let rates: number[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zfm-'))
})
afterEach(async () => {
  await reader.release()
  await machine.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(options: Partial<ZfmOptions>) {
  const linkPath = join(folder, 'zfm')
  rates = []
  machine = await startZfm({ linkPath, pace: 0, hostBaudRate: () => rates.at(-1), ...options })
  reader = zfm(
    { id: 'zfm', kind: 'fingerprint-scanner', driver: 'zfm', transport: 'serial', address: linkPath },
    ({ address }, { baudRate }) => {
      rates.push(baudRate)
      return serialTransport({ path: address, baudRate })
    },
  )
  await reader.acquire(patient)
}

async function capture(): Promise<GrayImage> {
  const prints = await reader.capture({
    step: 'flat-left-thumb',
    signal: patient,
    shoot: patient,
    onPreview: () => false,
  })
  if (prints.kind !== 'whole') throw new Error('not a whole picture')
  return prints.image
}

describe.each(zfmModels)('a module with the sensor of %s', (model) => {
  it('gives every pixel of what lies on it, but for four bits and its own noise', async () => {
    const [width, height] = model === 'zfm' ? [256, 288] : [192, 192]
    const pixels = Uint8Array.from({ length: width * height }, (_, at) => (at % width) ^ Math.floor(at / width))
    await start({ model, finger: { width, height, dpi: 500, pixels } })
    const image = await capture()
    expect([image.width, image.height]).toEqual([width, height])
    expect(image.pixels.findIndex((value, at) => Math.abs(value - pixels[at]!) > 8 + 6)).toBe(-1)
  })

  it('is no faster than 57600 bit/s allow', async () => {
    await start({ model, finger: { seed: 5, finger: 'left-thumb' }, pace: 0.1 })
    await capture()
    const before = machine.wireMs()
    const started = performance.now()
    await capture()
    const simulated = machine.wireMs() - before
    expect(simulated).toBeGreaterThan(model === 'zfm' ? 6900 : 3400)
    expect(performance.now() - started).toBeGreaterThan(simulated * 0.1 * 0.5)
  })
})

describe('the line of a module', () => {
  it('runs at 57600 bit/s, and at another rate when the module was set to one', async () => {
    await start({})
    expect(rates).toEqual([57_600])
    await reader.release()
    await machine.stop()
    await start({ baudRate: 115_200, finger: { seed: 5, finger: 'left-thumb' } })
    expect(rates).toEqual([57_600, 115_200])
    expect((await capture()).height).toBe(288)
  })
})
