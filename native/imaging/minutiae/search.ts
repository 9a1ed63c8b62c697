import { matchScore, SAME_FINGER } from './match.ts'
import type { Prepared } from './prepare.ts'
import { alike } from './surroundings.ts'

/** Minutiae of the searched finger that the first look uses: those with most around them. */
const LOOKED_AT = 16
/** The likeness of so many of them to their best partner counts, and must reach this on average. */
const COUNTED = 6
const WORTH_A_CLOSER_LOOK = 124
/** Fingers turned more than this against each other, in radians (40°), are not found: they are cropped upright. */
const MOST_TURN = 0.7

export type Found = { readonly index: number; readonly score: number }

/**
 * The prints that are of the same finger, the surest first, by their index. A first look at a part of the minutiae
 * passes over most prints: it may miss a very small or poor impression that `matchScore` would find.
 */
export function searchFinger(finger: Prepared, prints: readonly Prepared[]): Found[] {
  const clearest = Array.from(finger.weight.keys())
    .sort((one, two) => finger.weight[two]! - finger.weight[one]!)
    .slice(0, LOOKED_AT)
  const found: Found[] = []
  prints.forEach((print, index) => {
    if (firstLook(finger, clearest, print) < WORTH_A_CLOSER_LOOK) return
    const score = matchScore(finger, print)
    if (score >= SAME_FINGER) found.push({ index, score })
  })
  return found.sort((one, two) => two.score - one.score)
}

const best = new Uint8Array(LOOKED_AT)

function firstLook(a: Prepared, clearest: readonly number[], b: Prepared): number {
  best.fill(0)
  clearest.forEach((one, place) => {
    const angle = a.angle[one]!
    let most = 0
    for (let two = 0; two < b.count; two++) {
      const off = Math.abs(b.angle[two]! - angle)
      if (off > MOST_TURN && off < 2 * Math.PI - MOST_TURN) continue
      const value = alike(a, one, b, two)
      if (value > most) most = value
    }
    best[place] = most
  })
  best.sort()
  let sum = 0
  for (let place = LOOKED_AT - COUNTED; place < LOOKED_AT; place++) sum += best[place]!
  return sum / COUNTED
}
