import { AppError } from '../failure/index.ts'

/** A date of which only the year, or month and year, may be known. An unknown part is absent: 01/01 is never invented. */
export type PartialDate = { readonly year: number; readonly month?: number; readonly day?: number }

/**
 * Reads `dd/MM/yyyy`, `MM/yyyy`, `yyyy`, and `ddMMyyyy` of the card's QR code; a day or month written as 00 is unknown.
 * Throws FIELD_FORMAT.
 */
export function parsePartialDate(text: string): PartialDate {
  const trimmed = text.trim()
  const parts =
    /^(?:(?:(?<day>\d{1,2})[/.-])?(?<month>\d{1,2})[/.-])?(?<year>\d{4})$/u.exec(trimmed)?.groups ??
    /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})$/u.exec(trimmed)?.groups
  if (!parts) throw new AppError('FIELD_FORMAT', 'person.date', { context: { field: 'date' } })
  const month = Number(parts['month'] ?? 0)
  const day = Number(parts['day'] ?? 0)
  const date: PartialDate = { year: Number(parts['year']), ...(month > 0 && { month }), ...(day > 0 && { day }) }
  if ((day > 0 && month === 0) || !exists(date))
    throw new AppError('FIELD_FORMAT', 'person.date', { context: { field: 'date' } })
  return date
}

/** `dd/MM/yyyy`, `MM/yyyy` or `yyyy`. */
export function formatPartialDate(date: PartialDate): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const year = String(date.year).padStart(4, '0')
  if (date.month === undefined) return year
  if (date.day === undefined) return `${two(date.month)}/${year}`
  return `${two(date.day)}/${two(date.month)}/${year}`
}

/** YYMMDD as in the MRZ; undefined when the day or month is not known. */
export function toMrzDate(date: PartialDate): string | undefined {
  if (date.month === undefined || date.day === undefined) return undefined
  return [date.year % 100, date.month, date.day].map((n) => String(n).padStart(2, '0')).join('')
}

/**
 * Full years lived on `today` (ISO date). With an unknown day or month the latest possible birthday counts,
 * so that nobody is taken for older than they are sure to be.
 */
export function ageOn(birth: PartialDate, today: string): number {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  const birthMonth = birth.month ?? 12
  const birthDay = birth.day ?? 31
  const hadBirthday = month > birthMonth || (month === birthMonth && day >= birthDay)
  return year - birth.year - (hadBirthday ? 0 : 1)
}

function exists({ year, month, day }: PartialDate): boolean {
  if (year < 1850 || year > 2200) return false
  if (month === undefined) return true
  if (month < 1 || month > 12) return false
  if (day === undefined) return true
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
