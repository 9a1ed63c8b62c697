import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { CardReader, ChipAccess } from '#native/capability/card-reader.ts'
import { readChip } from '#native/chip/index.ts'
import { systemClock, type Clock } from '#native/drivers/gempc-twin/clock.ts'
import { gempcTwin } from '#native/drivers/gempc-twin/index.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { startGempcTwin, type GempcTwinOptions, type GempcTwinSimulator } from '#native/sim/gempc-twin/index.ts'
import { people } from '#native/sim/people/people.ts'
import type { Fault } from '#native/sim/wire/faults.ts'
import { hurriedClock } from '../../support/hurried-clock.ts'

// The real driver over the real serialport and a pty. Lò Thị Mẫu and Quàng Văn Mẫu are invented.

const hurried = hurriedClock(5)
const patient = new AbortController().signal

let image: ChipImage
let access: ChipAccess
let folder: string
let simulator: GempcTwinSimulator
let reader: CardReader

beforeAll(async () => {
  image = await personalise(people.lo)
  access = { kind: 'mrz', ...bacInputs(parseMrz(image.mrz.join(''))) }
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-'))
})

afterEach(async () => {
  await reader.release()
  await simulator.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(options: Partial<GempcTwinOptions> = {}, clock: Clock = hurried) {
  const linkPath = join(folder, 'reader')
  simulator = await startGempcTwin({ linkPath, chip: simulatedChip(image), pace: 0, ...options })
  reader = openReader(linkPath, clock)
}

function openReader(address: string, clock: Clock = hurried): CardReader {
  return gempcTwin(
    { id: 'reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', address },
    (binding, settings) => serialTransport({ path: binding.address, ...settings }),
    clock,
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

describe('the GemPC Twin over a serial line', () => {
  it('says what it is and whether a card is there', async () => {
    await start()
    expect(await reader.acquire(patient)).toEqual({ model: 'GemPC Twin (GemTwin-V2.00-SIM)', cardPresent: true })
    const { atr, maxResponse } = await reader.powerOn(patient)
    expect(Buffer.from(atr).toString('latin1')).toContain('SIM-CHIP')
    expect(maxResponse).toBe(65536)
  })

  it.each<[string, Partial<GempcTwinOptions>]>([
    ['over T=1', {}],
    ['over T=0', { card: { protocol: 0 } }],
    ['that asks for more time', { card: { asksForTime: true } }],
  ])('reads the whole chip of a card %s', async (_how, options) => {
    await start(options)
    const reading = await readAll()
    expect(reading.details.fullName).toBe('Lò Thị Mẫu')
    expect(reading.trust).toBe('no-trust-anchor')
    expect(Buffer.from(reading.portrait?.bytes ?? []).equals(image.portrait)).toBe(true)
  })

  it('chains long commands and responses over T=1', async () => {
    await start()
    await reader.acquire(patient)
    await reader.powerOn(patient)
    const reading = await readChip({ transmit: reader.transmit, access, signal: patient, readLengths: [8192] })
    expect(reading.trust).toBe('no-trust-anchor')
    // 6E00 or the like: a long command arrives whole and is judged by the chip.
    const long = Uint8Array.from([0x00, 0xee, 0, 0, 0, 0x03, 0xe8, ...new Uint8Array(1000)])
    expect(Buffer.from(await reader.transmit(long, patient)).toString('hex')).toBe('6d00')
  })

  const mended: [string, Fault[]][] = [
    ['one-byte chunks', [{ name: 'one-byte-chunks' }]],
    ['garbage before every reply', [{ name: 'garbage', times: 'always' }]],
    ['a bad checksum in its first replies', [{ name: 'bad-checksum', times: 2 }]],
    ['a bad checksum in mid-read', [{ name: 'bad-checksum', after: 20 }]],
    ['silence at the start', [{ name: 'silence' }]],
    ['silence in mid-read', [{ name: 'silence', after: 20 }]],
    ['a late reply at the start', [{ name: 'late' }]],
    ['a late reply in mid-read', [{ name: 'late', after: 20 }]],
    ['every reply doubled', [{ name: 'duplicate', times: 'always' }]],
    ['a busy slot', [{ name: 'busy', times: 2, after: 15 }]],
  ]
  it.each(mended)('reads the chip despite %s', async (_what, faults) => {
    await start({ faults })
    const reading = await readAll()
    expect(reading.trust).toBe('no-trust-anchor')
    expect(Buffer.from(reading.portrait?.bytes ?? []).equals(image.portrait)).toBe(true)
  })

  const fatal: [string, Fault[], string][] = [
    ['stays silent', [{ name: 'silence', times: 'always' }], 'DEVICE_SILENT'],
    ['falls silent in mid-read', [{ name: 'silence', times: 'always', after: 20 }], 'DEVICE_SILENT'],
    ['garbles every reply', [{ name: 'bad-checksum', times: 'always' }], 'DEVICE_GARBLED'],
    ['stays busy', [{ name: 'busy', times: 'always' }], 'DEVICE_BUSY'],
    ['is unplugged in mid-frame', [{ name: 'unplug' }], 'DEVICE_GONE'],
    ['loses its card in mid-read', [{ name: 'card-pulled' }], 'CARD_REMOVED'],
    ['holds a mute card', [{ name: 'card-mute', times: 'always' }], 'CARD_MUTE'],
    ['holds a chip that answers with a wrong MAC', [{ name: 'wrong-mac' }], 'CHIP_TAMPERED'],
    ['holds a chip that answers with a wrong length', [{ name: 'wrong-length' }], 'CHIP_TAMPERED'],
  ]
  it.each(fatal)('that %s says so with its code', async (_what, faults, code) => {
    await start({ faults })
    expect(await codeOf(readAll())).toBe(code)
  })

  it('reads on the second try after a card was pulled and put back', async () => {
    await start({ faults: [{ name: 'card-pulled' }] })
    expect(await codeOf(readAll())).toBe('CARD_REMOVED')
    await simulator.insert(simulatedChip(image))
    await reader.powerOn(patient)
    const reading = await readChip({ transmit: reader.transmit, access, signal: patient })
    expect(reading.details.personalNumber).toBe('014190000123')
  })

  it('tells of cards that come and go, and refuses to power an empty slot', async () => {
    await start()
    const seen: boolean[] = []
    reader.onCard((present) => seen.push(present))
    await reader.acquire(patient)
    await simulator.remove()
    await vi.waitFor(() => expect(seen).toEqual([true, false]))
    expect(await codeOf(reader.powerOn(patient))).toBe('CARD_ABSENT')
    await simulator.insert(simulatedChip(image))
    await vi.waitFor(() => expect(seen).toEqual([true, false, true]))
  })

  it('does not read the next card with the session of the one before, however fast they were swapped', async () => {
    await start()
    const seen: boolean[] = []
    reader.onCard((present) => seen.push(present))
    await readAll()
    await simulator.remove()
    await simulator.insert(simulatedChip(image))
    await vi.waitFor(() => expect(seen).toEqual([true, false, true]))
    expect(await codeOf(reader.transmit(Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08), patient))).toBe('CARD_REMOVED')
  })

  it('tells that it is gone, and opens again when it is back', async () => {
    await start()
    let gone = 0
    reader.onGone(() => gone++)
    await reader.acquire(patient)
    await simulator.unplug()
    await vi.waitFor(() => expect(gone).toBe(1))
    expect(await codeOf(reader.acquire(patient))).toBe('DEVICE_ABSENT')
    await simulator.plug()
    expect((await readAll()).trust).toBe('no-trust-anchor')
  })

  it('outlives a program that closes the line', async () => {
    await start()
    await readAll()
    await reader.release()
    reader = openReader(simulator.address)
    expect((await readAll()).trust).toBe('no-trust-anchor')
  })

  it('cannot be opened twice', async () => {
    await start()
    await reader.acquire(patient)
    const second = openReader(simulator.address)
    expect(await codeOf(second.acquire(patient))).toBe('DEVICE_BUSY')
    expect((await reader.powerOn(patient)).maxResponse).toBe(65536)
  })

  it('lets go at once when it is cancelled', async () => {
    await start({ faults: [{ name: 'silence', times: 'always', after: 10 }] })
    const abort = new AbortController()
    await reader.acquire(patient)
    await reader.powerOn(patient)
    const reading = readChip({
      transmit: (apdu, signal) => {
        if (apdu[1] === 0x84) queueMicrotask(() => abort.abort())
        return reader.transmit(apdu, signal)
      },
      access,
      signal: abort.signal,
    })
    expect(await codeOf(reading)).toBe('CANCELLED')
  })

  it('takes no longer than the simulated wire and card: it never waits on its own', async () => {
    let waits = 0
    let over = 0
    const counting: Clock = {
      now: systemClock.now,
      after(ms, act) {
        waits++
        return systemClock.after(ms, () => {
          over++
          act()
        })
      },
    }
    await start({ pace: 0.2 }, counting)
    await reader.acquire(patient)
    await reader.powerOn(patient)
    const before = { wire: simulator.wireMs(), waits, over }
    const started = performance.now()
    await readChip({ transmit: reader.transmit, access, signal: patient })
    const took = performance.now() - started
    const simulated = simulator.wireMs() - before.wire
    expect(simulated).toBeGreaterThan(2000)
    expect(took).toBeGreaterThan(simulated * 0.2 * 0.5)
    expect(waits).toBeGreaterThan(before.waits)
    expect(over).toBe(before.over)
  })
})
