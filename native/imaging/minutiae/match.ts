import { findStart } from './candidates.ts'
import { layOver } from './lay-over.ts'
import type { Prepared } from './prepare.ts'

/** Less agreement than this among the most similar pairs is chance; of few minutiae, so much for each is enough. */
const LEAST_SUPPORT = 4.5
const LEAST_SUPPORT_EACH = 0.35
/** Evidence for which the score is 63. */
const SCALE = 5
/** Evidence of each pair, on average, that chance alone gives, and that pairs of the same finger have at least. */
const CHANCE = 0.1
const REAL = 0.4

/** From this score on two prints are of the same finger. README.md says how often that is wrong. */
export const SAME_FINGER = 40

/** How sure it is that two prints are of the same finger, 0–100: the more agrees, and the less contradicts. */
export function matchScore(a: Prepared, b: Prepared): number {
  const start = findStart(a, b)
  const enough = Math.min(LEAST_SUPPORT, LEAST_SUPPORT_EACH * Math.min(a.count, b.count))
  if (start.support === 0 || start.support < enough) return 0
  const { pairs, share, evidence } = layOver(a, b, start)
  // Many pairs that hardly agree are chance, above all on small fingers, where minutiae lie close together.
  const each = (evidence / Math.max(1, pairs) - CHANCE) / (REAL - CHANCE)
  const worth = evidence * share * Math.max(0, Math.min(1, each)) ** 2
  return 100 * (1 - Math.exp(-worth / SCALE))
}
