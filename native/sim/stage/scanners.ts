import type { DeviceBinding } from '#native/capability/device.ts'
import { startHidPos, type HidPosFault, type HidPosSimulator } from '../hid-pos/index.ts'
import { startSerialScanner, type SerialScannerFault, type SerialScannerSimulator } from '../serial-scanner/index.ts'
import { fileNames } from './file-names.ts'

export const stageScanners = ['hid-scanner', 'serial-scanner'] as const
export type StageScanner = (typeof stageScanners)[number]

export type StageScanners = {
  readonly devices: readonly DeviceBinding[]
  scan(device: StageScanner, code: string | Uint8Array): Promise<void>
  addHidFault(fault: HidPosFault): () => void
  addSerialFault(fault: SerialScannerFault): void
  /** The serial scanner's cable; the other one comes back by itself. */
  unplug(): Promise<void>
  plug(): Promise<void>
  stop(): Promise<void>
}

/** The code scanners that were asked for. */
export async function startScanners(
  wanted: readonly StageScanner[],
  at: (name: string) => string,
  pace: number,
): Promise<StageScanners> {
  const hid = wanted.includes('hid-scanner') ? await startHidPos({ address: at(fileNames.hidScanner) }) : undefined
  const serial = wanted.includes('serial-scanner')
    ? await startSerialScanner({ linkPath: at(fileNames.serialScanner), pace }).catch(async (error: unknown) => {
        await hid?.stop()
        throw error
      })
    : undefined
  const theHid = (): HidPosSimulator => there(hid, 'hid')
  const theSerial = (): SerialScannerSimulator => there(serial, 'serial')
  return {
    devices: [
      ...(hid
        ? [
            {
              id: 'hid-scanner',
              kind: 'code-scanner',
              driver: 'hid-pos',
              transport: 'socket',
              address: hid.address,
            } as const,
          ]
        : []),
      ...(serial
        ? [
            {
              id: 'serial-scanner',
              kind: 'code-scanner',
              driver: 'serial-scanner',
              transport: 'serial',
              address: serial.address,
            } as const,
          ]
        : []),
    ],
    scan: (device, code) => (device === 'hid-scanner' ? theHid() : theSerial()).scan(code),
    addHidFault: (fault) => theHid().addFault(fault),
    addSerialFault: (fault) => theSerial().addFault(fault),
    unplug: () => theSerial().unplug(),
    plug: () => theSerial().plug(),
    async stop() {
      await hid?.stop()
      await serial?.stop()
    },
  }
}

function there<Simulator>(simulator: Simulator | undefined, name: string): Simulator {
  if (!simulator) throw new RangeError(`there is no ${name} scanner: start with --scanner ${name}`)
  return simulator
}
