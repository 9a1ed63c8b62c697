import { afterListening } from './patience.ts'

/** Time as the scanner drivers see it, so that tests can run their waits faster. Milliseconds. */
export type ScannerClock = {
  now(): number
  /** Runs `act` later; the returned function calls it off. */
  after(ms: number, act: () => void): () => void
}

export const systemClock: ScannerClock = {
  now: () => performance.now(),
  after: afterListening,
}
