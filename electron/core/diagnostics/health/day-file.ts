import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { isFailureCode } from '#domain/failure/index.ts'
import { makeFolder, writeDurably } from '#core/store/durable-file.ts'
import { z } from 'zod'
import type { Tally } from './tally.ts'

const format = 'quay-can-cuoc/health/1'
const name = /^(?<day>\d{4}-\d{2}-\d{2})\.json$/u
const keptDays = 90
const largestFile = 1_000_000

const count = z.int().nonnegative()
const shape = z.strictObject({
  format: z.literal(format),
  devices: z.array(
    z.strictObject({
      device: z.string().min(1).max(60),
      done: count,
      failed: count,
      again: count,
      gone: count,
      slowest: count,
      times: z.array(count).max(1000),
      every: z.int().positive(),
      failures: z.record(z.string().refine(isFailureCode), count),
    }),
  ),
})

/** The devices of one day, by id. */
export type Day = Map<string, Tally>

/** Every day that can be read; one that cannot is passed over. */
export function readDays(folder: string): Map<string, Day> {
  const days = new Map<string, Day>()
  for (const day of daysIn(folder)) {
    const read = readDay(fileOf(folder, day))
    if (read) days.set(day, read)
  }
  return days
}

function readDay(path: string): Day | undefined {
  try {
    if (statSync(path).size > largestFile) return undefined
    const { devices } = shape.parse(JSON.parse(readFileSync(path, 'utf8')))
    return new Map(
      devices.map(({ failures, ...tally }) => [
        tally.device,
        { ...tally, failures: new Map(Object.entries(failures)) } satisfies Tally,
      ]),
    )
  } catch {
    return undefined
  }
}

/** Throws DISK_FULL or STORE_DAMAGED. */
export async function writeDay(folder: string, day: string, tallies: Day): Promise<void> {
  await makeFolder(folder, 'health.write')
  await writeDurably(fileOf(folder, day), [bytesOf(tallies)], 'health.write')
}

/** The same for the end of the program, which waits for nobody. Throws what the file system throws. */
export function writeDayAtOnce(folder: string, day: string, tallies: Day): void {
  const path = fileOf(folder, day)
  const draft = `${path}.${'0'.repeat(12)}.tmp`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeSync(file, bytesOf(tallies))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
}

/** By number, not by date: a clock that is years ahead for a day must not take the history with it. */
export function dropOldDays(folder: string): readonly string[] {
  const dropped = daysIn(folder).toSorted().slice(0, -keptDays)
  for (const day of dropped) rmSync(fileOf(folder, day), { force: true })
  return dropped
}

function daysIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).flatMap((each) => name.exec(each)?.groups?.['day'] ?? [])
  } catch {
    return []
  }
}

function fileOf(folder: string, day: string): string {
  return join(folder, `${day}.json`)
}

function bytesOf(tallies: Day): Uint8Array {
  const devices = [...tallies.values()].map(({ failures, ...tally }) => ({
    ...tally,
    failures: Object.fromEntries(failures),
  }))
  return Buffer.from(`${JSON.stringify({ format, devices })}\n`)
}
