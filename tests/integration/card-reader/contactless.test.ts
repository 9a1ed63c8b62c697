import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, type TestContext } from 'vitest'
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

beforeAll(async () => {
  image = await personalise(people.lo)
  access = { kind: 'mrz', ...bacInputs(parseMrz(image.mrz.join(''))) }
})

/** A simulator and a reader at it, of one test alone: both end with it. */
async function start({ onTestFinished }: TestContext, name: Name, options: Partial<Options> = {}, hurry = 2) {
  const folder = await mkdtemp(join(tmpdir(), 'contactless-'))
  const linkPath = join(folder, name)
  const rates: number[] = []
  const machine = await readers[name]({
    linkPath,
    chip: simulatedChip(image),
    pace: 0,
    hostBaudRate: () => rates.at(-1),
    ...options,
  })
  const opened: CardReader[] = []
  onTestFinished(async () => {
    for (const reader of opened) await reader.release()
    await machine.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const open = () => {
    const reader = drivers[name](
      { id: name, kind: 'card-reader', driver: name, transport: 'serial', address: linkPath },
      (binding, settings) => {
        rates.push(settings.baudRate)
        return serialTransport({ ...settings, path: binding.address })
      },
      hurriedClock(hurry),
    )
    opened.push(reader)
    return reader
  }
  return { machine, rates, reader: open(), open }
}

async function readAll({ reader }: { readonly reader: CardReader }) {
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

const names = Object.keys(readers) as Name[]
/** With all the patience a driver has: what is lost once comes the next time, on a busy machine, too. */
const readsDespite = async (test: TestContext, name: Name, faults: readonly Fault[]) => {
  const reading = await readAll(await start(test, name, { faults }, 1))
  expect(reading.trust).toBe('no-trust-anchor')
  expect(Buffer.from(reading.portrait?.bytes ?? []).equals(image.portrait)).toBe(true)
}

// By itself: one byte at a time is slow enough without the others.
describe.each(names)('the %s over a serial line', (name) => {
  it('reads the chip despite one-byte chunks', (test) => readsDespite(test, name, [{ name: 'one-byte-chunks' }]))
})

// Most of their time they wait for a line.
describe.concurrent.each(names)('the %s over a serial line', (name) => {
  const mended: [string, Fault[]][] = [
    ['garbage before every reply', [{ name: 'garbage', times: 'always' }]],
    ['a bad checksum at the start', [{ name: 'bad-checksum' }]],
    ['a bad checksum in mid-read', [{ name: 'bad-checksum', after: 30 }]],
    ['silence at the start', [{ name: 'silence' }]],
    ['silence in mid-read', [{ name: 'silence', after: 30 }]],
    ['a late reply in mid-read', [{ name: 'late', after: 30 }]],
    ['every reply doubled', [{ name: 'duplicate', times: 'always' }]],
    ['a busy reader', [{ name: 'busy', times: 2, after: 25 }]],
  ]
  it.for(mended)('reads the chip despite %s', ([, faults], test) => readsDespite(test, name, faults))

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
  it.for(fatal)('that %s says so with its code', async ([, faults, code], test) => {
    expect(await codeOf(readAll(await start(test, name, { faults })))).toBe(code)
  })

  it('is paced by the simulated line, radio and card', async (test) => {
    const { machine, reader } = await start(test, name, { pace: 0.2 })
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

describe.concurrent.each(['acr122s', 'acr1281s'] as const)('the line of an %s', (name) => {
  it('starts at 9600 bit/s and goes on at 115200, also for the program that comes next', async (test) => {
    const { rates, reader, open } = await start(test, name)
    await reader.acquire(patient)
    expect(rates).toEqual([9600, 115_200])
    await reader.release()
    expect((await readAll({ reader: open() })).trust).toBe('no-trust-anchor')
    expect(rates).toEqual([9600, 115_200, 9600, 115_200])
  })
})
