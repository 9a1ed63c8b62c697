/** A frame that was looked at. `at` in ms; `presented`: how many the camera had given by then, counted from anywhere. */
export type SeenFrame = {
  readonly at: number
  readonly presented: number
  /** Absent for a frame whose pixels were not looked at. */
  readonly pixels?: { readonly print: number; readonly black: boolean }
}

export type FrameFigures = {
  readonly lookMs: number
  readonly frames: number
  readonly framesPerSecond: number
  readonly longestGapMs: number
  readonly stillMs: number
  readonly blackShare: number
}

/** How frames came between two moments (ms). */
export function paceOf(seen: readonly SeenFrame[], from: number, to: number): FrameFigures {
  const [first, last] = [seen[0], seen.at(-1)]
  const lookMs = to - from
  if (!first || !last) return { lookMs, frames: 0, framesPerSecond: 0, longestGapMs: lookMs, stillMs: 0, blackShare: 0 }
  const gaps = [...seen.slice(1).map(({ at }, index) => at - seen[index]!.at), to - last.at]
  const frames = last.presented - first.presented + 1
  const looked = seen.flatMap(({ at, pixels }) => (pixels ? [{ at, ...pixels }] : []))
  return {
    lookMs,
    frames,
    // The time before the first frame is that of opening; the time after the last counts.
    framesPerSecond: to > first.at ? ((frames - 1) * 1000) / (to - first.at) : 0,
    longestGapMs: Math.max(...gaps),
    stillMs: longestStill(looked, to),
    blackShare: looked.length === 0 ? 0 : looked.filter(({ black }) => black).length / looked.length,
  }
}

/** The longest time in which each frame was the same as the one before; the end counts when no frame came any more. */
function longestStill(looked: readonly { readonly at: number; readonly print: number }[], to: number): number {
  let longest = 0
  let since = looked[0]?.at ?? to
  for (const [index, { at, print }] of looked.entries()) {
    if (print !== looked[index - 1]?.print) since = at
    longest = Math.max(longest, at - since)
  }
  return Math.max(longest, to - Math.max(since, looked.at(-1)?.at ?? to))
}
