import { AppError } from '../failure/index.ts'
import type { PersonDetails } from './details.ts'
import { readLegacyText } from './legacy-text.ts'
import { formatPartialDate, parsePartialDate } from './partial-date.ts'
import { parsePersonalNumber } from './personal-number.ts'
import { foldText, tidyText } from './text.ts'

/**
 * The QR code printed on the card: number | old 9-digit number | name | birth date | sex | address | date of issue,
 * UTF-8. Cards of 2024 may carry more fields: they are kept as they come, and so is what is not understood.
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

/**
 * Takes the text as a scanner gives it: an AIM id or the scanner's own letter for the kind of code in front, line ends
 * behind, decomposed Unicode, or one of the older Vietnamese encodings read as Latin-1.
 *
 * Throws QR_TOO_LARGE, or QR_FORMAT when the text is not a card's code; `context.reason` is `link`, `script` or `fields`,
 * and nothing of the text is in it.
 */
export function parseCardQr(text: string): CardQr {
  if (text.length > longestText) throw new AppError('QR_TOO_LARGE', 'person.qr', { context: { length: text.length } })
  const fields = readLegacyText(withoutSymbology(text)).split('|').map(tidyText)
  const refuse = (cause?: unknown) =>
    new AppError('QR_FORMAT', 'person.qr', {
      context: { reason: foreignCode(text) ?? 'fields', fields: fields.length },
      cause,
    })
  if (fields.length < 7) throw refuse()
  const [number = '', oldNumber = '', fullName = '', birthDate = '', sex = '', residence = '', seventh = '', ...rest] =
    fields
  if (!/^\p{L}/u.test(fullName) || isMarkup(fullName)) throw refuse()
  try {
    const personalNumber = parsePersonalNumber(withoutPrefix(number)).number
    const known = { oldNumber: oldNumberOf(oldNumber), sex: sexOf(sex), issued: issuedOn(seventh) }
    const more = [
      ...(known.oldNumber === undefined && oldNumber !== '' ? [oldNumber] : []),
      ...(known.sex === undefined && sex !== '' ? [sex] : []),
      ...(known.issued === undefined && seventh !== '' ? [seventh] : []),
      ...rest,
    ]
    return {
      details: {
        personalNumber,
        fullName,
        birthDate: formatPartialDate(parsePartialDate(birthDate)),
        ...(known.sex !== undefined && { sex: known.sex }),
        ...(residence !== '' && { residence }),
      },
      ...(known.oldNumber !== undefined && { oldNumber: known.oldNumber }),
      ...(known.issued !== undefined && { issued: known.issued }),
      more,
    }
  } catch (cause) {
    throw refuse(cause)
  }
}

/** Takes off a byte order mark and the AIM id (`]Q1`, ISO/IEC 15424) that scanners can be told to put in front. */
export function withoutSymbology(text: string): string {
  return text.replace(/^[\uFEFF\s\p{Cc}]*(?:\][A-Za-z][0-9A-Za-z])?/u, '')
}

/** Makers have letters of their own for the kind of code: `s`, `Q`, `QR`, `P01`. */
function withoutPrefix(number: string): string {
  return /^(?:[A-Za-z]{1,2}|[A-Za-z]\d{2})(?<number>\d{12})$/u.exec(number)?.groups?.['number'] ?? number
}

/** What a code holds that is no card's: something to be opened or run, which this program never does. */
export function foreignCode(text: string): 'link' | 'script' | undefined {
  if (isMarkup(text)) return 'script'
  return /(?:^|\W)(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.|(?:mailto|tel|sms|smsto|intent|data|wifi|geo):)/iu.test(text)
    ? 'link'
    : undefined
}

function isMarkup(text: string): boolean {
  // A machine readable zone is full of `<`, too, but has no `>`.
  return /<\s*\/?\s*[a-z!][^<]*>|javascript:|vbscript:/iu.test(text)
}

function oldNumberOf(text: string): string | undefined {
  const digits = text.replace(/[\s.-]/gu, '')
  return /^(?:\d{9}|\d{12})$/u.test(digits) ? digits : undefined
}

function sexOf(text: string): string | undefined {
  const folded = foldText(text)
  if (folded === 'nam') return 'Nam'
  return folded === 'nu' ? 'Nữ' : undefined
}

/** The seventh field was seen to be the date of issue; a card that has something else there is still a card. */
function issuedOn(text: string): string | undefined {
  try {
    return formatPartialDate(parsePartialDate(text))
  } catch {
    return undefined
  }
}
