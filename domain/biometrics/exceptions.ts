/** Why a finger cannot be taken. */
export const exceptionReasons = ['missing', 'bandaged', 'deformed', 'unreadable'] as const
export type ExceptionReason = (typeof exceptionReasons)[number]

/** What an exception needs before the dossier may be sealed. */
export type ExceptionRule = {
  readonly reason: ExceptionReason
  readonly from: string
  /** A picture of the hand. */
  readonly photo: boolean
  /** A second officer of the station, proven by a print of their own. */
  readonly secondOfficer: boolean
  /** It may be taken later: the citizen is told. */
  readonly temporary: boolean
}

/** Rules in force from a day on (ISO date). The law says only: describe it and go on; the rest is station policy. */
const rules: readonly ExceptionRule[] = [
  { reason: 'missing', from: '2021-07-01', photo: true, secondOfficer: false, temporary: false },
  { reason: 'bandaged', from: '2021-07-01', photo: true, secondOfficer: false, temporary: true },
  { reason: 'deformed', from: '2021-07-01', photo: true, secondOfficer: true, temporary: false },
  { reason: 'unreadable', from: '2021-07-01', photo: true, secondOfficer: true, temporary: true },
]

/** The rule for a reason on a day. Days before the first rule get the first. */
export function exceptionRuleOn(day: string, reason: ExceptionReason): ExceptionRule {
  const own = rules.filter((rule) => rule.reason === reason)
  const rule = own.filter((each) => each.from <= day).at(-1) ?? own[0]
  if (!rule) throw new RangeError('no exception rule')
  return rule
}
