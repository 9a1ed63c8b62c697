import type { Clock } from '#native/drivers/gempc-twin/clock.ts'

/** Milliseconds of one turn. */
const turn = 4

/**
 * A driver's clock whose waits are `times` shorter. A wait is made of many short turns of this process, so that the time
 * in which a busy machine lets it stand still counts as one turn at most: what lies on the line by then is read before the
 * wait is over, and only a device that really is silent is taken for one.
 */
export function hurriedClock(times: number): Clock {
  return {
    now: () => performance.now(),
    after(ms, act) {
      let left = ms / times
      let timer: NodeJS.Timeout | undefined
      const wait = () => {
        if (left <= 0) return act()
        const part = Math.min(left, turn)
        left -= part
        timer = setTimeout(wait, part)
      }
      timer = setTimeout(wait, 0)
      return () => clearTimeout(timer)
    },
  }
}
