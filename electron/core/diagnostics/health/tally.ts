import { isFailureCode } from '#domain/failure/index.ts'
import type { DeviceDay } from '#domain/diagnosis/index.ts'

/** The counts of one device on one day, as they grow. */
export type Tally = {
  readonly device: string
  done: number
  failed: number
  again: number
  gone: number
  slowest: number
  /** Whole milliseconds of every `every`-th act that ended well. */
  times: readonly number[]
  every: number
  readonly failures: Map<string, number>
}

/** More than an hour is somebody who went away. Milliseconds. */
const longest = 3_600_000
const mostTimes = 512

export function emptyTally(device: string): Tally {
  return { device, done: 0, failed: 0, again: 0, gone: 0, slowest: 0, times: [], every: 1, failures: new Map() }
}

export function addDone(tally: Tally, ms: number): void {
  const time = Math.round(Math.min(longest, Math.max(0, ms)))
  tally.slowest = Math.max(tally.slowest, time)
  if (tally.done++ % tally.every !== 0) return
  tally.times = [...tally.times, time]
  if (tally.times.length < mostTimes) return
  // A machine that is used by a program: every second one is enough for a median.
  tally.times = tally.times.filter((_, index) => index % 2 === 0)
  tally.every *= 2
}

export function addFailure(tally: Tally, code: string | undefined): void {
  const known = isFailureCode(code) ? code : 'INTERNAL'
  tally.failed++
  tally.failures.set(known, (tally.failures.get(known) ?? 0) + 1)
}

export function rowOf(day: string, { times, every: _, failures, ...counts }: Tally): DeviceDay {
  const sorted = times.toSorted((a, b) => a - b)
  return {
    ...counts,
    day,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    failures: Object.fromEntries(failures),
  }
}
