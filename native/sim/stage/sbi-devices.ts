import type { DeviceBinding } from '#native/capability/device.ts'
import { startSbi, type SbiFault, type SbiSimulator } from '../sbi/index.ts'

export type StageSbi = {
  readonly devices: readonly DeviceBinding[]
  place(person: number | null): void
  addFault(device: StageSbiDevice, fault: SbiFault): () => void
  stop(): Promise<void>
}

export const stageSbiDevices = ['sbi-fingerprint', 'iris-camera'] as const
export type StageSbiDevice = (typeof stageSbiDevices)[number]

/** Milliseconds between preview frames: ten a second, or as many as come. */
const frameMs = (pace: number) => (pace === 0 ? 10 : 100 * pace)

/** A slap scanner and an iris camera behind SBI services on loopback ports of this machine. */
export async function startSbiDevices(person: number, pace: number): Promise<StageSbi> {
  const scanner = await startSbi({ kind: 'Finger', person, frameMs: frameMs(pace) })
  const camera = await startSbi({ kind: 'Iris', person }).catch(async (error: unknown) => {
    await scanner.stop()
    throw error
  })
  const simulators: Readonly<Record<StageSbiDevice, SbiSimulator>> = {
    'sbi-fingerprint': scanner,
    'iris-camera': camera,
  }
  const binding = (id: StageSbiDevice, kind: DeviceBinding['kind'], driver: string): DeviceBinding => {
    const { address, settings } = simulators[id]
    return { id, kind, driver, transport: 'http', address, settings }
  }
  return {
    devices: [
      binding('sbi-fingerprint', 'fingerprint-scanner', 'sbi'),
      binding('iris-camera', 'iris-camera', 'sbi-iris'),
    ],
    place(next) {
      for (const simulator of Object.values(simulators)) simulator.place(next)
    },
    addFault: (device, fault) => simulators[device].addFault(fault),
    async stop() {
      await Promise.all(Object.values(simulators).map((simulator) => simulator.stop()))
    },
  }
}
