import type { Found } from './causes.ts'
import { judgeEnd, pick, type Figures, type Trouble } from './line.ts'

/** Milliseconds: an answer to a status call, and one reading of the open files. */
const slowStatus = 500
const slowReading = 1500
/** An antenna that reads now fast, now slowly: a reading over the middle one, and what counts at all. */
const spread = 4
const leastSpreadMs = 250
/** One or two are the machine's, which had something else to do. */
const mostSlow = 2

/** How many of these readings took much longer than the others. Milliseconds. */
export function slowReadings(times: readonly number[], middle: number): number {
  return times.filter((ms) => ms > leastSpreadMs && ms > spread * middle).length
}

/**
 * Of a card reader. Figures: `statusMedianMs`, `readsTried`, `readsGood`, `readMedianMs`, `readsSlow`
 * (as `slowReadings`), `readsDifferent` (answers that were not those of the first reading), and those of the line.
 */
export function judgeCardReader(figures: Figures, line: Figures, trouble?: Trouble): readonly Found[] {
  const { readsTried = 0, readsGood = 0, readMedianMs = 0, readsSlow = 0 } = figures
  const { readsDifferent = 0, statusMedianMs = 0 } = figures
  const found: Found[] = [...judgeEnd(trouble, line)]
  const add = (cause: Found['cause'], names: readonly string[]) => {
    if (!found.some((one) => one.cause === cause)) found.push({ cause, figures: pick(figures, names) })
  }
  if (readsDifferent > 0) add('card-answers-damaged', ['readsDifferent', 'readsTried'])
  // What a broken line does to a reading is not the antenna's fault.
  const lineIsGood = !found.some(({ cause }) => cause.startsWith('line-') || cause === 'answers-late')
  const cardStayed = trouble?.code !== 'CARD_REMOVED' && trouble?.code !== 'CARD_MUTE'
  if (lineIsGood && cardStayed && readsTried > 0) {
    if (!trouble && (readsGood < readsTried || readsSlow > mostSlow))
      add('antenna-weak', ['readsTried', 'readsGood', 'readMedianMs', 'readsSlow', 'readSlowestMs'])
    if (readMedianMs > slowReading) add('reading-slow', ['readMedianMs'])
  }
  if (lineIsGood && statusMedianMs > slowStatus) add('answers-late', ['statusMedianMs'])
  return found
}
