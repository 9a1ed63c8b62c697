import type { DossierState } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { parsePartialDate, tidyText, toMrzDate, type DetailField, type PersonDetails } from '#domain/person/index.ts'
import { bacInputs, expiryCandidates, parseMrz } from '#domain/person/mrz.ts'
import type { ChipAccess, ChipDetails, ChipReading } from '#native/capability/card-reader.ts'

/**
 * Keys that may open the chip, likeliest first. The MRZ has all three inputs of BAC; the QR code has the number and
 * the birth date, and its date of issue leads to one or two possible dates of expiry.
 * Throws MRZ_FORMAT when neither was given.
 */
export function chipAccesses(state: DossierState): readonly ChipAccess[] {
  if (state.mrz) return [{ kind: 'mrz', ...bacInputs(parseMrz(state.mrz.join('\n'))) }]
  const { personalNumber, birthDate } = state.qr?.details ?? {}
  const issued = state.qr?.issued
  const accesses = personalNumber && birthDate && issued ? accessesFromQr(personalNumber, birthDate, issued) : []
  if (accesses.length === 0)
    throw new AppError('MRZ_FORMAT', 'chip.access', { context: { reason: 'no-mrz-and-no-qr' } })
  return accesses
}

function accessesFromQr(personalNumber: string, birthDate: string, issued: string): readonly ChipAccess[] {
  const born = toMrzDate(parsePartialDate(birthDate))
  if (born === undefined) return []
  const iso = (date: string) => date.split('/').toReversed().join('-')
  return expiryCandidates(iso(birthDate), iso(issued)).map((expiryDate) => ({
    kind: 'mrz',
    ...bacInputs({ documentNumber: personalNumber.slice(3), birthDate: born, expiryDate }),
  }))
}

/** The chip's text as one source of details; where DG13 is silent, what the MRZ of DG1 says (without diacritics). */
export function detailsFromChip({ details, mrz }: ChipReading): PersonDetails {
  const zone = parseMrz(mrz.lines.join('\n'))
  const found: Partial<Record<DetailField, string>> = {}
  const take = (field: DetailField, value: string | undefined) => {
    const tidy = tidyText(value ?? '')
    if (tidy !== '') found[field] = tidy
  }
  take('fullName', details.fullName ?? `${zone.surname} ${zone.givenNames}`)
  take('personalNumber', details.personalNumber ?? zone.personalNumber)
  take('birthDate', details.birthDate)
  take('sex', details.sex ?? ({ M: 'Nam', F: 'Nữ', X: '' } as const)[zone.sex])
  take('nationality', details.nationality)
  take('ethnicity', details.ethnicity)
  take('religion', details.religion)
  take('origin', details.origin)
  take('residence', details.residence)
  return found
}

/** What the dossier keeps of the chip beside the details. */
export function chipDates(details: ChipDetails): { oldNumber?: string; issued?: string; expires?: string } {
  return {
    ...(details.oldNumber !== undefined && { oldNumber: details.oldNumber }),
    ...(details.issued !== undefined && { issued: details.issued }),
    ...(details.expires !== undefined && { expires: details.expires }),
  }
}
