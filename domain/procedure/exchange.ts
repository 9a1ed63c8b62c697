import { ageOn, type PartialDate } from '../person/index.ts'

/** A rule of the exchange in force from a day on (ISO date), with its source. Data: the rules change about twice a year. */
type ExchangeRules = {
  readonly from: string
  readonly source: string
  /** Ages at which a card must be renewed. */
  readonly renewalAges: readonly number[]
  /** VND for an exchange of an old chip card, and after an age threshold. */
  readonly fee: { readonly oldCard: number; readonly ageThreshold: number }
  readonly workingDays: number
}

/** Half price until the end of 2026 was read in secondary sources only; the full price is TT 73/2024. */
const rules: readonly ExchangeRules[] = [
  {
    from: '2024-07-01',
    source: 'Luật 26/2023 Đ21, Đ24; TT 73/2024',
    renewalAges: [14, 25, 40, 60],
    fee: { oldCard: 30_000, ageThreshold: 0 },
    workingDays: 7,
  },
  {
    from: '2025-07-01',
    source: 'TT 73/2024, giảm 50 % đến 31/12/2026',
    renewalAges: [14, 25, 40, 60],
    fee: { oldCard: 15_000, ageThreshold: 0 },
    workingDays: 7,
  },
  {
    from: '2027-01-01',
    source: 'TT 73/2024',
    renewalAges: [14, 25, 40, 60],
    fee: { oldCard: 30_000, ageThreshold: 0 },
    workingDays: 7,
  },
]

export type ExchangeReason = 'age-threshold' | 'old-card'

/** The routine procedure of the desk: an old chip card for the new one. */
export type Exchange = {
  readonly reason: ExchangeReason
  /** The threshold that was reached, when that is the reason. */
  readonly age?: number
  /** VND */
  readonly fee: number
  /** ISO date on which the card is promised. */
  readonly due: string
  readonly source: string
}

/**
 * Reason, fee and promised day of an exchange. `day` is the ISO date of the visit; `issued` the date on the old card.
 * A threshold counts when it was reached since the old card was issued; from two years before it on, a card is valid
 * to the next one (Luật Căn cước, Điều 21).
 */
export function exchangeOn(day: string, birth?: PartialDate, issued?: PartialDate): Exchange {
  const inForce = rules.filter((rule) => rule.from <= day).at(-1) ?? rules[0]
  if (!inForce) throw new RangeError('no exchange rules')
  const due = addWorkingDays(day, inForce.workingDays)
  const { source, fee } = inForce
  const age = birth && issued && thresholdReached(inForce.renewalAges, birth, issued, day)
  if (age === undefined) return { reason: 'old-card', fee: fee.oldCard, due, source }
  return { reason: 'age-threshold', age, fee: fee.ageThreshold, due, source }
}

function thresholdReached(
  ages: readonly number[],
  birth: PartialDate,
  issued: PartialDate,
  day: string,
): number | undefined {
  const two = (n: number) => String(n).padStart(2, '0')
  const issuedOn = `${issued.year}-${two(issued.month ?? 1)}-${two(issued.day ?? 1)}`
  const now = ageOn(birth, day)
  const twoYearsOn = ageOn(birth, `${issued.year + 2}${issuedOn.slice(4)}`)
  return ages.filter((age) => age <= now && age > twoYearsOn).at(-1)
}

/** Monday to Friday; public holidays are not known to this release. */
export function addWorkingDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  for (let left = count; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1)
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) left--
  }
  return date.toISOString().slice(0, 10)
}
