/**
 * Likeness by the cosine between two descriptions: straight lines between these points. 0.5 is where, among portraits of
 * 104 pixels taken anywhere, as many pairs of one person lie below as of two people above (docs/protocols/portrait.md).
 */
const scale = [
  { cosine: 0.25, likeness: 0 },
  { cosine: 0.52, likeness: 50 },
  { cosine: 0.75, likeness: 90 },
  { cosine: 1, likeness: 100 },
] as const

/** How alike two faces are, 0–100, from what a model says of each (numbers of no unit). */
export function likenessOf(one: readonly number[], other: readonly number[]): number {
  const cosine = cosineOf(one, other)
  for (const [at, end] of scale.entries()) {
    if (cosine > end.cosine) continue
    const start = scale[at - 1]
    if (!start) return 0
    const share = (cosine - start.cosine) / (end.cosine - start.cosine)
    return Math.round(start.likeness + share * (end.likeness - start.likeness))
  }
  return 100
}

function cosineOf(one: readonly number[], other: readonly number[]): number {
  const product = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
  const lengths = Math.hypot(...one) * Math.hypot(...other)
  return lengths === 0 ? 0 : Math.min(1, product / lengths)
}
