import {
  captureSteps,
  fingerPositions,
  type CaptureDemand,
  type CaptureStep,
  type SingleStep,
} from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { CapturedPrints, FingerprintReader, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { drivers, type OpenTransport } from '#native/drivers/index.ts'
import { cropFinger, seeFingers } from '#native/imaging/index.ts'
import { encodeTemplate, extractMinutiae } from '#native/imaging/minutiae/index.ts'
import { hidTransport } from '#native/transport/hid.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'

export type EnrolledFinger = { readonly template: Uint8Array; readonly minutiae: number; readonly quality: number }

const step = 'desk.finger-enrol'
/** Millimetres. What is not wider sees one finger and nothing beside it. */
const fingerWidth = 20

/**
 * Templates of one finger by so many pictures. The device is opened here, not by a device host: that one takes no
 * templates for keeping from a reader that is fit for verification only. Errors as FingerprintReader, LOW_QUALITY,
 * NO_FINGER, NOT_FINGERS.
 */
export async function enrolFinger(
  wish: Pick<CaptureDemand, 'minimumQuality' | 'patienceMs'> & {
    readonly binding: DeviceBinding
    readonly step: SingleStep
    readonly times: number
  },
  signal: AbortSignal,
): Promise<readonly EnrolledFinger[]> {
  const reader = open(wish.binding)
  const enrolled: EnrolledFinger[] = []
  try {
    await reader.acquire(signal)
    while (enrolled.length < wish.times) {
      const prints = await reader.capture({
        step: wish.step,
        signal,
        shoot: AbortSignal.timeout(wish.patienceMs),
        onPreview: (image) => (seeFingers(image, wish.step).fingers[0]?.quality ?? 0) >= wish.minimumQuality,
      })
      enrolled.push(templateOf(prints, wish.step, wish.minimumQuality))
    }
  } finally {
    await reader.release()
  }
  return enrolled
}

function open(binding: DeviceBinding): FingerprintReader {
  const openLine: OpenTransport = ({ transport, address }, settings) => {
    if (transport === 'serial') return serialTransport({ baudRate: 9600, ...settings, path: address })
    if (transport === 'hid') return hidTransport(address)
    if (transport === 'socket') return socketTransport(address)
    throw new AppError('TRANSPORT_MISSING', step, { context: { transport } })
  }
  const reader = drivers[binding.driver]?.create(binding, openLine)
  if (reader?.kind !== 'fingerprint-scanner') throw new AppError('DEVICE_UNKNOWN', step)
  return reader
}

function templateOf(prints: CapturedPrints, wanted: CaptureStep, minimumQuality: number): EnrolledFinger {
  const image = prints.kind === 'whole' ? prints.image : prints.fingers[0]?.image
  if (!image) throw new AppError('NO_FINGER', step)
  const { fingers, problem } = seeFingers(image, wanted)
  if (problem === 'not-fingers') throw new AppError('NOT_FINGERS', step)
  const [finger] = fingers
  if (!finger) throw new AppError('NO_FINGER', step)
  const quality = Math.round(finger.quality)
  if (quality < minimumQuality) throw new AppError('LOW_QUALITY', step, { context: { quality, minimumQuality } })
  const minutiae = extractMinutiae(isOneFingerWide(image) ? image : cropFinger(image, finger))
  const [position] = captureSteps[wanted].fingers
  const facts = { position: position ? fingerPositions[position] : 0, impression: 0, quality } as const
  return { template: encodeTemplate(minutiae, facts), minutiae: minutiae.points.length, quality }
}

function isOneFingerWide({ width, dpi }: GrayImage): boolean {
  return (width / dpi) * 25.4 <= fingerWidth
}
