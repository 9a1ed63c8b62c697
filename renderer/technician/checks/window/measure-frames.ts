/** A frame that was looked at. `at` in ms; `presented` and `paints`: of the camera and of the window, counted from anywhere. */
export type SeenFrame = {
  readonly at: number
  readonly presented: number
  readonly paints: number
  /** Absent for a frame whose pixels were not looked at. */
  readonly pixels?: { readonly print: number; readonly black: boolean }
}

type Moment = Pick<SeenFrame, 'at' | 'paints'>

export type FrameFigures = {
  readonly lookMs: number
  readonly frames: number
  readonly framesPerSecond: number
  readonly paintsPerSecond: number
  readonly longestGapMs: number
  readonly stillMs: number
  readonly blackShare: number
}

/** How frames came between two moments. */
export function paceOf(seen: readonly SeenFrame[], from: Moment, to: Moment): FrameFigures {
  const lookMs = to.at - from.at
  const paintsPerSecond = ((to.paints - from.paints) * 1000) / Math.max(1, lookMs)
  const [first, last] = [seen[0], seen.at(-1)]
  const none = { frames: 0, framesPerSecond: 0, longestGapMs: lookMs, stillMs: 0, blackShare: 0 }
  if (!first || !last) return { lookMs, paintsPerSecond, ...none }
  /** A window that is held up itself sees no frames either: time counts as far as it painted. */
  const awake = (since: Moment, until: Moment) =>
    Math.min(until.at - since.at, ((until.paints - since.paints) * 1000) / Math.max(1, paintsPerSecond))
  const gaps = [...seen.slice(1).map((each, index) => awake(seen[index]!, each)), awake(last, to)]
  const frames = last.presented - first.presented + 1
  const looked = seen.flatMap((each) => (each.pixels ? [{ ...each, ...each.pixels }] : []))
  return {
    lookMs,
    frames,
    // The time before the first frame is that of opening; the time after the last counts.
    framesPerSecond: to.at > first.at ? ((frames - 1) * 1000) / (to.at - first.at) : 0,
    paintsPerSecond,
    longestGapMs: Math.max(...gaps),
    stillMs: Math.max(longestStill(looked, awake), awake(last, to)),
    blackShare: looked.length === 0 ? 0 : looked.filter(({ black }) => black).length / looked.length,
  }
}

/** The longest time in which each frame was the same as the one before. */
function longestStill(
  looked: readonly (Moment & { readonly print: number })[],
  awake: (since: Moment, until: Moment) => number,
): number {
  let longest = 0
  let still = 0
  for (const [index, each] of looked.entries()) {
    const before = looked[index - 1]
    still = before?.print === each.print ? still + awake(before, each) : 0
    longest = Math.max(longest, still)
  }
  return longest
}
