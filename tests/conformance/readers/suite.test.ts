import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { CardReader, ChipAccess } from '#native/capability/card-reader.ts'
import { encodeCommand } from '#native/chip/apdu.ts'
import { readChip } from '#native/chip/index.ts'
import { personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { echoChip, pattern } from './echo-chip.ts'
import { pcscRig, rigs, type Bench, type RigOptions } from './rigs.ts'

// One suite over every card reader: the real driver, the real line, a simulator at its other end. Lò Thị Mẫu and Quàng Văn
// Mẫu are invented.

const patient = new AbortController().signal
const getChallenge = Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08)
const selectLds = Uint8Array.from(Buffer.from('00a4040c07a0000002471001', 'hex'))

/** 1 to 256: each near the ends, where the pieces of all these lines are full, and some of the many between. */
const lengths = Array.from({ length: 256 }, (_, at) => at + 1).filter((n) => n <= 20 || n >= 232 || n % 9 === 0)

let image: ChipImage
let other: ChipImage

beforeAll(async () => {
  image = await personalise(people.lo)
  other = await personalise(people.quang)
})

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
const accessTo = ({ mrz }: ChipImage): ChipAccess => ({ kind: 'mrz', ...bacInputs(parseMrz(mrz.join(''))) })

async function readWhole(reader: CardReader, from: ChipImage = image, signal: AbortSignal = patient) {
  return readChip({ transmit: reader.transmit, access: accessTo(from), signal })
}

async function codeOf(act: Promise<unknown>) {
  const error = await act.then(
    () => 'nothing went wrong',
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.code : error
}

/** Of one reader one after the other. */
const it = (title: string, act: () => Promise<void>) => test(title, { concurrent: false }, act)

// The readers beside each other: their tests mostly wait for a line.
describe.concurrent.each([...rigs, pcscRig])('$name', (rig) => {
  let folder: string
  let benches: Bench[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'readers-'))
    benches = []
  })

  afterEach(async () => {
    for (const bench of benches) await bench.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function start(options: Partial<RigOptions> = {}): Promise<Bench> {
    const bench = await rig.start({ folder, chip: simulatedChip(image), ...options })
    benches.push(bench)
    return bench
  }

  it('says what it is, sees the card, powers it and carries commands', async () => {
    const { reader } = await start()
    const { model, cardPresent } = await reader.acquire(patient)
    expect(model).not.toBe('')
    expect(cardPresent).toBe(true)
    const { atr, maxResponse } = await reader.powerOn(patient)
    expect(atr[0]).toBe(0x3b)
    expect(maxResponse).toBe(rig.extended ? 65536 : 256)
    expect(hex(await reader.transmit(selectLds, patient))).toBe('9000')
    const [first, second] = [await reader.transmit(getChallenge, patient), await reader.transmit(getChallenge, patient)]
    expect(first).toHaveLength(10)
    expect(Buffer.from(first).equals(second)).toBe(false)
  })

  it('reads the whole chip as it was personalised, twice', async () => {
    const { reader } = await start()
    await reader.acquire(patient)
    for (const _ of [1, 2]) {
      await reader.powerOn(patient)
      const reading = await readWhole(reader)
      expect(reading.mrz.lines).toEqual(image.mrz)
      expect(reading.trust).toBe('no-trust-anchor')
      for (const name of ['DG1', 'DG2', 'DG13', 'SOD', 'COM'] as const)
        expect(Buffer.from(reading.files[name] ?? []).equals(image.files[name] ?? Buffer.alloc(1))).toBe(true)
      await reader.powerOff(patient)
    }
  })

  it('reads the whole chip of a card that asks for more time before each answer', async () => {
    const { reader } = await start({ asksForTime: true })
    await reader.acquire(patient)
    await reader.powerOn(patient)
    expect((await readWhole(reader)).details.fullName).toBe('Lò Thị Mẫu')
  })

  it('carries commands of up to 261 bytes and responses of up to 258, byte for byte', async () => {
    const chip = echoChip(image, simulatedChip(image).atr)
    const { reader } = await start({ chip })
    await reader.acquire(patient)
    await reader.powerOn(patient)
    const ask = async (apdu: Uint8Array, wanted: number) => {
      chip.heard.length = 0
      const response = await reader.transmit(apdu, patient)
      expect(hex(response)).toBe(`${hex(pattern(wanted))}9000`)
      return chip.heard
    }
    // Without data: case 2.
    for (const wanted of lengths) {
      const apdu = encodeCommand({ cla: 0, ins: 0xee, p1: wanted >> 8, p2: wanted & 0xff, le: wanted })
      expect(hex((await ask(apdu, wanted)).at(-1))).toBe(hex(apdu))
    }
    // With data: case 3 and case 4.
    for (const length of lengths.slice(0, -1)) {
      const data = pattern(length)
      const alone = encodeCommand({ cla: 0, ins: 0xee, p1: 0, p2: 0, data })
      expect((await ask(alone, 0)).map(hex)).toEqual([hex(alone)])
      const wanted = length + 1
      const both = encodeCommand({ cla: 0, ins: 0xee, p1: wanted >> 8, p2: wanted & 0xff, data, le: 256 })
      const [heard] = await ask(both, wanted)
      expect(hex(heard)).toBe(hex(rig.blocks ? both : both.subarray(0, -1)))
    }
    for (let length = 1; length <= 4; length++) {
      const apdu = Uint8Array.of(0x00, 0xee, 0x00, 0x00).subarray(0, length)
      if (rig.anyLength || (rig.blocks && length === 4)) expect(hex((await ask(apdu, 0))[0])).toBe(hex(apdu))
    }
  })

  it('carries extended length, or refuses it and goes on', async () => {
    const chip = echoChip(image, simulatedChip(image).atr)
    const { reader } = await start({ chip })
    await reader.acquire(patient)
    await reader.powerOn(patient)
    const long = encodeCommand({ cla: 0, ins: 0xee, p1: 0x10, p2: 0x01, data: pattern(3000), le: 65536 })
    if (rig.extended) {
      expect(hex(await reader.transmit(long, patient))).toBe(`${hex(pattern(0x1001))}9000`)
      expect(hex(chip.heard[0])).toBe(hex(long))
    } else {
      const longAnswer = encodeCommand({ cla: 0, ins: 0xee, p1: 0x10, p2: 0x01, le: 0x1001 })
      for (const apdu of [long, longAnswer]) expect(await codeOf(reader.transmit(apdu, patient))).toBe('DEVICE_REFUSED')
      expect(chip.heard).toEqual([])
      const short = encodeCommand({ cla: 0, ins: 0xee, p1: 0, p2: 8, le: 8 })
      expect(await reader.transmit(short, patient)).toHaveLength(10)
    }
  })

  it('says CARD_ABSENT without a card, and reads the card that is put in then', async () => {
    const { reader, machine } = await start({ empty: true })
    const seen: boolean[] = []
    reader.onCard((present) => seen.push(present))
    expect((await reader.acquire(patient)).cardPresent).toBe(false)
    expect(await codeOf(reader.powerOn(patient))).toBe('CARD_ABSENT')
    await machine.insert(simulatedChip(image))
    await vi.waitFor(() => expect(seen).toEqual([true]), { timeout: 10_000 })
    await reader.powerOn(patient)
    expect((await readWhole(reader)).trust).toBe('no-trust-anchor')
  })

  it('says CARD_MUTE when the card does not answer', async () => {
    const { reader } = await start({ faults: [{ name: 'card-mute', times: 'always' }] })
    expect((await reader.acquire(patient)).cardPresent).toBe(rig.muteCode !== 'CARD_ABSENT')
    expect(await codeOf(reader.powerOn(patient))).toBe(rig.muteCode ?? 'CARD_MUTE')
  })

  it('says CARD_REMOVED when the card is pulled in mid-read, and reads it when it is back', async () => {
    const { reader, machine } = await start({ faults: [{ name: 'card-pulled' }] })
    const seen: boolean[] = []
    reader.onCard((present) => seen.push(present))
    await reader.acquire(patient)
    await reader.powerOn(patient)
    expect(await codeOf(readWhole(reader))).toBe('CARD_REMOVED')
    await vi.waitFor(() => expect(seen.at(-1)).toBe(false), { timeout: 10_000 })
    expect(await codeOf(reader.transmit(getChallenge, patient))).toBe('CARD_REMOVED')
    await machine.insert(simulatedChip(other))
    await vi.waitFor(() => expect(seen.at(-1)).toBe(true), { timeout: 10_000 })
    await reader.powerOn(patient)
    expect((await readWhole(reader, other)).details.fullName).toBe('Quàng Văn Mẫu')
  })

  it('tells of cards that come and go while it is idle, and leaves an idle card as it is', async () => {
    const { reader, machine } = await start()
    const seen: boolean[] = []
    reader.onCard((present) => seen.push(present))
    await reader.acquire(patient)
    await reader.powerOn(patient)
    await reader.transmit(selectLds, patient)
    const before = machine.wireMs()
    // Several looks, if this reader has to look.
    if (rig.looks) await vi.waitFor(() => expect(machine.wireMs()).toBeGreaterThan(before + 10), { timeout: 10_000 })
    // The application is still selected: its files are refused for want of BAC (6982), not unknown (6A82).
    expect(hex(await reader.transmit(Uint8Array.of(0, 0xb0, 0x9e, 0, 1), patient))).toBe('6982')
    await machine.remove()
    await vi.waitFor(() => expect(seen.at(-1)).toBe(false), { timeout: 10_000 })
    await machine.insert(simulatedChip(image))
    await vi.waitFor(() => expect(seen.at(-1)).toBe(true), { timeout: 10_000 })
    expect(await codeOf(reader.transmit(getChallenge, patient))).toBe('CARD_REMOVED')
  })

  it('says DEVICE_GONE when its plug is pulled, and works when it is back', async () => {
    const { reader, machine } = await start()
    let gone = 0
    reader.onGone(() => gone++)
    await reader.acquire(patient)
    await reader.powerOn(patient)
    await machine.unplug()
    await vi.waitFor(() => expect(gone).toBe(1), { timeout: 10_000 })
    expect(await codeOf(reader.transmit(getChallenge, patient))).toBe('DEVICE_GONE')
    await reader.release()
    expect(await codeOf(reader.acquire(patient))).toBe('DEVICE_ABSENT')
    await machine.plug()
    await reader.acquire(patient)
    await reader.powerOn(patient)
    expect((await readWhole(reader)).trust).toBe('no-trust-anchor')
  })

  it('ends at once when it is cancelled in mid-read, and is usable afterwards', async () => {
    const { reader } = await start({ pace: 0.3 })
    await reader.acquire(patient)
    await reader.powerOn(patient)
    const abort = new AbortController()
    let apdus = 0
    let ended = false
    const endedAtOnce = Promise.withResolvers<boolean>()
    const transmit = (apdu: Uint8Array, signal: AbortSignal) => {
      if (++apdus === 6)
        setImmediate(() => {
          abort.abort()
          // Before the line is heard again.
          setImmediate(() => endedAtOnce.resolve(ended))
        })
      return reader.transmit(apdu, signal)
    }
    const reading = readChip({ transmit, access: accessTo(image), signal: abort.signal })
    expect(await codeOf(reading.finally(() => (ended = true)))).toBe('CANCELLED')
    expect(await endedAtOnce.promise).toBe(true)
    await reader.powerOn(patient)
    expect((await readWhole(reader)).trust).toBe('no-trust-anchor')
  })

  it('runs beside another one of its kind in one process, each with its own card', async () => {
    const [one, two] = [await start(), await start({ chip: simulatedChip(other) })]
    const readings = await Promise.all(
      [one, two].map(async ({ reader }, index) => {
        await reader.acquire(patient)
        await reader.powerOn(patient)
        return readWhole(reader, index === 0 ? image : other)
      }),
    )
    expect(readings.map(({ details }) => details.fullName)).toEqual(['Lò Thị Mẫu', 'Quàng Văn Mẫu'])
  })
})
