import type { LanguageWords } from '#contract/index.ts'
import { groupPersonalNumber, type DetailField } from '#domain/person/index.ts'

/**
 * What is said, piece by piece. `keys` of resources/languages/sentences.json are played one after the other where they
 * are recorded; `text` is what a voice says otherwise, in the words of the window (Vietnamese or English). A piece
 * without keys is a name or a place: only a voice says it, and only while it stands on the screen.
 */
export type Said = readonly SaidPiece[]
export type SaidPiece = { readonly keys: readonly string[]; readonly text: string }

export type DateOrder = LanguageWords['date']

/** Values that are the same for many people and are therefore recorded. */
const recorded: Readonly<Record<string, string>> = {
  'sex nam': 'value.sex.male',
  'sex nữ': 'value.sex.female',
  'nationality việt nam': 'value.nationality.vietnam',
  'religion không': 'value.religion.none',
}

/** As it is said: digits one by one, the parts of a date in the order of the language, each after its word. */
export function saidValue(field: DetailField, value: string, order: DateOrder): Said {
  if (field === 'personalNumber') return [{ keys: digits(value), text: spokenNumber(value) }]
  if (field === 'birthDate') return [{ keys: dateKeys(value, order), text: spokenDate(value, order) }]
  const key = recorded[`${field} ${value.normalize('NFC').trim().toLocaleLowerCase('vi')}`]
  return [{ keys: key === undefined ? [] : [key], text: value }]
}

/** Digits of a number one by one, as keys. */
export function digits(number: string): string[] {
  return [...number].filter((each) => /\d/u.test(each)).map((each) => `digit.${each}`)
}

/** `31/12/1988`, `12/1988`, `1988`. */
export function dateKeys(date: string, order: DateOrder): string[] {
  return partsOf(date, order).flatMap(([part, number]) => [`date.${part}`, ...digits(String(number))])
}

const words = { day: 'ngày', month: 'tháng', year: 'năm' } as const

function spokenDate(date: string, order: DateOrder): string {
  return partsOf(date, order)
    .map(([part, number]) => `${words[part]} ${number}`)
    .join(' ')
}

/** In groups of three that stay together, as it is shown. */
function spokenNumber(number: string): string {
  return groupPersonalNumber(number)
    .split(' ')
    .map((group) => [...group].join(' '))
    .join(', ')
}

function partsOf(date: string, order: DateOrder) {
  const [year, month, day] = date.split('/').toReversed().map(Number)
  const parts = { day, month, year }
  return order.flatMap((part) => {
    const number = parts[part]
    return number === undefined || Number.isNaN(number) ? [] : ([[part, number]] as const)
  })
}
