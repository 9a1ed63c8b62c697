import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { CardReader, ChipAccess } from '#native/capability/card-reader.ts'
import { readChip } from '#native/chip/index.ts'
import { acr1281s, acr122s } from '#native/drivers/acr122s/index.ts'
import { pn532 } from '#native/drivers/pn532/index.ts'
import { startAcr122s } from '#native/sim/acr122s/index.ts'
import { personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { startPn532 } from '#native/sim/pn532/index.ts'
import type { Fault } from '#native/sim/wire/faults.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { hurriedClock } from '../../support/hurried-clock.ts'

// The real drivers over the real serialport and a pty, and every fault that serial simulators know. Lò Thị Mẫu is invented.

type Options = Parameters<typeof startPn532>[0] & { readonly hostBaudRate?: () => number | undefined }
const readers = {
  acr122s: (options: Options) => startAcr122s(options),
  acr1281s: (options: Options) => startAcr122s({ ...options, model: 'acr1281s' }),
  pn532: (options: Options) => startPn532(options),
} as const
type Name = keyof typeof readers
const drivers = { acr122s, acr1281s, pn532 } as const

const patient = new AbortController().signal

let image: ChipImage
let access: ChipAccess
let folder: string
let reader: CardReader
let machine: Awaited<ReturnType<typeof startPn532>>
let rates: number[]

beforeAll(async () => {
  image = await personalise(people.lo)
  access = { kind: 'mrz', ...bacInputs(parseMrz(image.mrz.join(''))) }
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contactless-'))
})

afterEach(async () => {
  await reader.release()
  await machine.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(name: Name, options: Partial<Options> = {}) {
  const linkPath = join(folder, name)
  rates = []
  machine = await readers[name]({
    linkPath,
    chip: simulatedChip(image),
    pace: 0,
    hostBaudRate: () => rates.at(-1),
    ...options,
  })
  reader = open(name, linkPath)
}

function open(name: Name, address: string): CardReader {
  return drivers[name](
    { id: name, kind: 'card-reader', driver: name, transport: 'serial', address },
    (binding, settings) => {
      rates.push(settings.baudRate)
      return serialTransport({ ...settings, path: binding.address })
    },
    hurriedClock(5),
  )
}

async function readAll() {
  await reader.acquire(patient)
  await reader.powerOn(patient)
  return readChip({ transmit: reader.transmit, access, signal: patient })
}

async function codeOf(act: Promise<unknown>) {
  const error = await act.then(
    () => 'nothing went wrong',
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.code : error
}

describe.each(Object.keys(readers) as Name[])('the %s over a serial line', (name) => {
  const mended: [string, Fault[]][] = [
    ['one-byte chunks', [{ name: 'one-byte-chunks' }]],
    ['garbage before every reply', [{ name: 'garbage', times: 'always' }]],
    ['a bad checksum at the start', [{ name: 'bad-checksum' }]],
    ['a bad checksum in mid-read', [{ name: 'bad-checksum', after: 30 }]],
    ['silence at the start', [{ name: 'silence' }]],
    ['silence in mid-read', [{ name: 'silence', after: 30 }]],
    ['a late reply in mid-read', [{ name: 'late', after: 30 }]],
    ['every reply doubled', [{ name: 'duplicate', times: 'always' }]],
    ['a busy reader', [{ name: 'busy', times: 2, after: 25 }]],
  ]
  it.each(mended)('reads the chip despite %s', async (_what, faults) => {
    await start(name, { faults })
    const reading = await readAll()
    expect(reading.trust).toBe('no-trust-anchor')
    expect(Buffer.from(reading.portrait?.bytes ?? []).equals(image.portrait)).toBe(true)
  })

  const fatal: [string, Fault[], string][] = [
    ['stays silent', [{ name: 'silence', times: 'always' }], 'DEVICE_SILENT'],
    ['falls silent in mid-read', [{ name: 'silence', times: 'always', after: 30 }], 'DEVICE_SILENT'],
    ['garbles every reply', [{ name: 'bad-checksum', times: 'always' }], 'DEVICE_GARBLED'],
    ['stays busy', [{ name: 'busy', times: 'always' }], name === 'pn532' ? 'DEVICE_SILENT' : 'DEVICE_BUSY'],
    ['is unplugged in mid-frame', [{ name: 'unplug', after: 40 }], 'DEVICE_GONE'],
    ['loses its card in mid-read', [{ name: 'card-pulled' }], 'CARD_REMOVED'],
    ['holds a mute card', [{ name: 'card-mute', times: 'always' }], 'CARD_MUTE'],
    ['holds a chip that answers with a wrong MAC', [{ name: 'wrong-mac' }], 'CHIP_TAMPERED'],
    ['holds a chip that answers with a wrong length', [{ name: 'wrong-length' }], 'CHIP_TAMPERED'],
  ]
  it.each(fatal)('that %s says so with its code', async (_what, faults, code) => {
    await start(name, { faults })
    expect(await codeOf(readAll())).toBe(code)
  })

  it('is paced by the simulated line, radio and card', async () => {
    await start(name, { pace: 0.2 })
    await reader.acquire(patient)
    await reader.powerOn(patient)
    const before = machine.wireMs()
    const started = performance.now()
    await readChip({ transmit: reader.transmit, access, signal: patient })
    const took = performance.now() - started
    const simulated = machine.wireMs() - before
    expect(simulated).toBeGreaterThan(1500)
    expect(took).toBeGreaterThan(simulated * 0.2 * 0.5)
  })
})

describe.each(['acr122s', 'acr1281s'] as const)('the line of an %s', (name) => {
  it('starts at 9600 bit/s and goes on at 115200, also for the program that comes next', async () => {
    await start(name)
    await reader.acquire(patient)
    expect(rates).toEqual([9600, 115_200])
    await reader.release()
    reader = open(name, machine.address)
    expect((await readAll()).trust).toBe('no-trust-anchor')
    expect(rates).toEqual([9600, 115_200, 9600, 115_200])
  })
})
