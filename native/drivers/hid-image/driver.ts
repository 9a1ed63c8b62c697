import { rolledSteps, singleSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { FingerprintReader, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { hasFinger } from '#native/imaging/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Identity } from './messages.ts'
import { createSession, type ReceivedImage } from './session.ts'

const STEP = 'finger.capture'
/** Preview frames come at a fifth of the resolution, half the depth and packed: ten a second and more on the line. */
const PREVIEW = { scale: 5, bits: 4, packed: true } as const
const LEAST_DPI = 500
/** Grey of something on the glass, and the least share of it that is not dust. */
const DARK = 200
const DUST = 0.01
/** Full images remembered by their CRC, so that a device that serves an old one is found out. */
const REMEMBERED = 16

/** A slap scanner that speaks docs/protocols/hid-image.md. Errors as FingerprintReader states them. */
export function hidImage(
  binding: DeviceBinding,
  openTransport: (binding: DeviceBinding) => Transport,
  clock: Clock = systemClock,
): FingerprintReader {
  const session = createSession(openTransport(binding), clock)
  const taken: { crc: number; exposure: number }[] = []
  let capturing = false

  function refuseOldImage({ header }: ReceivedImage, step: CaptureStep): void {
    const seen = header.exposure === taken.at(-1)?.exposure || taken.some((image) => image.crc === header.crc)
    if (seen || header.step !== step) throw new AppError('PREVIOUS_IMAGE', STEP)
    taken.push({ crc: header.crc, exposure: header.exposure })
    if (taken.length > REMEMBERED) taken.shift()
  }

  return {
    kind: 'fingerprint-scanner',

    async acquire(signal) {
      await session.open(signal)
      const identity = await session.identify(signal)
      if (identity.dpi < LEAST_DPI) {
        throw new AppError('DEVICE_REFUSED', 'finger.acquire', { context: { dpi: identity.dpi } })
      }
      // The device counts exposures from its own start, which may have been since.
      taken.forEach((image) => (image.exposure = -1))
      return { model: identity.model, dpi: identity.dpi, grade: 'enrolment', ...stepsOf(identity) }
    },

    async capture({ step, absent = [], signal, shoot, onPreview }) {
      if (capturing) throw new AppError('DEVICE_BUSY', STEP)
      capturing = true
      try {
        await session.start({ step, absent, ...PREVIEW }, signal)
        await preview(shoot, signal, onPreview)
        await session.shoot(signal)
        const full = await session.receive('full', signal)
        refuseOldImage(full, step)
        if (isEmpty(full.image)) throw new AppError('NO_FINGER', STEP)
        return { kind: 'whole', image: full.image }
      } catch (error) {
        await session.stop()
        throw error
      } finally {
        capturing = false
      }
    },

    onGone: (listener) => session.onGone(listener),
    release: () => session.close(),
  }

  async function preview(shoot: AbortSignal, signal: AbortSignal, onPreview: (image: GrayImage) => boolean) {
    const either = AbortSignal.any([shoot, signal])
    while (!shoot.aborted) {
      try {
        const frame = await session.receive('preview', either)
        if (onPreview(frame.image)) return
      } catch (error) {
        if (shoot.aborted && !signal.aborted && error instanceof AppError && error.code === 'CANCELLED') return
        throw error
      }
    }
  }
}

/** A palm or a page is not an empty platen: what else is wrong with a picture is said by who looks closer. */
function isEmpty(image: GrayImage): boolean {
  if (hasFinger(image)) return false
  let dark = 0
  for (const value of image.pixels) if (value < DARK) dark++
  return dark < DUST * image.pixels.length
}

/** The captures of a device that does not take all. */
function stepsOf({ single, rolled }: Identity): { readonly steps?: readonly CaptureStep[] } {
  if (single && rolled) return {}
  const steps: CaptureStep[] = ['right-four', 'left-four', 'two-thumbs']
  return { steps: [...steps, ...(single ? singleSteps : []), ...(rolled ? rolledSteps : [])] }
}
