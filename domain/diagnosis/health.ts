import type { FailureCode } from '../failure/index.ts'

/** One device on one local day. */
export type DeviceDay = {
  readonly device: string
  /** `2026-11-21` */
  readonly day: string
  /** Acts that ended well, acts that ended with a failure, tries beyond the first. */
  readonly done: number
  readonly failed: number
  readonly again: number
  /** How often it went away while it was in use. */
  readonly gone: number
  /** Milliseconds, of the acts that ended well; 0 where there is none. */
  readonly median: number
  readonly slowest: number
  /** By failure code. */
  readonly failures: Readonly<Record<string, number>>
}

/**
 * A device that gets worse. `usual` and `lately` are milliseconds (`slower`), the share of acts that failed (0–1), tries
 * beyond the first for each act, and times gone for each day of use.
 */
export type HealthWarning = {
  readonly device: string
  readonly kind: 'slower' | 'fails-more-often' | 'needs-more-tries' | 'comes-and-goes'
  readonly usual: number
  readonly lately: number
}

/** The card, the hand or the person behind the desk is to blame, not the device. */
const notTheDevice: ReadonlySet<string> = new Set<FailureCode>([
  'CANCELLED',
  'CARD_ABSENT',
  'CARD_LEFT_BEHIND',
  'CHIP_ACCESS_DENIED',
  'CHIP_TAMPERED',
  'CHIP_FILE_MISSING',
  'MRZ_CHECK_DIGIT',
  'MRZ_FORMAT',
  'CAN_FORMAT',
  'NO_FINGER',
  'NOT_FINGERS',
  'FINGERS_MISSING',
  'FINGER_DIFFERS',
  'DEVICE_GRADE',
])

const lateDays = 7
const usualDays = 21
const dayMs = 86_400_000

/** Fewer acts than these say nothing. */
const enough = { lately: 20, usual: 40, lateDays: 3, usualDays: 5 }
const byHalf = 1.5
/** A wait that nobody notices is not worth a word. Milliseconds. */
const noticed = 200
/** Standard errors between two rates before chance is ruled out: one false alarm in some hundred thousand. */
const sure = 4
const leastShare = 0.05
const leastAgain = 0.1
const leastGone = { times: 6, days: 2, aDay: 2, factor: 2 }

/** What got worse in the seven days up to `today` (local day) against the three weeks before. Any order of rows. */
export function healthWarnings(rows: readonly DeviceDay[], today: string): readonly HealthWarning[] {
  const devices = [...new Set(rows.map(({ device }) => device))].toSorted()
  return devices.flatMap((device) => {
    const own = rows.filter((row) => row.device === device)
    const late = own.filter(({ day }) => within(age(day, today), 0, lateDays))
    const before = own.filter(({ day }) => within(age(day, today), lateDays, lateDays + usualDays))
    return [slower(late, before), failing(late, before), trying(late, before), leaving(late, before)].flatMap((found) =>
      found ? [{ device, ...found }] : [],
    )
  })
}

type Days = readonly DeviceDay[]
type Worse = Omit<HealthWarning, 'device'> | undefined

function slower(late: Days, before: Days): Worse {
  if (!enoughOf(late, before, ({ done }) => done)) return undefined
  const usual = middleOf(before)
  const lately = middleOf(late)
  // One slow day, such as that of a market, is not a tired device.
  const slowDays = late.filter(({ done, median }) => done > 0 && median > usual).length
  const days = late.filter(({ done }) => done > 0).length
  const worse = lately >= usual * byHalf && lately - usual >= noticed && slowDays * 3 >= days * 2
  return worse ? { kind: 'slower', usual, lately } : undefined
}

function failing(late: Days, before: Days): Worse {
  if (!enoughOf(late, before, acts)) return undefined
  const [n, m] = [total(late, acts), total(before, acts)]
  const [lately, usual] = [total(late, faults) / n, total(before, faults) / m]
  const pooled = (lately * n + usual * m) / (n + m)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
  return rises(usual, lately, leastShare, error) ? { kind: 'fails-more-often', usual, lately } : undefined
}

function trying(late: Days, before: Days): Worse {
  if (!enoughOf(late, before, acts)) return undefined
  const [n, m] = [total(late, acts), total(before, acts)]
  const [lately, usual] = [total(late, ({ again }) => again) / n, total(before, ({ again }) => again) / m]
  const error = Math.sqrt(((lately * n + usual * m) / (n + m)) * (1 / n + 1 / m))
  return rises(usual, lately, leastAgain, error) ? { kind: 'needs-more-tries', usual, lately } : undefined
}

/** Needs no history: a new cable may be a bad one. A laptop that is unplugged every evening is used to it. */
function leaving(late: Days, before: Days): Worse {
  const times = total(late, ({ gone }) => gone)
  const days = late.filter(({ gone }) => gone > 0).length
  if (times < leastGone.times || days < leastGone.days) return undefined
  const lately = times / late.length
  const usual = before.length > 0 ? total(before, ({ gone }) => gone) / before.length : 0
  const worse = lately >= leastGone.aDay && lately >= usual * leastGone.factor
  return worse ? { kind: 'comes-and-goes', usual, lately } : undefined
}

function rises(usual: number, lately: number, least: number, error: number): boolean {
  return lately >= usual * byHalf && lately - usual >= least && lately - usual >= sure * error
}

function enoughOf(late: Days, before: Days, count: (row: DeviceDay) => number): boolean {
  const used = (rows: Days) => rows.filter((row) => count(row) > 0).length
  return (
    total(late, count) >= enough.lately &&
    total(before, count) >= enough.usual &&
    used(late) >= enough.lateDays &&
    used(before) >= enough.usualDays
  )
}

/** The median of the days' medians, each day with the weight of its acts. */
function middleOf(rows: Days): number {
  const sorted = rows.filter(({ done }) => done > 0).toSorted((a, b) => a.median - b.median)
  const half = total(sorted, ({ done }) => done) / 2
  let passed = 0
  for (const { done, median } of sorted) {
    passed += done
    if (passed >= half) return median
  }
  return 0
}

function acts({ done, failed }: DeviceDay): number {
  return done + failed
}

function faults({ failures }: DeviceDay): number {
  return Object.entries(failures).reduce((sum, [code, times]) => (notTheDevice.has(code) ? sum : sum + times), 0)
}

function total(rows: Days, count: (row: DeviceDay) => number): number {
  return rows.reduce((sum, row) => sum + count(row), 0)
}

function age(day: string, today: string): number {
  return Math.round((Date.parse(today) - Date.parse(day)) / dayMs)
}

function within(value: number, from: number, to: number): boolean {
  return value >= from && value < to
}
