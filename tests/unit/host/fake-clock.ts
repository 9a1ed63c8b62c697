/** A clock that stands still until it is moved. Serves the host's Clock and the client's. */
export function fakeClock() {
  let now = 0
  let entries: { at: number; call: () => void }[] = []
  return {
    after(ms: number, call: () => void) {
      const entry = { at: now + ms, call }
      entries.push(entry)
      return () => {
        entries = entries.filter((one) => one !== entry)
      }
    },
    now: () => new Date(Date.UTC(2026, 0, 2) + now),
    /** Milliseconds until the next callback, undefined when none waits. */
    get next() {
      return entries.length === 0 ? undefined : Math.min(...entries.map(({ at }) => at)) - now
    },
    /** Moves on, callbacks in their order, promises settled between them. */
    async advance(ms: number) {
      const end = now + ms
      await settle()
      for (;;) {
        const due = entries.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        entries = entries.filter((one) => one !== due)
        now = due.at
        due.call()
        await settle()
      }
      now = end
    },
  }
}

/** Lets everything that waits for no outside event run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
