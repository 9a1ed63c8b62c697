import { join } from 'node:path'
import { simulatedChip, personalise, type ChipImage } from '#native/sim/chip/index.ts'
import { startAcr122s } from '#native/sim/acr122s/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { startHidButton, type HidButtonFault } from '#native/sim/hid-button/index.ts'
import { startHidImage, parseHidImageFault } from '#native/sim/hid-image/index.ts'
import { startHidPos, type HidPosFault } from '#native/sim/hid-pos/index.ts'
import { people } from '#native/sim/people/people.ts'
import { startPn532 } from '#native/sim/pn532/index.ts'
import { startSbi, type SbiFault } from '#native/sim/sbi/index.ts'
import { parseSerialScannerFault, startSerialScanner } from '#native/sim/serial-scanner/index.ts'
import { parseFault } from '#native/sim/wire/faults.ts'
import { parseZfmFault, startZfm } from '#native/sim/zfm/index.ts'
import type { Person } from './bench.ts'

// Lò Thị Mẫu is invented, and so are the hands.

export type Desk = Person & { readonly addFault: (fault: string) => void }

const code = 'A code that names nobody'
let image: Promise<ChipImage> | undefined
/** The stage's card: nothing but basic access control. */
const chip = async () => simulatedChip(await (image ??= personalise(people.lo)), {})

function wanted<T>(fault: T | undefined, text: string): T {
  if (fault === undefined) throw new Error(`no fault ${text}`)
  return fault
}

const readers = {
  'gempc-twin': startGempcTwin,
  acr122s: startAcr122s,
  acr1281s: (options: Parameters<typeof startAcr122s>[0]) => startAcr122s({ ...options, model: 'acr1281s' }),
  pn532: startPn532,
} as const

export async function readerDesk(dir: string, driver: keyof typeof readers): Promise<Desk> {
  const card = await chip()
  const sim = await readers[driver]({ linkPath: join(dir, 'reader'), chip: card, pace: 0 })
  return {
    binding: { id: 'device', kind: 'card-reader', driver, transport: 'serial', address: sim.address },
    act: { 'lay-test-card': () => sim.insert(card), 'take-card-away': () => sim.remove() },
    addFault: (fault) => sim.addFault(wanted(parseFault(fault), fault)),
    stop: () => sim.stop(),
  }
}

export async function slapDesk(dir: string): Promise<Desk> {
  const sim = await startHidImage({ address: join(dir, 'scanner'), hand: 4, pace: 0 })
  const lift = (said: () => void) => {
    sim.place(null)
    said()
  }
  return {
    binding: {
      id: 'device',
      kind: 'fingerprint-scanner',
      driver: 'hid-image',
      transport: 'socket',
      address: sim.address,
    },
    act: { 'clean-and-clear-platen': lift, 'lift-finger': lift, 'lay-finger': () => sim.place(4) },
    addFault(fault) {
      sim.addFault(wanted(parseHidImageFault(fault), fault).name)
    },
    stop: () => sim.stop(),
  }
}

export async function moduleDesk(dir: string): Promise<Desk> {
  const sim = await startZfm({ linkPath: join(dir, 'zfm'), pace: 0 })
  const lift = (said: () => void) => {
    sim.lift()
    said()
  }
  return {
    binding: { id: 'device', kind: 'fingerprint-scanner', driver: 'zfm', transport: 'serial', address: sim.address },
    act: {
      'clean-and-clear-platen': lift,
      'lift-finger': lift,
      'lay-finger': () => sim.place({ seed: 5, finger: 'right-index' }),
    },
    addFault: (fault) => sim.addFault(wanted(parseZfmFault(fault), fault)),
    stop: () => sim.stop(),
  }
}

export async function serviceDesk(kind: 'Finger' | 'Iris'): Promise<Desk> {
  const sim = await startSbi({ kind, person: 5, frameMs: 5, emptyFrames: 0 })
  const lift = (said: () => void) => {
    sim.place(null)
    said()
  }
  return {
    binding: {
      id: 'device',
      kind: kind === 'Finger' ? 'fingerprint-scanner' : 'iris-camera',
      driver: kind === 'Finger' ? 'sbi' : 'sbi-iris',
      transport: 'http',
      address: sim.address,
      settings: sim.settings,
    },
    act: { 'clean-and-clear-platen': lift, 'lift-finger': lift, 'lay-finger': () => sim.place(5) },
    addFault: (fault) => void sim.addFault(fault as SbiFault),
    stop: () => sim.stop(),
  }
}

export async function buttonDesk(dir: string): Promise<Desk> {
  const sim = await startHidButton({ address: join(dir, 'button') })
  return {
    binding: {
      id: 'device',
      kind: 'document-camera',
      driver: 'hid-button',
      transport: 'socket',
      address: sim.address,
    },
    act: { 'press-shutter': () => sim.press() },
    addFault: (fault) => void sim.addFault(fault as HidButtonFault),
    stop: () => sim.stop(),
  }
}

export async function hidScannerDesk(dir: string): Promise<Desk> {
  const sim = await startHidPos({ address: join(dir, 'scanner') })
  return {
    binding: { id: 'device', kind: 'code-scanner', driver: 'hid-pos', transport: 'socket', address: sim.address },
    act: { 'scan-a-code': () => sim.scan(code) },
    addFault: (fault) => void sim.addFault(fault as HidPosFault),
    stop: () => sim.stop(),
  }
}

export async function serialScannerDesk(dir: string): Promise<Desk> {
  const sim = await startSerialScanner({ linkPath: join(dir, 'scanner'), pace: 0 })
  return {
    binding: {
      id: 'device',
      kind: 'code-scanner',
      driver: 'serial-scanner',
      transport: 'serial',
      address: sim.address,
    },
    act: { 'scan-a-code': () => sim.scan(code) },
    addFault: (fault) => sim.addFault(wanted(parseSerialScannerFault(fault), fault)),
    stop: () => sim.stop(),
  }
}
