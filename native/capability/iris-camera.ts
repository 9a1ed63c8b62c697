import type { GrayImage } from './fingerprint-reader.ts'

export type Eye = 'left' | 'right'

export type IrisCaptured = {
  readonly eye: Eye
  readonly image: GrayImage
  /** 0–100 as the device rates it. */
  readonly quality: number
}

/**
 * An iris camera. Served by MOSIP SBI devices only.
 *
 * Errors: DEVICE_UNTRUSTED, DEVICE_GONE, DEVICE_SILENT, DEVICE_GARBLED, DEVICE_REFUSED, DEVICE_BUSY, CANCELLED.
 */
export interface IrisCamera {
  readonly kind: 'iris-camera'
  acquire(signal: AbortSignal): Promise<{ readonly model: string }>
  capture(request: {
    readonly eyes: readonly Eye[]
    /** The device stops waiting after this many milliseconds. */
    readonly patienceMs: number
    readonly signal: AbortSignal
  }): Promise<readonly IrisCaptured[]>
  onGone(listener: () => void): () => void
  release(): Promise<void>
}
