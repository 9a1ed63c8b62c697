import type { Clock } from './clock.ts'

/** What one device may tell at once, and then in a second. More than any hand does. */
const burst = 20
const perSecond = 10
const second = 1000

export type CalmEvents = {
  /** Something that happened: too many of them in a second are a fault, and are dropped until there is quiet again. */
  act(device: string, send: () => void): void
  /** How something is now: of too many only the last is told, a moment later. `what` keeps different things apart. */
  state(device: string, what: string, send: () => void): void
}

/** Keeps a device that tells without end from flooding the program and its windows. */
export function calmEvents(clock: Clock): CalmEvents {
  const now = () => clock.now().getTime()
  const acts = new Map<string, Bucket>()
  const states = new Map<string, Bucket & { waiting?: () => void }>()

  function bucketOf<B extends Bucket>(buckets: Map<string, B>, key: string): B {
    const known = buckets.get(key)
    if (known) return known
    const made = { left: burst, at: now() } as B
    buckets.set(key, made)
    return made
  }

  return {
    act(device, send) {
      const bucket = bucketOf(acts, device)
      const quiet = now() - bucket.at >= second
      if (bucket.left < 1 && !quiet) {
        // Each one more puts the end off: it is over when there is quiet.
        bucket.at = now()
        return
      }
      refill(bucket, now())
      bucket.left--
      send()
    },

    state(device, what, send) {
      const bucket = bucketOf(states, `${device} ${what}`)
      if (bucket.waiting) {
        bucket.waiting = send
        return
      }
      refill(bucket, now())
      if (bucket.left >= 1) {
        bucket.left--
        return send()
      }
      bucket.waiting = send
      clock.after(second / perSecond, () => {
        const last = bucket.waiting
        delete bucket.waiting
        refill(bucket, now())
        bucket.left = Math.max(0, bucket.left - 1)
        last?.()
      })
    },
  }
}

type Bucket = { left: number; at: number }

function refill(bucket: Bucket, time: number): void {
  // A clock that was set back gives nothing and takes nothing.
  const passed = Math.max(0, time - bucket.at)
  bucket.left = Math.min(burst, bucket.left + (passed * perSecond) / second)
  bucket.at = time
}
