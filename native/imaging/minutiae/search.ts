import { matchScore, SAME_FINGER } from './match.ts'
import type { Prepared } from './prepare.ts'
import { alike } from './surroundings.ts'

/** Minutiae of the searched finger that the first look uses: those with most around them. */
const LOOKED_AT = 20
/** Of their best partners, so many count. */
const COUNTED = 8
/** Fingers turned more than this against each other, in radians, are not found. */
const TURN = 0.7

export function glance(a: Prepared, order: readonly number[], b: Prepared): number {
  const best: number[] = []
  for (const one of order) {
    let top = 0
    const angle = a.angle[one]!
    for (let two = 0; two < b.count; two++) {
      let off = b.angle[two]! - angle
      if (off < 0) off = -off
      if (off > TURN && off < 2 * Math.PI - TURN) continue
      const value = alike(a, one, b, two)
      if (value > top) top = value
    }
    best.push(top)
  }
  best.sort((x, y) => y - x)
  let sum = 0
  for (let index = 0; index < COUNTED && index < best.length; index++) sum += best[index]!
  return sum / COUNTED
}

export function looked(a: Prepared): number[] {
  return Array.from({ length: a.count }, (_, index) => index)
    .sort((x, y) => a.weight[y]! - a.weight[x]!)
    .slice(0, LOOKED_AT)
}
