import type { CaptureStep } from '#domain/biometrics/index.ts'
import type { FingerFound, GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture } from '#native/capability/host.ts'

export type FingerPreview = {
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
  readonly fingers: readonly FingerFound[]
}

/** The heavy part of a capture, somewhere that does not stop the event loop and with it the heartbeat. */
export type Analysis = {
  preview(image: GrayImage, step: CaptureStep): Promise<FingerPreview>
  finish(image: GrayImage, step: CaptureStep, signal: AbortSignal): Promise<FingerCapture>
  close(): Promise<void>
}

export { analyseInWorker, serveAnalysis } from './in-worker.ts'
