import { REPORT } from '#native/drivers/hid-image/messages.ts'

/** A high-speed interrupt endpoint of 64 bytes polled each microframe (USB 2.0 5.7.3): 512 kB/s. */
export const REPORT_MS = 0.125

/** Milliseconds. */
const breath = 15

/**
 * Keeps the time of the simulated scanner: each report takes 125 µs of its line. `pace` 1 waits as long, 0 not at all.
 * Waits are made up for when a timer comes late, but time without work is lost, as on a real line.
 */
export function createLinkClock(pace: number) {
  let busyMs = 0
  let nowMs = 0
  let free = 0

  async function pass(ms: number): Promise<void> {
    nowMs += ms
    if (pace === 0) return
    free += ms * pace
    const wait = free - performance.now()
    if (wait >= 1) await new Promise((resolve) => setTimeout(resolve, wait))
  }
  /** The line was idle: its time starts again now. */
  const resume = () => {
    free = Math.max(free, performance.now())
  }

  return {
    get busyMs() {
      return busyMs
    },
    /** The scanner's own time: while it waits for the host it stands still. */
    get nowMs() {
      return nowMs
    },
    resume,
    /** Accounts for the bytes and waits until the line has carried them. */
    carry(bytes: number): Promise<void> {
      const ms = Math.ceil(bytes / REPORT) * REPORT_MS
      busyMs += ms
      return pass(ms)
    },
    /** Waits with an idle line until then. */
    async until(ms: number): Promise<void> {
      if (ms <= nowMs) return
      resume()
      await pass(ms - nowMs)
      // However hurried, whoever looks at the pictures gets the machine for a while: more of them would keep it busy.
      if (pace < 0.1) await new Promise((resolve) => setTimeout(resolve, breath))
    },
  }
}

export type LinkClock = ReturnType<typeof createLinkClock>
