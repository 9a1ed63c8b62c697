import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { acknowledges, commands, encodeParameters } from '#native/drivers/zfm/codec.ts'
import { packImage, sensors } from '#native/drivers/zfm/sensors.ts'
import type { FaultList } from '../wire/faults.ts'
import type { ZfmFaultName } from './faults.ts'
import { expose, lieDown, type OnGlass } from './finger.ts'

export type ZfmModel = keyof typeof sensors
export const zfmModels = Object.keys(sensors) as readonly ZfmModel[]

/** What a command comes to: the code, what is beside it, a picture after it, and how long it took the module. */
export type Outcome = {
  readonly code: number
  readonly data?: Uint8Array
  readonly picture?: Uint8Array
  readonly ms: number
}

const system = { zfm: 0x0009, r503: 0x0000 } as const
const room = { zfm: 1000, r503: 200 } as const
const status = { busy: 0x1, verified: 0x4, imageHeld: 0x8 } as const
/** From memory of such modules: a look at the sensor, and any other command. */
const lookMs = 120
const otherMs = 10

/** The inside of a module: what it answers, and what it holds. */
export function createModule(model: ZfmModel, baudRate: number, faults: FaultList<ZfmFaultName>) {
  let glass: { readonly on: OnGlass; readonly attempt: number; print?: GrayImage } | undefined
  let attempts = 0
  let exposures = 0
  let verified = false
  let occupied = false
  let held: Uint8Array | undefined
  let firstSent: Uint8Array | undefined

  function look(): number {
    occupied = faults.strikes('busy')
    if (occupied) return acknowledges.captureFailed
    if (!glass || faults.strikes('no-finger')) return acknowledges.noFinger
    glass.print ??= lieDown(glass.on, sensors[model], glass.attempt)
    held = packImage(expose(glass.print, ++exposures))
    return acknowledges.done
  }

  function parameters(): Uint8Array {
    return encodeParameters({
      status: (occupied ? status.busy : 0) | (verified ? status.verified : 0) | (held ? status.imageHeld : 0),
      system: system[model],
      room: room[model],
      security: 3,
      address: 0xffff_ffff,
      packetBytes: 128,
      baudRate,
    })
  }

  function run(command: number, given: Uint8Array): Outcome {
    if (faults.strikes('receive-error')) return { code: acknowledges.receiveError, ms: otherMs }
    if (command !== commands.verifyPassword && !verified) return { code: acknowledges.verifyFirst, ms: otherMs }
    switch (command) {
      case commands.verifyPassword: {
        const right = given.length === 4 && given.every((byte) => byte === 0) && !faults.strikes('wrong-password')
        verified = right
        return { code: right ? acknowledges.done : acknowledges.wrongPassword, ms: otherMs }
      }
      case commands.readParameters:
        return { code: acknowledges.done, data: parameters(), ms: otherMs }
      case commands.takeImage:
        return { code: look(), ms: lookMs }
      case commands.uploadImage: {
        if (!held) return { code: acknowledges.cannotSend, ms: otherMs }
        firstSent ??= held
        const picture = faults.strikes('previous-image') ? firstSent : held
        return { code: acknowledges.done, picture, ms: otherMs }
      }
      default:
        return { code: acknowledges.receiveError, ms: otherMs }
    }
  }

  return {
    run,
    /** Each laying down is another impression of the finger. */
    place(on: OnGlass | undefined) {
      glass = on && { on, attempt: attempts++ }
    },
    /** The power went: what it held and heard is forgotten. */
    reset() {
      verified = false
      held = undefined
    },
  }
}
