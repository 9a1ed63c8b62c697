import type { CaptureStep, FingerPosition } from '#domain/biometrics/index.ts'

/** 8-bit grey image, row by row, 0 black (ridge) … 255 white. */
export type GrayImage = {
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly pixels: Uint8Array
}

/** A finger found in a slap. The box is in pixels of the whole image; `angle` in degrees clockwise, 0 = upright. */
export type FingerFound = {
  readonly position: FingerPosition
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly angle: number
  /** 0–100, see native/imaging/README.md for how it is made. */
  readonly quality: number
}

export type FingerFrame = {
  readonly image: GrayImage
  readonly fingers: readonly FingerFound[]
}

/**
 * A scanner that takes flat prints, four or two fingers at a time, at 500 dpi or more.
 *
 * Errors: NO_FINGER (time ran out with an empty platen), DEVICE_GONE, DEVICE_SILENT, DEVICE_GARBLED,
 * DEVICE_REFUSED, DEVICE_BUSY, CANCELLED.
 */
export interface FingerprintReader {
  readonly kind: 'fingerprint-scanner'
  acquire(signal: AbortSignal): Promise<{ readonly model: string; readonly dpi: number }>
  /**
   * Shows preview frames until the picture is good enough or `shoot` is aborted by hand, then returns the full image.
   * `settled` decides on each preview frame whether to take the picture now.
   */
  capture(request: {
    readonly step: CaptureStep
    readonly signal: AbortSignal
    /** Take the picture now, whatever it looks like. */
    readonly shoot: AbortSignal
    /** Return true when the frame is good enough for the automatic shot. */
    readonly onPreview: (image: GrayImage) => boolean
  }): Promise<GrayImage>
  onGone(listener: () => void): () => void
  release(): Promise<void>
}
