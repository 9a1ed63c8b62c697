import { REPORT } from '#native/drivers/hid-image/messages.ts'

/** A high-speed interrupt endpoint of 64 bytes polled each microframe (USB 2.0 5.7.3): 512 kB/s. */
export const REPORT_MS = 0.125

/**
 * Keeps the time of the simulated link: each report takes 125 µs of it. `pace` 1 waits as long, 0 not at all.
 * Waits are made up for when a timer comes late, but time without work is lost, as on a real line.
 */
export function createLinkClock(pace: number) {
  let busyMs = 0
  let free = 0

  return {
    get busyMs() {
      return busyMs
    },
    /** The line was idle: its time starts again now. */
    resume() {
      free = Math.max(free, performance.now())
    },
    /** Accounts for the bytes and waits until the line has carried them. */
    async carry(bytes: number): Promise<void> {
      const ms = Math.ceil(bytes / REPORT) * REPORT_MS
      busyMs += ms
      if (pace === 0) return
      free += ms * pace
      const wait = free - performance.now()
      if (wait >= 1) await new Promise((resolve) => setTimeout(resolve, wait))
    },
  }
}
