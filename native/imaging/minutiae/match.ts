import { findStart } from './candidates.ts'
import { layOver } from './lay-over.ts'
import type { Prepared } from './prepare.ts'

/** Less agreement than this among the most similar pairs is chance; of few minutiae, so much for each is enough. */
const LEAST_SUPPORT = 4.5
const LEAST_SUPPORT_EACH = 0.35
/** Evidence for which the score is 63. */
const SCALE = 10

/** From this score on two prints are of the same finger. README.md says how often that is wrong. */
export const SAME_FINGER = 40

/** How sure it is that two prints are of the same finger, 0–100: the more agrees, and the less contradicts. */
export function matchScore(a: Prepared, b: Prepared): number {
  const start = findStart(a, b)
  const enough = Math.min(LEAST_SUPPORT, LEAST_SUPPORT_EACH * Math.min(a.count, b.count))
  if (start.support === 0 || start.support < enough) return 0
  const { share, evidence } = layOver(a, b, start)
  return 100 * (1 - Math.exp((-evidence * share) / SCALE))
}
