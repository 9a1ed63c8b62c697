/** The button and lamp of a document camera. Its picture comes through the camera API of the officer's window. */
export interface DocumentCameraButton {
  readonly kind: 'document-camera'
  acquire(signal: AbortSignal): Promise<{ readonly model: string }>
  /** 0–1. DEVICE_REFUSED when it has no lamp. */
  setLamp(brightness: number, signal: AbortSignal): Promise<void>
  onPressed(listener: () => void): () => void
  onGone(listener: () => void): () => void
  release(): Promise<void>
}
