import type { CaptureStep, FingerPosition } from '#domain/biometrics/index.ts'
import type { CapturedPrints, FingersSeen, GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture, HostCalls } from '#native/capability/host.ts'
import type { IrisCaptured } from '#native/capability/iris-camera.ts'

/** Which fingers a picture should show. */
export type Expected = { readonly step: CaptureStep; readonly absent?: readonly FingerPosition[] | undefined }

export type FingerPreview = FingersSeen & {
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
}

type Verification = Pick<HostCalls['finger.verify']['input'], 'minimumQuality' | 'templates'>
type Comparison = HostCalls['finger.compare']

/** The heavy part of a capture, somewhere that does not stop the event loop and with it the heartbeat. */
export type Analysis = {
  preview(image: GrayImage, expected: Expected): Promise<FingerPreview>
  /** Throws NOT_FINGERS and NO_FINGER. */
  finish(prints: CapturedPrints, expected: Expected, signal: AbortSignal): Promise<FingerCapture>
  /** One finger against templates; throws NOT_FINGERS, NO_FINGER and LOW_QUALITY. */
  verify(prints: CapturedPrints, wish: Verification, signal: AbortSignal): Promise<HostCalls['finger.verify']['output']>
  compare(input: Comparison['input'], signal: AbortSignal): Promise<Comparison['output']>
  irises(taken: readonly IrisCaptured[]): Promise<HostCalls['iris.capture']['output']>
  close(): Promise<void>
}

export { analyseInWorker, serveAnalysis } from './in-worker.ts'
