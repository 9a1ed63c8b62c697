/** The eight neighbours, clockwise from above; bit n of a neighbourhood stands for neighbour n. */
const EAST = 2
const steps = (width: number) => [-width, 1 - width, 1, width + 1, width, width - 1, -1, -width - 1] as const

/** What Guo and Hall (1989) take away in each of the two passes, by neighbourhood. */
const removable = [0, 1].map((pass) =>
  Uint8Array.from({ length: 256 }, (_, around) => {
    const p = (index: number) => ((around >> (index & 7)) & 1) === 1
    const count = (...conditions: boolean[]) => conditions.filter(Boolean).length
    const turns = count(...[0, 2, 4, 6].map((side) => !p(side) && (p(side + 1) || p(side + 2))))
    const pairs = Math.min(
      count(...[7, 1, 3, 5].map((side) => p(side) || p(side + 1))),
      count(...[0, 2, 4, 6].map((side) => p(side) || p(side + 1))),
    )
    const kept = pass === 0 ? (p(4) || p(5) || !p(7)) && p(6) : (p(0) || p(1) || !p(3)) && p(EAST)
    return turns === 1 && pairs >= 2 && pairs <= 3 && !kept ? 1 : 0
  }),
)

/** Thins ridges (1) to lines one pixel wide, in place (Guo and Hall 1989). The outermost pixels must be 0. */
export function thin(ridges: Uint8Array, width: number): void {
  const offsets = steps(width)
  let left: number[] = []
  for (let at = 0; at < ridges.length; at++) if (ridges[at] === 1) left.push(at)
  for (let changed = true; changed;) {
    changed = false
    for (const table of removable) {
      const gone: number[] = []
      const stay: number[] = []
      for (const at of left) (table[around(ridges, at, offsets)] === 1 ? gone : stay).push(at)
      for (const at of gone) ridges[at] = 0
      changed ||= gone.length > 0
      left = stay
    }
  }
}

export type Offsets = ReturnType<typeof steps>
export { steps as neighbourOffsets }

/** The neighbourhood of a pixel as eight bits. */
export function around(ridges: Uint8Array, at: number, offsets: Offsets): number {
  let bits = 0
  for (let index = 0; index < 8; index++) bits |= ridges[at + offsets[index]!]! << index
  return bits
}
