import { LAYERS, MASK_WORDS, WORDS, type Prepared } from './prepare.ts'

/** Cells that every surrounding is thought to have without agreeing: few cells say little. */
const DOUBT = 12

/**
 * How alike the surroundings of two minutiae are, 0–255: the share of the cells in common (Dice), of those that lie on
 * both prints.
 */
export function alike(a: Prepared, one: number, b: Prepared, two: number): number {
  const low = a.mask[one * MASK_WORDS]! & b.mask[two * MASK_WORDS]!
  const high = a.mask[one * MASK_WORDS + 1]! & b.mask[two * MASK_WORDS + 1]!
  const bitsA = a.bits
  const bitsB = b.bits
  const to = two * WORDS - one * WORDS
  let common = 0
  let either = 0
  for (let from = one * WORDS, end = from + WORDS; from < end; from += 2) {
    const a0 = bitsA[from]! & low
    const a1 = bitsA[from + 1]! & high
    const b0 = bitsB[from + to]! & low
    const b1 = bitsB[from + to + 1]! & high
    common += ones(a0 & b0, a1 & b1)
    either += ones(a0 | b0, a1 | b1)
  }
  const half = (common + either) / 2
  const chance = (half * half) / (ones(low, high) * LAYERS + 1)
  return Math.max(0, (255 * (common - chance)) / (half - chance + DOUBT / 2))
}

/** Bits set in two words. */
function ones(first: number, second: number): number {
  let a = first - ((first >>> 1) & 0x55555555)
  let b = second - ((second >>> 1) & 0x55555555)
  a = (a & 0x33333333) + ((a >>> 2) & 0x33333333)
  b = (b & 0x33333333) + ((b >>> 2) & 0x33333333)
  const sum = a + b
  return Math.imul((sum & 0x0f0f0f0f) + ((sum >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24
}
