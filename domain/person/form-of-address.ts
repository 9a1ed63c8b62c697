import type { PersonDetails } from './details.ts'
import { ageOn, parsePartialDate, type PartialDate } from './partial-date.ts'

export const formsOfAddress = ['ông', 'bà', 'bác', 'anh', 'chị', 'em', 'cháu', 'ông/bà'] as const
export type FormOfAddress = (typeof formsOfAddress)[number]

/**
 * From which age on (full years) a form is the polite one between a citizen and an officer at the desk. A habit, not a
 * rule: it differs by region and by the officer's own age, so this is only the default that an officer may change.
 */
const forms: readonly {
  readonly from: number
  readonly man: FormOfAddress
  readonly woman: FormOfAddress
  readonly unknown: FormOfAddress
}[] = [
  { from: 65, man: 'ông', woman: 'bà', unknown: 'ông/bà' },
  { from: 50, man: 'bác', woman: 'bác', unknown: 'bác' },
  { from: 25, man: 'anh', woman: 'chị', unknown: 'ông/bà' },
  { from: 16, man: 'em', woman: 'em', unknown: 'em' },
  { from: 0, man: 'cháu', woman: 'cháu', unknown: 'cháu' },
]

/**
 * How to address a person: from the birth date (at least the year) and `sex` (`Nam`, `Nữ`). `today` is an ISO date.
 * Never guesses from a name; `ông/bà` when the age is unknown or implausible, or the form depends on an unknown sex.
 */
export function formOfAddress(details: PersonDetails, today: string): FormOfAddress {
  const birth = birthOf(details)
  if (!birth) return 'ông/bà'
  const age = ageOn(birth, today)
  const form = forms.find(({ from }) => age >= from)
  if (!form) return 'ông/bà'
  if (details.sex === 'Nam') return form.man
  if (details.sex === 'Nữ') return form.woman
  return form.unknown
}

function birthOf({ birthDate }: PersonDetails): PartialDate | undefined {
  if (birthDate === undefined) return undefined
  try {
    return parsePartialDate(birthDate)
  } catch {
    return undefined
  }
}
