import { afterListening } from '../patience.ts'

/** Time as the driver sees it, so that tests can run its waits faster. Milliseconds. */
export type Clock = {
  now(): number
  /** Runs `act` later; the returned function calls it off. */
  after(ms: number, act: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: afterListening,
}
