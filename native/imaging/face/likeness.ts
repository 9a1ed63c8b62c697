/** Likeness by distance: descriptions so far apart are so much alike. */
const scale = [
  { distance: 0, likeness: 100 },
  { distance: 1, likeness: 50 },
  { distance: 2, likeness: 0 },
] as const

/** How far apart two descriptions are: Euclidean distance. */
export function apart(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(...one.map((value, at) => value - (other[at] ?? 0)))
}

/** 0–100, for two descriptions of faces. */
export function likenessOf(one: readonly number[], other: readonly number[]): number {
  const far = apart(one, other)
  for (const [at, end] of scale.entries()) {
    const start = scale[at - 1]
    if (!start || far > end.distance) continue
    const share = (far - start.distance) / (end.distance - start.distance)
    return Math.round(start.likeness + share * (end.likeness - start.likeness))
  }
  return 0
}
