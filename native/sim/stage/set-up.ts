import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeviceBinding } from '#native/capability/device.ts'
import { startAcr122s } from '../acr122s/index.ts'
import { personalise, simulatedChip, type ChipFile } from '../chip/index.ts'
import { startGempcTwin } from '../gempc-twin/index.ts'
import { startHidButton } from '../hid-button/index.ts'
import { startHidImage, type Hand } from '../hid-image/index.ts'
import type { Personalisation } from '../people/people.ts'
import { startPn532 } from '../pn532/index.ts'
import { lineAddress } from '../wire/line-address.ts'
import { openSocketLine } from '../wire/socket-line.ts'
import { startZfm, type ZfmModel, type ZfmSimulator } from '../zfm/index.ts'
import { fakeCamera } from './camera.ts'
import { printCard } from './card.ts'
import type { StageCommand, StageFigures } from './commands.ts'
import { serveControl } from './control-server.ts'
import { parseFault, type StageFault } from './faults.ts'
import { fileNames } from './file-names.ts'
import { stageScanners, startScanners, type StageScanner } from './scanners.ts'
import { startSbiDevices, stageSbiDevices, type StageSbi } from './sbi-devices.ts'

/** The card readers there are, by the name of their driver. */
export const stageReaders = {
  'gempc-twin': startGempcTwin,
  acr122s: startAcr122s,
  acr1281s: (options: Parameters<typeof startAcr122s>[0]) => startAcr122s({ ...options, model: 'acr1281s' }),
  pn532: startPn532,
} as const

export type StageReader = keyof typeof stageReaders

export type StageOptions = {
  readonly dir: string
  readonly person: Personalisation
  /** How the card's chip is made; without, BAC only. */
  readonly chip?: Pick<ChipFile, 'options' | 'quirks'>
  readonly faults?: readonly StageFault[]
  /** 1 as slow as the real lines, 0 as fast as it goes. */
  readonly pace?: number
  /** The hand is drawn before it is asked for, also with pace 0. */
  readonly drawn?: boolean
  /** Of the slap scanner. */
  readonly picturesASecond?: number
  /** Of the camera, whose file is `camera.y4m` then. Not with `sockets` or faults of the camera. */
  readonly framesASecond?: number | undefined
  readonly cardInserted?: boolean
  /** GemPC Twin unless said otherwise. */
  readonly reader?: StageReader
  /** A fingerprint module beside the scanner; there is one, too, when a fault names it. */
  readonly module?: ZfmModel
  /** A slap scanner and an iris camera behind SBI services beside the rest; they are there, too, when a fault names one. */
  readonly sbi?: boolean
  /** Code scanners beside the rest; one is there, too, when a fault names it. */
  readonly scanners?: readonly StageScanner[]
  /**
   * `sockets`: every line is a local socket (a named pipe on Windows), also the card reader's, which is a GemPC Twin then,
   * and nobody may command the stage from outside. Pseudo-terminals and a control socket unless said otherwise.
   */
  readonly lines?: 'terminals' | 'sockets'
}

/** How a person comes to the desk. */
export type Coming = Pick<StageOptions, 'person' | 'chip'> & {
  /** Whose fingers; the person's own, unworn, unless said otherwise. */
  readonly hand?: Hand
  /** What is printed on the card, where it is not what the chip holds. */
  readonly printed?: Personalisation
}

export type RunningStage = {
  readonly devices: readonly DeviceBinding[]
  /** One act of the hands, as `commands.ts` lists them. */
  act(command: StageCommand): Promise<StageFigures | void>
  /** Another person in place of the one before: no card lies on the reader, nothing before the camera, no hand on the glass, no fault. */
  bring(coming: Coming): Promise<void>
  /** The person's hand from now on, another one than it was. */
  tend(hand: Hand | undefined): void
  stop(): Promise<void>
}

/** Starts every simulator in a folder and writes there what tells of them. `stop` leaves nothing behind. */
export async function setUpStage({
  dir,
  person,
  chip: made,
  faults = [],
  pace = 1,
  drawn = pace > 0,
  picturesASecond,
  framesASecond,
  cardInserted = true,
  reader: readerName = 'gempc-twin',
  module: moduleName = faults.some(({ device }) => device === 'zfm') ? 'zfm' : undefined,
  scanners: wantedScanners = [],
  lines = 'terminals',
  sbi: wantsSbi = faults.some(({ device }) => stageSbiDevices.some((id) => id === device)),
}: StageOptions): Promise<RunningStage> {
  const at = (name: string) => join(dir, name)
  const socketAt = (name: string) => lineAddress(at(name))
  const created = await mkdir(dir, { recursive: true })
  const ends: (() => Promise<void>)[] = []
  if (created !== undefined) ends.push(() => rmdir(dir).catch(() => {}))
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }

  try {
    let here = await meet({ person, ...(made && { chip: made }) })
    const first = cardInserted ? { chip: here.chip } : {}
    const reader =
      lines === 'sockets'
        ? await startGempcTwin({ linkPath: socketAt(fileNames.reader), pace, openLine: openSocketLine, ...first })
        : await stageReaders[readerName]({ linkPath: at(fileNames.reader), pace, ...first })
    ends.push(() => reader.stop())
    // The same person, the same fingers.
    const hand = person.portraitSeed
    const scanner = await startHidImage({
      address: socketAt(fileNames.scanner),
      hand,
      pace,
      drawn,
      ...(picturesASecond !== undefined && { picturesASecond }),
    })
    ends.push(() => scanner.stop())
    const fingerModule = moduleName && (await startModule(at(fileNames.module), moduleName, hand, pace))
    if (fingerModule) ends.push(() => fingerModule.stop())
    const theModule = (): ZfmSimulator => {
      if (!fingerModule) throw new RangeError('there is no fingerprint module: start with --module')
      return fingerModule
    }
    const sbi = wantsSbi ? await startSbiDevices(hand, pace) : undefined
    if (sbi) ends.push(() => sbi.stop())
    const theSbi = (): StageSbi => {
      if (!sbi) throw new RangeError('there is no SBI device: start with --sbi')
      return sbi
    }
    const scanners = await startScanners(
      stageScanners.filter((id) => wantedScanners.includes(id) || faults.some(({ device }) => device === id)),
      at,
      pace,
    )
    ends.push(() => scanners.stop())
    const button = await startHidButton({ address: socketAt(fileNames.button) })
    ends.push(() => button.stop())
    const cameraFile = at(framesASecond === undefined ? fileNames.camera : fileNames.film)
    const camera = fakeCamera(cameraFile, here.printed, { live: lines === 'sockets', framesASecond })
    ends.push(() => camera.stop())
    await camera.show('blank')

    const takeOff = new Map<string, () => unknown>()
    const addFault = async (wanted: StageFault) => {
      const { device, fault } = wanted
      switch (device) {
        case 'card-reader':
          return reader.addFault(fault)
        case 'fingerprint':
          return void takeOff.set(`${fault}@${device}`, scanner.addFault(fault, wanted.captures))
        case 'zfm':
          return theModule().addFault(fault)
        case 'hid-scanner':
          return void takeOff.set(`${fault}@${device}`, scanners.addHidFault(fault))
        case 'serial-scanner':
          return scanners.addSerialFault(fault)
        case 'sbi-fingerprint':
        case 'iris-camera':
          return void takeOff.set(`${fault}@${device}`, theSbi().addFault(device, fault))
        case 'document-button':
          return void takeOff.set(`${fault}@${device}`, button.addFault(fault))
        case 'camera':
          takeOff.set(`${fault}@${device}`, () => camera.setFault(fault, false))
          return camera.setFault(fault, true)
      }
    }
    for (const fault of faults) await addFault(fault)

    const act = async (command: StageCommand): Promise<StageFigures | void> => {
      switch (command.do) {
        case 'insert-card':
          return reader.insert(here.chip)
        case 'remove-card':
          return reader.remove()
        case 'unplug-reader':
          return reader.unplug()
        case 'plug-reader':
          return reader.plug()
        case 'place-fingers':
          sbi?.place(command.seed ?? here.seed)
          return scanner.place(command.seed ?? here.hand)
        case 'lift-fingers':
          sbi?.place(null)
          return scanner.place(null)
        case 'place-finger':
          return theModule().place({ seed: command.person ?? hand, finger: command.finger })
        case 'lift-finger':
          return theModule().lift()
        case 'unplug-module':
          return theModule().unplug()
        case 'plug-module':
          return theModule().plug()
        case 'press-shutter':
          return button.press()
        case 'scan':
          return scanners.scan(
            command.device,
            command.hex === undefined ? (command.text ?? here.printed.qr) : Buffer.from(command.hex, 'hex'),
          )
        case 'unplug-scanner':
          return scanners.unplug()
        case 'plug-scanner':
          return scanners.plug()
        case 'show':
          return camera.show(command.scene)
        case 'add-fault':
          return addFault(parseFault(command.fault))
        case 'take-fault-off': {
          const { device, fault } = parseFault(command.fault)
          if (device === 'card-reader' || device === 'zfm' || device === 'serial-scanner')
            throw new RangeError(`faults of ${device} use themselves up`)
          return void (await takeOff.get(`${fault}@${device}`)?.())
        }
        case 'figures':
          return {
            cardReaderMs: reader.wireMs(),
            fingerprintMs: scanner.linkMs(),
            ...(fingerModule ? { moduleMs: fingerModule.wireMs() } : {}),
          }
      }
    }
    if (lines === 'terminals') {
      const control = await serveControl(at(fileNames.control), act)
      ends.push(() => control.stop())
    }

    const browser = { driver: 'uvc', transport: 'browser', address: cameraFile } as const
    const devices: readonly DeviceBinding[] = [
      {
        id: 'card-reader',
        kind: 'card-reader',
        driver: lines === 'sockets' ? 'gempc-twin' : readerName,
        transport: lines === 'sockets' ? 'socket' : 'serial',
        address: reader.address,
      },
      {
        id: 'fingerprint',
        kind: 'fingerprint-scanner',
        driver: 'hid-image',
        transport: 'socket',
        address: scanner.address,
      },
      {
        id: 'document-button',
        kind: 'document-camera',
        driver: 'hid-button',
        transport: 'socket',
        address: button.address,
      },
      ...(fingerModule
        ? [
            {
              id: 'zfm',
              kind: 'fingerprint-scanner',
              driver: 'zfm',
              transport: 'serial',
              address: fingerModule.address,
            } as const,
          ]
        : []),
      ...(sbi?.devices ?? []),
      ...scanners.devices,
      { id: 'document-camera', kind: 'document-camera', ...browser },
      { id: 'portrait-camera', kind: 'portrait-camera', ...browser },
    ]
    const write = async (name: string, text: string | Uint8Array) => {
      ends.push(() => rm(at(name), { force: true }))
      await writeFile(at(name), text)
    }
    const writePerson = async () => {
      await write(fileNames.mrz, here.printed.mrzFile)
      await write(fileNames.csca, here.csca)
      await write(fileNames.card, `${JSON.stringify(here.printed, null, 2)}\n`)
    }
    await writePerson()
    await write(fileNames.devices, `${JSON.stringify(devices, null, 2)}\n`)
    const bring = async (coming: Coming) => {
      here = await meet(coming)
      await reader.remove()
      scanner.place(null)
      sbi?.place(null)
      for (const off of takeOff.values()) await off()
      takeOff.clear()
      scanner.foresee(here.hand)
      await camera.bring(here.printed)
      await writePerson()
    }
    const tend = (hand: Hand | undefined) => {
      if (hand === undefined) return
      here = { ...here, hand }
      scanner.foresee(hand)
    }
    return { devices, act, bring, tend, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What a person brings along. */
async function meet({
  person,
  chip: { options, quirks } = { options: {}, quirks: {} },
  hand,
  printed = person,
}: Coming) {
  const image = await personalise(person, options)
  return {
    printed: printCard(printed),
    csca: image.csca,
    chip: simulatedChip(image, { quirks }),
    seed: person.portraitSeed,
    hand: hand ?? person.portraitSeed,
  }
}

/** The person at the desk has a finger on it from the start. */
async function startModule(linkPath: string, model: ZfmModel, seed: number, pace: number): Promise<ZfmSimulator> {
  return startZfm({ linkPath, model, pace, finger: { seed, finger: 'right-index' } })
}
