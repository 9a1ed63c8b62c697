import { join } from 'node:path'
import type { FingerPosition } from '#domain/biometrics/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { FingerprintReader, ReaderGrade } from '#native/capability/fingerprint-reader.ts'
import { drivers, type OpenTransport } from '#native/drivers/index.ts'
import { drawFinger } from '#native/sim/hands/index.ts'
import { startHidImage } from '#native/sim/hid-image/index.ts'
import { startZfm, type ZfmModel } from '#native/sim/zfm/index.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'

export type Finger = { readonly seed: number; readonly finger: FingerPosition }

export type Bench = {
  readonly reader: FingerprintReader
  /** Lays a finger down alone, another impression each time. */
  place(finger: Finger): void
  lift(): void
  stop(): Promise<void>
}

export type Rig = { readonly name: string; readonly grade: ReaderGrade; start(folder: string): Promise<Bench> }

const open: OpenTransport = ({ transport, address }, settings) =>
  transport === 'serial' ? serialTransport({ baudRate: 9600, ...settings, path: address }) : socketTransport(address)

function reader(driver: string, transport: DeviceBinding['transport'], address: string): FingerprintReader {
  const made = drivers[driver]?.create({ id: driver, kind: 'fingerprint-scanner', driver, transport, address }, open)
  if (made?.kind !== 'fingerprint-scanner') throw new Error(`no fingerprint reader ${driver}`)
  return made
}

let lines = 0

const onModule = (model: ZfmModel): Rig => ({
  name: `zfm with the sensor of ${model}`,
  grade: 'verification',
  async start(folder) {
    const machine = await startZfm({ linkPath: join(folder, `module-${++lines}`), model, pace: 0 })
    const made = reader('zfm', 'serial', machine.address)
    return {
      reader: made,
      place: (finger) => machine.place(finger),
      lift: () => machine.lift(),
      async stop() {
        await made.release()
        await machine.stop()
      },
    }
  },
})

const slapScanner: Rig = {
  name: 'hid-image over a socket',
  grade: 'enrolment',
  async start(folder) {
    const machine = await startHidImage({ address: join(folder, `scanner-${++lines}`), pace: 0 })
    const made = reader('hid-image', 'socket', machine.address)
    let attempt = 0
    return {
      reader: made,
      place(finger) {
        const print = drawFinger({ ...finger, impression: 'flat', attempt: ++attempt })
        machine.place(() => print)
      },
      lift: () => machine.place(null),
      async stop() {
        await made.release()
        await machine.stop()
      },
    }
  },
}

export const rigs: readonly Rig[] = [slapScanner, onModule('zfm'), onModule('r503')]
