import { AppError } from '../failure/index.ts'
import { parsePersonalNumber } from './personal-number.ts'

/** How a representative is related to the citizen. Law on Identification 26/2023/QH15, article 23. */
export const relations = ['father', 'mother', 'guardian', 'other'] as const
export type Relation = (typeof relations)[number]

/** Why somebody acts for the citizen. */
export const representationReasons = ['under-14', 'ward'] as const
export type RepresentationReason = (typeof representationReasons)[number]

/** From this age on (full years) people confirm for themselves. */
export const confirmsFromAge = 14
/** A representative is at least this old, in full years. */
export const representsFromAge = 18

/** Who confirms and signs for a child or a ward. */
export type Representative = {
  readonly name: string
  /** Personal number, ungrouped. */
  readonly number: string
  readonly relation: Relation
  readonly reason: RepresentationReason
}

/** Somebody who was there when a citizen could not sign. */
export type Witness = { readonly name: string; readonly number: string }

/**
 * Whether somebody may stand in for, or beside, the people whose numbers are `involved`. `day` is the ISO date of the
 * visit; only the year of birth is known, from the number, and the benefit of the doubt is given. Throws NUMBER_FORMAT,
 * and REPRESENTATIVE_UNFIT with `reason` `same-person` or `too-young`.
 */
export function checkStandIn(number: string, involved: readonly string[], day: string): void {
  const facts = parsePersonalNumber(number)
  const reason = involved.includes(facts.number)
    ? 'same-person'
    : Number(day.slice(0, 4)) - facts.birthYear < representsFromAge
      ? 'too-young'
      : undefined
  if (reason !== undefined) throw new AppError('REPRESENTATIVE_UNFIT', 'person.standIn', { context: { reason } })
}
