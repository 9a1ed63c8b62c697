import { around, neighbourOffsets } from './thin.ts'

/** The crossing number of each neighbourhood (Rutovitz 1966): 1 end of a line, 2 line, 3 fork. */
const crossings = Uint8Array.from({ length: 256 }, (_, bits) => {
  let count = 0
  for (let index = 0; index < 8; index++) {
    if (((bits >> index) & 1) === 0 && ((bits >> ((index + 1) & 7)) & 1) === 1) count++
  }
  return count
})

/** For each neighbourhood, one neighbour of every run of ridge pixels: a straight one where there is one. */
const branches: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, bits) => {
  const found: number[] = []
  const set = (index: number) => ((bits >> (index & 7)) & 1) === 1
  for (let start = 0; start < 8; start++) {
    if (!set(start) || set(start + 7)) continue
    let chosen = start
    for (let index = start; index < start + 8 && set(index); index++) if (index % 2 === 0) chosen = index & 7
    found.push(chosen)
  }
  return found
})

/** Where a walk along a line came to. */
export type Walk = {
  readonly end: number
  readonly length: number
  /** `open`: the line goes on; otherwise what stands at the end. */
  readonly stop: 'open' | 'ending' | 'fork'
}

/** The ends and forks of lines one pixel wide, and walks along them. */
export function skeleton(lines: Uint8Array, width: number) {
  const offsets = neighbourOffsets(width)
  const kindAt = (at: number): 'ending' | 'line' | 'fork' => {
    const count = crossings[around(lines, at, offsets)]!
    return count <= 1 ? 'ending' : count === 2 ? 'line' : 'fork'
  }

  /** The pixels at which lines leave this one. */
  const leaving = (at: number): number[] => branches[around(lines, at, offsets)]!.map((index) => at + offsets[index]!)

  const touches = (a: number, b: number) => a === b || (offsets as readonly number[]).includes(a - b)

  /** Walks from `from` over its neighbour `first`, at most so many pixels. */
  function walk(from: number, first: number, most: number): Walk {
    let before = from
    let at = first
    for (let length = 1; ; length++) {
      const kind = kindAt(at)
      if (kind !== 'line') return { end: at, length, stop: kind }
      if (length >= most) return { end: at, length, stop: 'open' }
      const next = leaving(at).find((place) => place !== before && place !== from && !touches(place, before))
      // A corner of lines so tight that every way on touches where we come from: nothing more to learn.
      if (next === undefined) return { end: at, length, stop: 'open' }
      before = at
      at = next
    }
  }

  return { kindAt, leaving, walk }
}
