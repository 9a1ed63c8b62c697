/** A wait is cut into pieces of this length. Milliseconds. */
const piece = 50
/** A timer that is this much too late was held up by the machine. Milliseconds. */
const lateness = 20

/**
 * Calls `act` after so many milliseconds in which this process could hear an answer. While the process itself is held up,
 * by a busy machine or a lid that was shut, a device is not silent: such a stretch counts no more than two pieces, and what
 * came meanwhile is heard first. Returns the function that calls it off.
 */
export function afterListening(ms: number, act: () => void): () => void {
  let left = ms
  let excused = false
  let timer: NodeJS.Timeout
  const wait = (length: number) => {
    const since = performance.now()
    timer = setTimeout(() => {
      const took = performance.now() - since
      left -= Math.max(length, Math.min(took, 2 * piece))
      const heldUp = took > length + lateness
      if (left > 0) return wait(Math.min(piece, left))
      if (!heldUp || excused) return act()
      excused = true
      wait(piece)
    }, length)
  }
  wait(Math.min(piece, left))
  return () => clearTimeout(timer)
}
