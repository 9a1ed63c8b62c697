/** Why a line closed: `asked` by us, `unplugged` under our hands, or `failed` with an error of the system. */
export type CloseReason = 'asked' | 'unplugged' | 'failed'

/**
 * One line to one device. Everything above it sees bytes only, so that a simulator can stand at its other end.
 *
 * Stream transports (serial, socket) deliver chunks of any size; report transports (hid) deliver whole reports.
 * All promises reject with `AppError`: DEVICE_ABSENT (no such port), DEVICE_BUSY (taken by another program),
 * DEVICE_GONE (it vanished), TRANSPORT_MISSING (the native module or a system library is not there), CANCELLED.
 */
export interface Transport {
  open(signal: AbortSignal): Promise<void>
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void>
  /** Listeners must be set before `open`. Returns the function that takes the listener off. */
  onData(listener: (bytes: Uint8Array) => void): () => void
  onClose(listener: (reason: CloseReason) => void): () => void
  /**
   * Nothing is heard until it is called with false; what comes meanwhile waits at the other end, or is lost where the
   * system keeps nothing back. Ends with the line.
   */
  hold?(on: boolean): void
  /** Safe to call twice and in any state. */
  close(): Promise<void>
}
