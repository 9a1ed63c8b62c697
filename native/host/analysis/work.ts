import type { CaptureStep } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture } from '#native/capability/host.ts'
import { cropFinger, encodeGrayPng, scaleDown, segmentSlap } from '#native/imaging/index.ts'
import type { FingerPreview } from './index.ts'

/** Widest preview picture in pixels: enough for the screen, cheap to send. */
const widestPreview = 480
const fastest = 1

/** A preview frame with the fingers seen on it. Boxes are in pixels of the picture returned. */
export function judgePreview(image: GrayImage, step: CaptureStep): FingerPreview {
  const small = scaleDown(image, Math.max(1, Math.ceil(image.width / widestPreview)))
  const fingers = segmentSlap(small, step)
  return { png: encodeGrayPng(small, fastest), width: small.width, height: small.height, fingers }
}

/** The full slap cut into its fingers. Throws NO_FINGER when none is found on it. */
export function finishCapture(image: GrayImage, step: CaptureStep): FingerCapture {
  const found = segmentSlap(image, step)
  if (found.length === 0) throw new AppError('NO_FINGER', 'finger.capture')
  const fingers = found.map((finger) => ({ ...finger, png: encodeGrayPng(cropFinger(image, finger)) }))
  return { png: encodeGrayPng(image), width: image.width, height: image.height, dpi: image.dpi, fingers }
}
