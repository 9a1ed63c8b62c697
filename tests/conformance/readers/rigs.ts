import { rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { drivers, type OpenTransport } from '#native/drivers/index.ts'
import { startAcr122s } from '#native/sim/acr122s/index.ts'
import type { SimulatedChip } from '#native/sim/chip/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { startPn532 } from '#native/sim/pn532/index.ts'
import type { Fault } from '#native/sim/wire/faults.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { startDaemon, type PcscDaemon } from '../pcsc/daemon.ts'

export type RigOptions = {
  readonly folder: string
  readonly chip?: SimulatedChip
  readonly faults?: readonly Fault[]
  readonly pace?: number
  readonly asksForTime?: boolean
  /** Starts without its card. */
  readonly empty?: boolean
}

/** What stands at the other end of the reader's line. */
export type Machine = {
  insert(chip: SimulatedChip): Promise<void>
  remove(): Promise<void>
  addFault(fault: Fault): void
  wireMs(): number
  unplug(): Promise<void>
  plug(): Promise<void>
  stop(): Promise<void>
}

export type Bench = { readonly reader: CardReader; readonly machine: Machine; stop(): Promise<void> }

export type Rig = {
  readonly name: string
  /** Responses beyond 256 bytes and commands beyond 255. */
  readonly extended: boolean
  /** Its card takes commands below four bytes, which ISO/IEC 7816-4 does not know. */
  readonly anyLength: boolean
  /** T=0 knows no Le beside data, and no command without a fifth byte. */
  readonly blocks: boolean
  /** Has to ask for the card from time to time, as it does not tell by itself. */
  readonly looks?: boolean
  /** What it says of a card that does not answer, if not CARD_MUTE. */
  readonly muteCode?: 'CARD_ABSENT'
  start(options: RigOptions): Promise<Bench>
}

type Start = (
  options: RigOptions & { readonly linkPath: string; readonly hostBaudRate: () => number | undefined },
) => Promise<Machine & { address: string }>

const serial = (driver: string, traits: Omit<Rig, 'start' | 'name'>, name: string, start: Start): Rig => ({
  name,
  ...traits,
  async start({ chip, empty, ...options }) {
    const linkPath = join(options.folder, `${name.replaceAll(/\W/g, '-')}-${++lines}`)
    let baudRate: number | undefined
    const machine = await start({
      ...options,
      ...(chip && !empty ? { chip } : {}),
      linkPath,
      hostBaudRate: () => baudRate,
    })
    const open: OpenTransport = ({ address }, settings) => {
      baudRate = settings?.baudRate
      return serialTransport({ baudRate: 9600, ...settings, path: address })
    }
    const binding: DeviceBinding = { id: name, kind: 'card-reader', driver, transport: 'serial', address: linkPath }
    const reader = drivers[driver]?.create(binding, open)
    if (reader?.kind !== 'card-reader') throw new Error(`no card reader ${driver}`)
    return {
      reader,
      machine,
      async stop() {
        await reader.release()
        await machine.stop()
      },
    }
  },
})

let lines = 0

const cardOf = ({ asksForTime }: RigOptions) => ({ card: { asksForTime: asksForTime ?? false } })

export const rigs: readonly Rig[] = [
  serial('gempc-twin', { extended: true, anyLength: true, blocks: true }, 'gempc-twin T=1', (options) =>
    startGempcTwin({ ...options, pace: options.pace ?? 0, ...cardOf(options) }),
  ),
  serial('gempc-twin', { extended: false, anyLength: false, blocks: false }, 'gempc-twin T=0', (options) =>
    startGempcTwin({ ...options, pace: options.pace ?? 0, ...cardOf(options), card: { protocol: 0 } }),
  ),
  serial('acr122s', { looks: true, extended: true, anyLength: true, blocks: true }, 'acr122s', (options) =>
    startAcr122s({ ...options, pace: options.pace ?? 0, ...cardOf(options) }),
  ),
  serial('acr1281s', { looks: true, extended: false, anyLength: true, blocks: true }, 'acr1281s', (options) =>
    startAcr122s({ ...options, model: 'acr1281s', pace: options.pace ?? 0, ...cardOf(options) }),
  ),
  serial('pn532', { looks: true, extended: true, anyLength: true, blocks: true }, 'pn532 through 42', (options) =>
    startPn532({ ...options, pace: options.pace ?? 0, ...cardOf(options) }),
  ),
  serial('pn532', { looks: true, extended: false, anyLength: true, blocks: true }, 'pn532 through 40', (options) =>
    startPn532({ ...options, pace: options.pace ?? 0, ...cardOf(options), reader: { noThrough: true } }),
  ),
  serial(
    'pn532',
    { looks: true, extended: false, anyLength: true, blocks: true, muteCode: 'CARD_ABSENT' },
    'pn532 with a card of type B',
    (options) =>
      startPn532({
        ...options,
        pace: options.pace ?? 0,
        card: { type: 'B', asksForTime: options.asksForTime ?? false },
      }),
  ),
]

/** The library behind pcsc-mini keeps the service's address for the life of the process; this one leads to the latest. */
const socketLink = join(tmpdir(), `pcscd-${process.pid}.comm`)
const behindService = new Map<string, string>()
let daemon: PcscDaemon | undefined

/** pcscd looks at its serial readers only when it starts. */
async function restartDaemon(folder: string, evenEmpty = false): Promise<void> {
  await daemon?.stop()
  daemon = undefined
  await rm(socketLink, { force: true })
  if (behindService.size === 0 && !evenEmpty) return
  daemon = await startDaemon(folder, Object.fromEntries(behindService))
  await symlink(daemon.socket, socketLink)
  process.env['PCSCLITE_CSOCK_NAME'] = socketLink
}

/** Our GemPC Twin behind Debian's driver behind pcscd behind our PC/SC driver. */
export const pcscRig: Rig = {
  name: 'pcsc with a GemPC Twin behind pcscd',
  extended: true,
  anyLength: false,
  blocks: true,
  async start({ chip, empty, ...options }) {
    const name = `Twin ${++lines} of the suite`
    const linkPath = join(options.folder, `pcsc-${lines}`)
    const machine = await startGempcTwin({
      ...options,
      ...(chip && !empty ? { chip } : {}),
      linkPath,
      pace: options.pace ?? 0,
      ...cardOf(options),
    })
    const list = async (path: string | undefined, evenEmpty = false) => {
      if (path === undefined) behindService.delete(name)
      else behindService.set(name, path)
      await restartDaemon(options.folder, evenEmpty)
    }
    await list(linkPath)
    const binding: DeviceBinding = { id: name, kind: 'card-reader', driver: 'pcsc', transport: 'pcsc', address: name }
    const reader = drivers['pcsc']?.create(binding, () => {
      throw new Error('PC/SC has no line')
    })
    if (reader?.kind !== 'card-reader') throw new Error('no card reader pcsc')
    return {
      reader,
      machine: {
        ...machine,
        // A USB reader leaves the service's list by itself; a serial one stays in it until the service starts anew.
        async unplug() {
          await machine.unplug()
          await list(undefined, true)
        },
        async plug() {
          await machine.plug()
          await list(linkPath)
        },
      },
      async stop() {
        await reader.release()
        await list(undefined)
        await machine.stop()
      },
    }
  },
}
