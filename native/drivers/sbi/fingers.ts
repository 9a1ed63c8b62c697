import { AppError } from '#domain/failure/index.ts'
import { captureSteps, singleSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type {
  CapturedPrints,
  FingerprintReader,
  GrayImage,
  ReaderFacts,
} from '#native/capability/fingerprint-reader.ts'
import { systemClock, type Clock } from './clock.ts'
import { sbiDevice, type PartWish } from './device.ts'
import type { Note } from './service.ts'
import { readFingerRecord } from './finger-record.ts'
import { decodePixels } from './image-data.ts'
import { decodeFrame } from './mjpeg.ts'
import { fingerNamed, fingerNames, partFor, stepsOf } from './names.ts'
import type { Sample } from './captured.ts'

const step = 'finger.capture'
/** What SBI certification asks of every fingerprint device; the info message does not say the resolution. */
const certifiedDpi = 500
/** 500 less the tolerance of compliant sensors. */
const leastDpi = 490
/** Width of the glass on which four fingers lie, and of a sensor for one. */
const platen = { slap: 3.2, single: 0.8 } as const
/** No part of a device in particular (deviceSubId). */
const anyPart = 0

/**
 * What is asked of the device when. It takes the picture by itself on reaching the score, or the best one seen when its
 * time is over: there is no verb to make it shoot, and none to make it stop.
 */
const shots = {
  /** The preview was good. */
  good: { requestedScore: 40, timeout: 10_000 },
  /** By hand: whatever there is. */
  now: { requestedScore: 1, timeout: 3000 },
  /** There is no preview to go by: the device decides alone. */
  alone: { requestedScore: 40, timeout: 30_000 },
} as const
type Shot = keyof typeof shots
/** The device ends its preview by itself after so long. Milliseconds. */
const previewFor = 300_000

/** A fingerprint scanner behind an SBI service (docs/protocols/sbi.md). Errors as FingerprintReader states them. */
export function sbi(binding: DeviceBinding, clock: Clock = systemClock, note?: Note): FingerprintReader {
  const device = sbiDevice(binding, 'Finger', clock, note)
  let facts: ReaderFacts | undefined
  let isSlap = false

  function partOf(wanted: CaptureStep, absent: readonly FingerPosition[]) {
    const fingers = captureSteps[wanted].fingers.filter((finger) => !absent.includes(finger))
    const part = partFor(wanted)
    if (!part || !facts?.steps?.includes(wanted))
      throw new AppError('DEVICE_GRADE', step, { context: { step: wanted } })
    if (fingers.length === 0) throw new AppError('BAD_REQUEST', step, { context: { reason: 'no-fingers' } })
    const names = (all: readonly FingerPosition[]) => all.map((finger) => fingerNames[finger])
    const count = fingers.length
    if (!isSlap) return { fingers, part: { subId: anyPart, count, exception: [], bioSubType: names(fingers) } }
    const exception = names(part.sees.filter((finger) => !fingers.includes(finger)))
    return { fingers, part: { subId: part.subId, count, exception } }
  }

  return {
    kind: 'fingerprint-scanner',

    async acquire(signal) {
      const { known, info } = await device.acquire(signal)
      const { make, model, deviceSubType } = known.id
      isSlap = deviceSubType === 'Slap'
      facts = {
        model: `${make} ${model}`.slice(0, 80),
        dpi: certifiedDpi,
        grade: isSlap ? 'enrolment' : 'verification',
        steps: isSlap ? stepsOf(info.deviceSubId) : singleSteps,
      }
      return facts
    },

    capture: ({ step: wanted, absent = [], signal, shoot, onPreview }) =>
      device.use(async (opened) => {
        const { fingers, part } = partOf(wanted, absent)
        const preview = watchPreview({
          look: (watching, onFrame, expected) =>
            opened.service.stream(
              { serialNo: opened.known.id.serialNo, subId: part.subId, timeout: previewFor },
              watching,
              (jpeg) => {
                const frame = decodeFrame(jpeg, isSlap ? platen.slap : platen.single)
                if (frame) onFrame(frame)
              },
              expected,
            ),
          signal,
          shoot,
          onPreview,
        })
        try {
          const wish: PartWish = { ...part, ...shots[await preview.shot] }
          return await toPrints(await device.capture(opened, wish, signal), fingers)
        } finally {
          preview.end()
        }
      }),

    onGone: device.onGone,
    release: device.release,
  }

  async function toPrints(samples: readonly Sample[], wanted: readonly FingerPosition[]): Promise<CapturedPrints> {
    const found: { position: FingerPosition; image: GrayImage }[] = []
    const records = samples.map(({ subType, record }) => ({ named: fingerNamed(subType), ...readFingerRecord(record) }))
    for (const { named, position, width, height, dpi, ...coded } of records) {
      const isAsked = named === position && wanted.includes(position)
      if (!isAsked || found.some((finger) => finger.position === position))
        throw new AppError('DEVICE_GARBLED', step, { context: { reason: 'fingers' } })
      if (dpi < leastDpi) throw new AppError('DEVICE_GRADE', step, { context: { dpi } })
      const pixels = await decodePixels({ width, height, ...coded })
      found.push({ position, image: { width, height, dpi, pixels } })
    }
    device.refuseOld(records.map(({ image }) => image))
    return { kind: 'separate', fingers: found }
  }
}

/**
 * Shows the preview until it is good, `shoot` is aborted, or it fails: a device without a preview can still capture.
 * A preview that is silent, and a cancelled capture, reject.
 */
function watchPreview(request: {
  readonly look: (signal: AbortSignal, onFrame: (image: GrayImage) => void, expected: () => boolean) => Promise<void>
  readonly signal: AbortSignal
  readonly shoot: AbortSignal
  readonly onPreview: (image: GrayImage) => boolean
}): { readonly shot: Promise<Shot>; end(): void } {
  const { look, signal, shoot, onPreview } = request
  const over = new AbortController()
  const { promise: shot, resolve, reject } = Promise.withResolvers<Shot>()
  let decided = false
  const decide = (how: Shot) => {
    decided = true
    resolve(how)
  }
  const byHand = () => decide('now')
  if (shoot.aborted) byHand()
  shoot.addEventListener('abort', byHand, { once: true })
  const cancelled = () => reject(new AppError('CANCELLED', step))
  if (signal.aborted) cancelled()
  signal.addEventListener('abort', cancelled, { once: true })

  // Services send no frames while they capture.
  look(
    AbortSignal.any([signal, over.signal]),
    (image) => onPreview(image) && decide('good'),
    () => !decided,
  ).then(
    () => decide('alone'),
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'DEVICE_SILENT') reject(error)
      else decide('alone')
    },
  )
  return {
    shot,
    end() {
      over.abort()
      shoot.removeEventListener('abort', byHand)
      signal.removeEventListener('abort', cancelled)
    },
  }
}
