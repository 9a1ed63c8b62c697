import type { FailureCode } from '#domain/failure/index.ts'
import { parsePartialDate, parsePersonalNumber, tidyText, type DetailField } from '#domain/person/index.ts'
import { desk } from './desk.ts'

/** What the officer typed, as the dossier holds it; a failure code when it cannot be that field. */
export function asDetail(
  field: DetailField,
  text: string,
): { readonly value: string } | { readonly wrong: FailureCode } {
  const value = tidyText(text)
  if (value === '') return { value }
  try {
    if (field === 'personalNumber') return { value: parsePersonalNumber(value).number }
    if (field === 'birthDate') parsePartialDate(value)
    return { value }
  } catch {
    return { wrong: field === 'personalNumber' ? 'NUMBER_FORMAT' : 'FIELD_FORMAT' }
  }
}

/** Puts a declared value into the dossier; '' takes it back. Undefined when it went well. */
export async function declare(field: DetailField, text: string): Promise<FailureCode | undefined> {
  const detail = asDetail(field, text)
  if ('wrong' in detail) return detail.wrong
  const result = await desk.call.declareDetail({ field, value: detail.value })
  return result.ok ? undefined : result.error.code
}
