import { parsePartialDate, type PartialDate } from '../person/index.ts'
import { exchangeOn, type Exchange } from '../procedure/index.ts'
import type { DossierState } from './state.ts'

/**
 * Reason, fee and promised day of a dossier: what the officer sees, what the citizen is told and what is sealed. Before
 * the comparison the birth date of the most trusted source counts. A date that cannot be read counts as unknown.
 */
export function exchangeOf({ day, confirmed, chip, qr, declared }: DossierState): Exchange {
  const birth = confirmed?.birthDate ?? chip?.details.birthDate ?? qr?.details.birthDate ?? declared.birthDate
  return exchangeOn(day, known(birth), known(chip?.issued ?? qr?.issued))
}

function known(date: string | undefined): PartialDate | undefined {
  try {
    return date === undefined ? undefined : parsePartialDate(date)
  } catch {
    return undefined
  }
}
