import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { CodeScanner } from '#native/capability/code-scanner.ts'
import type { DocumentCameraButton } from '#native/capability/document-camera.ts'
import type { FingerprintReader, GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'
import { hasFinger } from '#native/imaging/index.ts'
import { startAcr122s } from '#native/sim/acr122s/index.ts'
import { personalise, simulatedChip, type ChipImage } from '#native/sim/chip/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { startHidButton, type HidButtonFault } from '#native/sim/hid-button/index.ts'
import { startHidImage, type HidImageFault } from '#native/sim/hid-image/index.ts'
import { startHidPos, type HidPosFault } from '#native/sim/hid-pos/index.ts'
import { people } from '#native/sim/people/people.ts'
import { startPn532 } from '#native/sim/pn532/index.ts'
import { startSerialScanner } from '#native/sim/serial-scanner/index.ts'
import type { Fault } from '#native/sim/wire/faults.ts'
import { startZfm, type ZfmFault } from '#native/sim/zfm/index.ts'
import { bindingOf, playAgain, record } from './recording.ts'

export type Played = {
  readonly live: string
  readonly again: string
  readonly trace: DeviceTrace
  readonly differences: number
}

const patient = new AbortController().signal
let image: Promise<ChipImage> | undefined
const cardOfLo = async () => simulatedChip(await (image ??= personalise(people.lo)))

async function inFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'trace-'))
  try {
    return await work(join(folder, 'line'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const selectMaster = Uint8Array.of(0x00, 0xa4, 0x00, 0x0c, 0x02, 0x3f, 0x00)
const selectAccess = Uint8Array.of(0x00, 0xa4, 0x02, 0x0c, 0x02, 0x01, 0x1c)
const readSome = (at: number) => Uint8Array.of(0x00, 0xb0, 0x00, at, 0x10)

/** What may be read of a card without its key; what is said is the status of each answer. */
export async function askCard(reader: CardReader): Promise<string> {
  await reader.acquire(patient)
  await reader.powerOn(patient)
  const said: string[] = []
  for (const apdu of [selectMaster, selectAccess, readSome(0), readSome(4), readSome(8), readSome(12)]) {
    said.push(Buffer.from((await reader.transmit(apdu, patient)).subarray(-2)).toString('hex'))
  }
  await reader.powerOff(patient)
  return said.join(' ')
}

const readers = {
  'gempc-twin': startGempcTwin,
  acr122s: startAcr122s,
  acr1281s: startAcr122s,
  pn532: startPn532,
} as const
export type ReaderName = keyof typeof readers

export function playReader(
  driver: ReaderName,
  faults: readonly Fault[],
  act: (reader: CardReader) => Promise<string> = askCard,
): Promise<Played> {
  return inFolder(async (linkPath) => {
    let rate: number | undefined
    const chip = await cardOfLo()
    const simulator = await readers[driver]({
      linkPath,
      chip,
      faults,
      pace: 0,
      ...(driver === 'acr1281s' && { model: driver }),
      hostBaudRate: () => rate,
    })
    try {
      const binding = bindingOf(driver, linkPath, 'serial')
      const { outcome: live, trace } = await record(binding, act, (baudRate) => (rate = baudRate))
      const { outcome: again, replay } = await playAgain(trace, binding, act)
      return { live, again, trace, differences: replay.differences.length }
    } finally {
      await simulator.stop()
    }
  })
}

type Capturing = {
  readonly step: 'right-four' | 'flat-left-thumb'
  readonly times: number
  readonly shoot: AbortSignal
  readonly onPreview: (image: GrayImage) => boolean
}

const capturing =
  ({ step, times, shoot, onPreview }: Capturing) =>
  async (reader: FingerprintReader) => {
    await reader.acquire(patient)
    const said: string[] = []
    for (let at = 0; at < times; at++) {
      const print = await reader.capture({ step, signal: patient, shoot, onPreview })
      if (print.kind === 'whole') said.push(`${print.image.width}×${print.image.height}`)
    }
    return said.join(' ')
  }

/** What lies on the glass, row by row. */
export const secretRow = Uint8Array.from({ length: 256 }, (_, at) => (at * 73 + 5) & 0xff)

export function playZfm(faults: readonly ZfmFault[], times = 1): Promise<Played> {
  return inFolder(async (linkPath) => {
    let rate: number | undefined
    const pixels = Uint8Array.from({ length: 256 * 288 }, (_, at) => secretRow[at % 256]!)
    const finger = { width: 256, height: 288, dpi: 500, pixels }
    const machine = await startZfm({ linkPath, pace: 0, finger, faults, hostBaudRate: () => rate })
    try {
      const binding = bindingOf('zfm', linkPath, 'serial')
      const act = capturing({ step: 'flat-left-thumb', times, shoot: AbortSignal.abort(), onPreview: () => true })
      const { outcome: live, trace } = await record(binding, act, (baudRate) => (rate = baudRate))
      const { outcome: again, replay } = await playAgain(trace, binding, act)
      return { live, again, trace, differences: replay.differences.length }
    } finally {
      await machine.stop()
    }
  })
}

export function playHidImage(faults: readonly HidImageFault[], times = 1): Promise<Played> {
  return inFolder(async (address) => {
    const scanner = await startHidImage({ address, pace: 0, faults })
    try {
      const binding = bindingOf('hid-image', address, 'socket')
      const wish = { step: 'right-four', times, shoot: patient } as const
      const { outcome: live, trace } = await record(binding, capturing({ ...wish, onPreview: hasFinger }))
      // Filler shows no finger; the trace shows when the picture was taken.
      const act = capturing({ ...wish, onPreview: () => true })
      const { outcome: again, replay } = await playAgain(trace, binding, act)
      return { live, again, trace, differences: replay.differences.length }
    } finally {
      await scanner.stop()
    }
  })
}

/** The first code, or the end of the line. */
const scanning = (scan: () => Promise<void>) => async (scanner: CodeScanner) => {
  const { promise, resolve } = Promise.withResolvers<string>()
  scanner.onCode((text) => resolve(`a code of ${text.length} characters`))
  scanner.onGone(() => resolve('the line ended'))
  await scanner.acquire(patient)
  void scan()
  return promise
}
const nothing = async () => {}

export function playHidPos(faults: readonly HidPosFault[], code: string): Promise<Played> {
  return inFolder(async (address) => {
    const scanner = await startHidPos({ address, faults })
    try {
      const binding = bindingOf('hid-pos', address, 'socket')
      const { outcome: live, trace } = await record(
        binding,
        scanning(() => scanner.scan(code)),
      )
      const { outcome: again, replay } = await playAgain(trace, binding, scanning(nothing))
      return { live, again, trace, differences: replay.differences.length }
    } finally {
      await scanner.stop()
    }
  })
}

export function playSerialScanner(faults: readonly Fault[], code: string): Promise<Played> {
  return inFolder(async (linkPath) => {
    const scanner = await startSerialScanner({ linkPath, pace: 0, faults: faults as [] })
    try {
      const binding = bindingOf('serial-scanner', linkPath, 'serial')
      const { outcome: live, trace } = await record(
        binding,
        scanning(() => scanner.scan(code)),
      )
      const { outcome: again, replay } = await playAgain(trace, binding, scanning(nothing))
      return { live, again, trace, differences: replay.differences.length }
    } finally {
      await scanner.stop()
    }
  })
}

const pressing = (press: () => Promise<void>) => async (camera: DocumentCameraButton) => {
  const { promise, resolve } = Promise.withResolvers<string>()
  camera.onPressed(() => resolve('pressed'))
  camera.onGone(() => resolve('the line ended'))
  await camera.acquire(patient)
  await camera.setLamp(0.5, patient)
  void press()
  return promise
}

export function playHidButton(faults: readonly HidButtonFault[]): Promise<Played> {
  return inFolder(async (address) => {
    const button = await startHidButton({ address, faults, lateMs: 100 })
    try {
      const binding = bindingOf('hid-button', address, 'socket')
      const { outcome: live, trace } = await record(
        binding,
        pressing(() => button.press()),
      )
      const { outcome: again, replay } = await playAgain(trace, binding, pressing(nothing))
      return { live, again, trace, differences: replay.differences.length }
    } finally {
      await button.stop()
    }
  })
}
