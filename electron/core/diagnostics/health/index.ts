import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { CallOutput } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import type { Clock, HostAct } from '#core/devices/index.ts'
import { systemClock } from '#core/devices/clock.ts'
import { localDay } from '#core/enrolment/desk.ts'
import { sweepTemporaries } from '#core/store/durable-file.ts'
import { healthWarnings, type DeviceDay, type HealthWarning } from '#domain/diagnosis/index.ts'
import type { DeviceState, DeviceStatus } from '#native/capability/device.ts'
import { dropOldDays, readDays, writeDay, writeDayAtOnce, type Day } from './day-file.ts'
import { addDone, addFailure, emptyTally, rowOf, type Tally } from './tally.ts'

export type Health = {
  /** An act of a device as it ended. `tries`: how often it was tried, where whoever asks knows; else repetitions are seen here. */
  record(act: Omit<HostAct, 'call'> & { readonly call: string; readonly tries?: number }): void
  /** The states of devices, as `deviceChanged` tells them. */
  see(status: Pick<DeviceStatus, 'id' | 'state'>): void
  /** The device process ended: that its devices are gone is not theirs to answer for. */
  hostEnded(): void
  /** By day and device. */
  rows(): readonly DeviceDay[]
  warnings(): readonly HealthWarning[]
  /** As they were told last: costs nothing. */
  toldWarnings(): readonly HealthWarning[]
  readonly handlers: Pick<Handlers, 'health'>
  /** All is on the disk when it returns, unless it is just being written: then when it resolves. */
  close(): Promise<void>
}

type Options = {
  readonly dataFolder: string
  readonly clock: () => Date
  /** Something new to warn of, or no longer. */
  readonly onChange?: (warnings: readonly HealthWarning[]) => void
  readonly timer?: Clock
}

/** Milliseconds between what happened and its being on the disk. */
const writtenAfter = 10_000
/** A repetition comes soon. Milliseconds. */
const soon = 180_000
/** Of a damaged or ill-meant host. */
const mostDevices = 100
/** A technician's tests and traces say nothing of how the work goes. */
const notWork = /^(?:device|devices|trace)\./u

/** Counts how the devices do. Nothing here throws: a full disk costs counts, never an act. */
export function openHealth({ dataFolder, clock, onChange, timer = systemClock }: Options): Health {
  const folder = join(dataFolder, 'health')
  sweepTemporaries(folder)
  const days = readDays(folder)
  const unwritten = new Set<string>()
  const states = new Map<string, DeviceState>()
  const last = new Map<
    string,
    { readonly call: string; readonly purpose?: string; readonly ok: boolean; readonly at: number }
  >()
  let callOff: (() => void) | undefined
  let writing: Promise<void> | undefined
  let told = warningsOf(days, clock())
  forgetOldDays()

  function forgetOldDays(): void {
    try {
      for (const day of dropOldDays(folder)) days.delete(day)
    } catch {
      // A read-only folder keeps them.
    }
  }

  function tallyOf(device: string): Tally | undefined {
    const today = localDay(clock())
    const known = days.get(today) ?? new Map<string, Tally>()
    days.set(today, known)
    const tally = known.get(device) ?? emptyTally(device)
    if (device.length > 60 || (!known.has(device) && known.size >= mostDevices)) return undefined
    known.set(device, tally)
    unwritten.add(today)
    callOff ??= timer.after(writtenAfter, () => void write())
    return tally
  }

  function write(): Promise<void> {
    callOff?.()
    callOff = undefined
    writing = (writing ?? Promise.resolve()).then(writeDue).finally(() => {
      writing = undefined
    })
    return writing
  }

  async function writeDue(): Promise<void> {
    const due = [...unwritten]
    unwritten.clear()
    for (const day of due) {
      // A full disk: with the next act, or on close.
      await writeDay(folder, day, days.get(day) ?? new Map<string, Tally>()).catch(() => unwritten.add(day))
    }
    forgetOldDays()
    tell()
  }

  function tell(): void {
    const now = warnings()
    if (isDeepStrictEqual(now, told)) return
    told = now
    onChange?.(now)
  }

  function isAgain(
    { device, call, purpose }: Pick<HostAct, 'device' | 'purpose'> & { call: string },
    at: number,
  ): boolean {
    const before = last.get(device)
    if (!before || before.call !== call || before.purpose !== purpose || at - before.at > soon) return false
    return !before.ok || purpose !== undefined
  }

  const rows = () => rowsOf(days)
  const warnings = () => warningsOf(days, clock())

  return {
    record({ device, call, ms, ok, code, purpose, tries }) {
      // Somebody changed their mind.
      if (notWork.test(call) || code === 'CANCELLED') return
      const tally = tallyOf(device)
      if (!tally) return
      const at = clock().getTime()
      tally.again +=
        tries === undefined
          ? Number(isAgain({ device, call, ...(purpose !== undefined && { purpose }) }, at))
          : Math.max(0, tries - 1)
      last.set(device, { call, ok, at, ...(purpose !== undefined && { purpose }) })
      if (ok) addDone(tally, ms)
      else addFailure(tally, code)
    },

    see({ id, state }) {
      const before = states.get(id)
      states.set(id, state)
      const wasThere = before === 'ready' || before === 'busy'
      if (!wasThere || state === 'ready' || state === 'busy') return
      const tally = tallyOf(id)
      if (tally) tally.gone++
    },

    hostEnded: () => states.clear(),

    rows,
    warnings,
    toldWarnings: () => told,

    handlers: {
      health: (): CallOutput<'health'> => ({
        rows: rows().map(({ gone: _, failures, ...row }) => ({ ...row, failures: { ...failures } })),
        warnings: warnings(),
      }),
    },

    close() {
      if (writing) return write()
      callOff?.()
      callOff = undefined
      for (const day of unwritten) {
        try {
          mkdirSync(folder, { recursive: true, mode: 0o700 })
          writeDayAtOnce(folder, day, days.get(day) ?? new Map<string, Tally>())
        } catch {
          // A full disk: these counts are lost, those before stay.
        }
      }
      unwritten.clear()
      return Promise.resolve()
    },
  }
}

/** What was written until now, for whoever does not count: beside a running program, too. */
export function readHealth(dataFolder: string, now: Date): Pick<Health, 'rows' | 'warnings'> {
  const days = readDays(join(dataFolder, 'health'))
  return { rows: () => rowsOf(days), warnings: () => warningsOf(days, now) }
}

function rowsOf(days: ReadonlyMap<string, Day>): readonly DeviceDay[] {
  return [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, tallies]) => [...tallies.values()].map((tally) => rowOf(day, tally)))
}

function warningsOf(days: ReadonlyMap<string, Day>, now: Date): readonly HealthWarning[] {
  return healthWarnings(rowsOf(days), localDay(now))
}
