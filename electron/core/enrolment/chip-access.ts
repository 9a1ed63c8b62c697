import type { DossierState } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { parsePartialDate, tidyText, toMrzDate, type DetailField, type PersonDetails } from '#domain/person/index.ts'
import { bacInputs, expiryCandidates, parseMrz } from '#domain/person/mrz.ts'
import type { ChipAccess, ChipDetails, ChipHints, ChipReading } from '#native/capability/card-reader.ts'

/**
 * Keys that may open the chip, likeliest first. The MRZ has all three inputs of BAC; the QR code has the number and
 * the birth date, and its date of issue leads to one or two possible dates of expiry.
 * Throws MRZ_FORMAT when neither was given.
 */
export function chipAccesses(state: DossierState): readonly ChipAccess[] {
  if (state.mrz) return [{ kind: 'mrz', ...bacInputs(parseMrz(state.mrz.join('\n'))) }]
  const { personalNumber, birthDate } = state.qr?.details ?? {}
  const issued = state.qr?.issued
  const fromQr = personalNumber && birthDate && issued ? accessesFromQr(personalNumber, birthDate, issued) : []
  // By convention the access number of PACE is the end of the personal number; a chip without PACE just says so.
  const number = personalNumber ?? state.declared.personalNumber
  const accesses = [...fromQr, ...(number ? [{ kind: 'can', can: number.slice(-6) } as const] : [])]
  if (accesses.length === 0)
    throw new AppError('MRZ_FORMAT', 'chip.access', { context: { reason: 'no-mrz-and-no-qr' } })
  return accesses
}

function accessesFromQr(personalNumber: string, birthDate: string, issued: string): readonly ChipAccess[] {
  const born = toMrzDate(parsePartialDate(birthDate))
  if (born === undefined) return []
  return expiryCandidates(isoDate(birthDate), isoDate(issued)).map((expiryDate) => ({
    kind: 'mrz',
    ...bacInputs({ documentNumber: personalNumber.slice(3), birthDate: born, expiryDate }),
  }))
}

/** The chip's text as one source of details; where DG13 is silent, what the MRZ of DG1 says (without diacritics). */
export function detailsFromChip({
  details,
  mrz,
}: Pick<ChipReading, 'details'> & Partial<Pick<ChipReading, 'mrz'>>): PersonDetails {
  const zone = mrz && parseMrz(mrz.lines.join('\n'))
  const found: Partial<Record<DetailField, string>> = {}
  const take = (field: DetailField, value: string | undefined) => {
    const tidy = tidyText(value ?? '')
    if (tidy !== '') found[field] = tidy
  }
  take('fullName', details.fullName ?? (zone && `${zone.surname} ${zone.givenNames}`))
  take('personalNumber', details.personalNumber ?? zone?.personalNumber)
  take('birthDate', details.birthDate)
  take('sex', details.sex ?? (zone && ({ M: 'Nam', F: 'Nữ', X: '' } as const)[zone.sex]))
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

/** What the QR code and the declaration say of the card, to tell which input of a refused access is likely wrong. */
export function chipHints({ qr, declared }: DossierState): ChipHints {
  const personalNumber = qr?.details.personalNumber ?? declared.personalNumber
  const born = qr?.details.birthDate ?? declared.birthDate
  const birthDate = born === undefined ? undefined : toMrzDate(parsePartialDate(born))
  const expiryDates = born && qr?.issued ? expiryCandidates(isoDate(born), isoDate(qr.issued)) : []
  return {
    ...(personalNumber !== undefined && { personalNumber }),
    ...(birthDate !== undefined && { birthDate }),
    ...(expiryDates.length > 0 && { expiryDates }),
  }
}

/** dd/MM/yyyy as yyyy-MM-dd. */
function isoDate(date: string): string {
  return date.split('/').toReversed().join('-')
}
