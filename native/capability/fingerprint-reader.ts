import type { CaptureStep, FingerAdvice, FingerPosition, SlapProblem } from '#domain/biometrics/index.ts'

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
  /** What would make it better; absent when nothing would. */
  readonly advice?: FingerAdvice
}

/** What is seen on one picture, of those fingers that the step and the person lead one to expect. */
export type FingersSeen = {
  readonly fingers: readonly FingerFound[]
  readonly missing: readonly FingerPosition[]
  readonly problem?: SlapProblem
}

/** `enrolment`: 500 dpi and fit for the card. `verification`: a small sensor for one finger, never for the card. */
export type ReaderGrade = 'enrolment' | 'verification'

export type ReaderFacts = {
  readonly model: string
  readonly dpi: number
  readonly grade: ReaderGrade
  /** Captures the device can make; without it, all. */
  readonly steps?: readonly CaptureStep[]
}

/** What a device delivers: one picture of the platen, or (devices that cut for themselves) each finger alone. */
export type CapturedPrints =
  | { readonly kind: 'whole'; readonly image: GrayImage }
  | {
      readonly kind: 'separate'
      readonly fingers: readonly {
        readonly position: FingerPosition
        readonly image: GrayImage
      }[]
    }

/**
 * A scanner of prints: slaps, single and rolled fingers, as its facts say.
 *
 * Errors: NO_FINGER (time ran out with an empty platen), PREVIOUS_IMAGE (the device sent an old picture again),
 * DEVICE_UNTRUSTED (its signed answer does not hold), DEVICE_GONE, DEVICE_SILENT, DEVICE_GARBLED, DEVICE_REFUSED,
 * DEVICE_BUSY, CANCELLED.
 */
export interface FingerprintReader {
  readonly kind: 'fingerprint-scanner'
  acquire(signal: AbortSignal): Promise<ReaderFacts>
  /**
   * Shows preview frames until the picture is good enough or `shoot` is aborted by hand, then returns the full image.
   * `settled` decides on each preview frame whether to take the picture now.
   */
  capture(request: {
    readonly step: CaptureStep
    /** Fingers of the step that this person does not have or cannot lay down. */
    readonly absent?: readonly FingerPosition[]
    readonly signal: AbortSignal
    /** Take the picture now, whatever it looks like. */
    readonly shoot: AbortSignal
    /** Return true when the frame is good enough for the automatic shot. */
    readonly onPreview: (image: GrayImage) => boolean
  }): Promise<CapturedPrints>
  onGone(listener: () => void): () => void
  release(): Promise<void>
}
