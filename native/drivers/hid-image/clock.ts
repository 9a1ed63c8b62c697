import { afterListening } from '../patience.ts'

/** Time as the driver sees it, so that tests can move it. Milliseconds. */
export type Clock = {
  /** Calls back once after so many milliseconds. Returns the function that calls it off. */
  after(ms: number, call: () => void): () => void
}

export const systemClock: Clock = {
  after: afterListening,
}
