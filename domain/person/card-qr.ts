import { AppError } from '../failure/index.ts'
import type { PersonDetails } from './details.ts'
import { formatPartialDate, parsePartialDate } from './partial-date.ts'
import { parsePersonalNumber } from './personal-number.ts'
import { tidyText } from './text.ts'

/**
 * The QR code printed on the card: number | old 9-digit number | name | birth date | sex | address | date of issue,
 * UTF-8. Cards of 2024 may carry more fields: they are kept as they come.
 */
export type CardQr = {
  readonly details: PersonDetails
  readonly oldNumber?: string
  /** dd/MM/yyyy */
  readonly issued?: string
  readonly more: readonly string[]
}

/** A QR code of the largest size holds 4,296 characters; twice that leaves room for scanners that add layout. */
const longestText = 8192

/** Throws QR_TOO_LARGE, or QR_FORMAT when the text is not a card's code. */
export function parseCardQr(text: string): CardQr {
  if (text.length > longestText) throw new AppError('QR_TOO_LARGE', 'person.qr', { context: { length: text.length } })
  const fields = text
    .replace(/^\uFEFF/u, '')
    .split('|')
    .map(tidyText)
  const [number = '', oldNumber = '', fullName = '', birthDate = '', sex = '', residence = '', seventh = '', ...more] =
    fields
  if (fields.length < 7) throw new AppError('QR_FORMAT', 'person.qr', { context: { fields: fields.length } })
  try {
    const personalNumber = parsePersonalNumber(number).number
    const issued = issuedOn(seventh)
    if (fullName === '' || !/^\p{L}/u.test(fullName)) throw new AppError('QR_FORMAT', 'person.qr/name')
    return {
      details: {
        personalNumber,
        fullName,
        birthDate: formatPartialDate(parsePartialDate(birthDate)),
        ...(sex !== '' && { sex }),
        ...(residence !== '' && { residence }),
      },
      ...(oldNumber !== '' && { oldNumber }),
      ...(issued !== undefined && { issued }),
      more: issued === undefined && seventh !== '' ? [seventh, ...more] : more,
    }
  } catch (cause) {
    throw new AppError('QR_FORMAT', 'person.qr', { context: { fields: fields.length }, cause })
  }
}

/** The seventh field was seen to be the date of issue; a card that has something else there is still a card. */
function issuedOn(text: string): string | undefined {
  try {
    return formatPartialDate(parsePartialDate(text))
  } catch {
    return undefined
  }
}
