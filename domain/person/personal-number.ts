import { AppError } from '../failure/index.ts'
import { prefixes } from './number-prefixes.ts'

/** What the 12 digits of a số định danh say: place of birth registration (before the mergers), century and sex, year. */
export type PersonalNumberFacts = {
  readonly number: string
  /** Name of the province in the numbering of before July 2025; absent for prefixes this program does not know. */
  readonly province?: string
  readonly sex: 'Nam' | 'Nữ'
  readonly birthYear: number
}

/** Takes spaces, dots and dashes out. Throws NUMBER_FORMAT unless 12 digits remain. */
export function parsePersonalNumber(text: string): PersonalNumberFacts {
  const number = text.replace(/[\s.\-\u00a0]/gu, '')
  if (!/^\d{12}$/u.test(number)) {
    throw new AppError('NUMBER_FORMAT', 'person.number', { context: { digits: number.replace(/\D/gu, '').length } })
  }
  const century = Number(number[3])
  const province = prefixes[number.slice(0, 3)]
  return {
    number,
    ...(province !== undefined && { province }),
    sex: century % 2 === 0 ? 'Nam' : 'Nữ',
    birthYear: 1900 + 100 * Math.floor(century / 2) + Number(number.slice(4, 6)),
  }
}

/** 014 190 000 123: groups of three for reading aloud. */
export function groupPersonalNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/gu, '$1 ')
}

export type NumberContradiction = 'sex' | 'birth-year' | 'unknown-prefix'

/** Where a number and the details beside it disagree. A reason to look, never to refuse: numbers exist that do. */
export function contradictions(
  facts: PersonalNumberFacts,
  details: { readonly sex?: string; readonly birthYear?: number },
): readonly NumberContradiction[] {
  const found: NumberContradiction[] = []
  if (details.sex !== undefined && details.sex !== facts.sex) found.push('sex')
  if (details.birthYear !== undefined && details.birthYear !== facts.birthYear) found.push('birth-year')
  if (facts.province === undefined) found.push('unknown-prefix')
  return found
}
