import { crc32 } from 'node:zlib'
import { singleSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { FingerprintReader, ReaderFacts } from '#native/capability/fingerprint-reader.ts'
import type { Transport } from '#native/transport/transport.ts'
import { systemClock, type Clock } from '../gempc-twin/clock.ts'
import { acknowledges, commands, decodeParameters, parametersLength, type Parameters } from './codec.ts'
import { acknowledgeFailure } from './failures.ts'
import { sensors, unpackImage, uploadLength, type Sensor } from './sensors.ts'
import { ZfmSession, type Ask } from './session.ts'

export type OpenTransport = (binding: DeviceBinding, settings: { readonly baudRate: number }) => Transport

const acquireStep = 'zfm.acquire'
const captureStep = 'finger.capture'
/** As they leave the factory, and then the others that a module can be set to. */
const usualRate = 57_600
const otherRates = [115_200, 38_400, 19_200, 9600] as const
const probe = { tries: 1, timeoutMs: 500 } as const
/** Some modules look for a finger that long before they say that there is none. */
const takeImage: Ask = { command: commands.takeImage, timeoutMs: 2000 }
const uploadImage: Ask = {
  command: commands.uploadImage,
  picture: Object.values(sensors).map(uploadLength),
  timeoutMs: 2000,
}
const readParameters: Ask = { command: commands.readParameters, answer: parametersLength }
const busyBit = 0x0001
const pollMs = 100
/** A finger that is still coming down makes a poor first picture. */
const sightsWanted = 2
/** Of so many pictures the check sums are kept, to find out a module that sends an old one again. */
const remembered = 16

type Line = { readonly session: ZfmSession; readonly transport: Transport }

/**
 * A GROW, ZFM, R30x or R503 module on a serial line, for one finger. See docs/protocols/zfm.md. Grade: verification only.
 *
 * It has no live preview: a picture takes 3 to 7 seconds on the line. So the first one with a finger is shown to
 * `onPreview` and returned, whatever that answers. `shoot` takes what lies there at that moment, or ends in NO_FINGER.
 * Beside the errors of FingerprintReader: DEVICE_GRADE for another step than one flat finger, LOW_QUALITY when the sensor
 * could not take a picture. `clock` is for tests.
 */
export function zfm(
  binding: DeviceBinding,
  openTransport: OpenTransport,
  clock: Clock = systemClock,
): FingerprintReader {
  const goneListeners = new Set<() => void>()
  const taken: number[] = []
  let line: Line | undefined
  let capturing = false

  function notifyGone(ended: Line) {
    if (line !== ended) return
    line = undefined
    for (const listener of goneListeners) listener()
  }

  async function openAt(baudRate: number, signal: AbortSignal, patience: Pick<Ask, 'tries' | 'timeoutMs'>) {
    const transport = openTransport(binding, { baudRate })
    const opened: Line = { transport, session: new ZfmSession(transport, clock, new Uint8Array(4)) }
    transport.onClose((reason) => {
      if (reason !== 'asked') notifyGone(opened)
    })
    try {
      await transport.open(signal)
      const code = await opened.session.verify(signal, patience)
      if (code !== acknowledges.done) throw acknowledgeFailure(code, acquireStep)
      return opened
    } catch (error) {
      await transport.close()
      throw error
    }
  }

  /** The other rates only when nobody understood us at the usual one. */
  async function open(signal: AbortSignal): Promise<Line> {
    let first: unknown
    for (const rate of [usualRate, ...(binding.transport === 'serial' ? otherRates : [])]) {
      try {
        return await openAt(rate, signal, rate === usualRate ? {} : probe)
      } catch (error) {
        if (!isNotUnderstood(error)) throw error
        first ??= error
      }
    }
    throw first
  }

  async function parametersOf({ session }: Line, signal: AbortSignal): Promise<Parameters> {
    const { code, data } = await session.exchange(readParameters, signal)
    if (code !== acknowledges.done) throw acknowledgeFailure(code, acquireStep)
    const parameters = decodeParameters(data)
    if (!parameters) throw new AppError('DEVICE_GARBLED', acquireStep, { context: { what: 'parameters' } })
    return parameters
  }

  /** Returns when the module holds the picture of a finger. */
  async function waitForFinger(from: Line, signal: AbortSignal, shoot: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, shoot])
    for (let sights = 0; ;) {
      const last = shoot.aborted
      const { code } = await from.session.exchange(takeImage, signal)
      sights = code === acknowledges.done ? sights + 1 : 0
      if (sights >= sightsWanted || (sights > 0 && shoot.aborted)) return
      const waiting = sights > 0 || code === acknowledges.noFinger || code === acknowledges.captureFailed
      if (!waiting || last) throw await failureOf(code, from, signal)
      if (sights > 0) continue
      await from.session.pause(pollMs, either).catch((error: unknown) => {
        if (signal.aborted) throw error
      })
    }
  }

  async function failureOf(code: number, from: Line, signal: AbortSignal): Promise<AppError> {
    const busy = code === acknowledges.captureFailed && ((await parametersOf(from, signal)).status & busyBit) !== 0
    return busy ? new AppError('DEVICE_BUSY', captureStep) : acknowledgeFailure(code, captureStep)
  }

  function refuseOldImage(bytes: Uint8Array): void {
    const sum = crc32(bytes)
    if (taken.includes(sum)) throw new AppError('PREVIOUS_IMAGE', captureStep)
    taken.push(sum)
    if (taken.length > remembered) taken.shift()
  }

  return {
    kind: 'fingerprint-scanner',

    async acquire(signal) {
      const opened = await open(signal)
      line = opened
      try {
        return factsOf(await parametersOf(opened, signal))
      } catch (error) {
        line = undefined
        await opened.transport.close()
        throw error
      }
    },

    async capture({ step, signal, shoot, onPreview }) {
      const from = line
      if (!from) throw new AppError('DEVICE_GONE', captureStep)
      if (!isSingle(step)) throw new AppError('DEVICE_GRADE', captureStep, { context: { step } })
      if (capturing) throw new AppError('DEVICE_BUSY', captureStep)
      capturing = true
      try {
        await waitForFinger(from, signal, shoot)
        const { code, data } = await from.session.exchange(uploadImage, signal)
        if (code !== acknowledges.done) throw acknowledgeFailure(code, captureStep)
        refuseOldImage(data)
        const image = unpackImage(data)
        if (!image) throw new AppError('DEVICE_GARBLED', captureStep, { context: { received: data.length } })
        onPreview(image)
        return { kind: 'whole', image }
      } finally {
        capturing = false
      }
    },

    onGone(listener) {
      goneListeners.add(listener)
      return () => goneListeners.delete(listener)
    },

    async release() {
      const ended = line
      line = undefined
      await ended?.transport.close()
    },
  }
}

function isSingle(step: CaptureStep): boolean {
  return (singleSteps as readonly CaptureStep[]).includes(step)
}

function isNotUnderstood(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'DEVICE_SILENT' || error.code === 'DEVICE_GARBLED')
}

function factsOf(parameters: Parameters): ReaderFacts {
  const { name, dpi } = guessSensor(parameters)
  const system = parameters.system.toString(16).padStart(4, '0')
  return { model: `${name} (${system})`, dpi, grade: 'verification', steps: singleSteps }
}

/** R503 leave the system code at 0, the older optical ones say 0009 (inferred). A picture's own size decides later. */
function guessSensor({ system }: Parameters): Sensor {
  return system === 0 ? sensors.r503 : sensors.zfm
}
