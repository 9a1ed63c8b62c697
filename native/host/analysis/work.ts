import { captureSteps, fingerPositions, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { CapturedPrints, FingerFound, FingersSeen, GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture } from '#native/capability/host.ts'
import { cropFinger, encodeGrayPng, LEAST_DPI, refuseTooLarge, scaleDown, seeFingers } from '#native/imaging/index.ts'
import { encodeTemplate, extractMinutiae } from '#native/imaging/minutiae/index.ts'
import type { Expected, FingerPreview } from './index.ts'
import { composeSheet } from './sheet.ts'

const STEP = 'finger.capture'
/** Widest preview picture in pixels: enough for the screen, cheap to send. */
const widestPreview = 480
const fastest = 1
const noneSeen: FingersSeen = { fingers: [], missing: [] }

/** A preview frame with the fingers seen on it. Boxes are in pixels of the picture returned. */
export function judgePreview({ image, step, absent = [] }: Expected & { readonly image: GrayImage }): FingerPreview {
  refuseTooLarge(image.width, image.height, STEP)
  const small = scaleDown(image, Math.max(1, Math.ceil(image.width / widestPreview)))
  // A picture too coarse to be judged is shown all the same.
  const seen = small.dpi < LEAST_DPI ? noneSeen : seeFingers(small, step, absent)
  return { png: encodeGrayPng(small, fastest), width: small.width, height: small.height, ...seen }
}

/** The full picture, or the fingers that a device cut itself, each with its quality, picture and template. */
export function finishCapture({
  prints,
  step,
  absent = [],
}: Expected & { readonly prints: CapturedPrints }): FingerCapture {
  if (prints.kind === 'separate') return finishSeparate(prints.fingers, step, absent)
  const { image } = prints
  const seen = seeFingers(image, step, absent)
  refuse(seen)
  const fingers = seen.fingers.map((finger) => ({ ...finger, ...kept(cropFinger(image, finger), finger, step) }))
  return { png: encodeGrayPng(image), width: image.width, height: image.height, dpi: image.dpi, ...seen, fingers }
}

/** Throws what stands in the way of any use of the picture. */
export function refuse({ fingers, problem }: FingersSeen): void {
  if (problem === 'not-fingers') throw new AppError('NOT_FINGERS', STEP)
  if (fingers.length === 0) throw new AppError('NO_FINGER', STEP)
}

type Separate = Extract<CapturedPrints, { kind: 'separate' }>['fingers']

function finishSeparate(prints: Separate, step: CaptureStep, absent: readonly FingerPosition[]): FingerCapture {
  const expected = captureSteps[step].fingers.filter((finger) => !absent.includes(finger))
  const seen = expected.flatMap((position) => {
    const image = prints.find((print) => print.position === position)?.image
    return image ? [{ position, image, ...seeFingers(image, aloneStep(step, position)) }] : []
  })
  const shown = seen.filter(({ fingers }) => fingers.length > 0)
  if (shown.length === 0) refuse({ ...noneSeen, ...seen.find(({ problem }) => problem === 'not-fingers') })
  const { image: sheet, boxes } = composeSheet(shown.map(({ image }) => image))
  const fingers = shown.map(({ position, image, fingers: [first] }, index) => {
    const finger: FingerFound = { ...first!, position, box: boxes[index]!, angle: 0 }
    return { ...finger, ...kept(image, finger, step) }
  })
  return {
    png: encodeGrayPng(sheet),
    width: sheet.width,
    height: sheet.height,
    dpi: sheet.dpi,
    composed: true,
    fingers,
    missing: expected.filter((finger) => !fingers.some(({ position }) => position === finger)),
  }
}

function aloneStep(step: CaptureStep, position: FingerPosition): CaptureStep {
  return `${captureSteps[step].impression}-${position}`
}

/** What is kept of one upright finger. */
function kept(image: GrayImage, { position, quality }: Pick<FingerFound, 'position' | 'quality'>, step: CaptureStep) {
  const minutiae = extractMinutiae(image)
  const impression = captureSteps[step].impression === 'rolled' ? 1 : 0
  const template = encodeTemplate(minutiae, { position: fingerPositions[position], impression, quality })
  return { png: encodeGrayPng(image), template, minutiae: minutiae.points.length }
}
