import { AppError } from '../failure/index.ts'

export type MrzSex = 'M' | 'F' | 'X'

/** A TD1 machine readable zone (ICAO 9303-5 4.2). Dates are YYMMDD, `<` where a part is unknown. */
export type Mrz = {
  readonly lines: readonly [string, string, string]
  readonly documentCode: string
  readonly issuer: string
  /** As printed: 9 characters without trailing filler. */
  readonly documentNumber: string
  /** The 12 digits that căn cước carries in line 1 after the document number; absent on other documents. */
  readonly personalNumber?: string
  readonly birthDate: string
  readonly sex: MrzSex
  readonly expiryDate: string
  readonly nationality: string
  readonly surname: string
  readonly givenNames: string
}

/** The three values from which BAC derives its keys (ICAO 9303-11 4.3.2). Shape of `ChipAccess` of kind `mrz`. */
export type BacInputs = {
  readonly documentNumber: string
  readonly birthDate: string
  readonly expiryDate: string
}

export type MrzField =
  | 'document'
  | 'documentNumber'
  | 'personalNumber'
  | 'birthDate'
  | 'sex'
  | 'expiryDate'
  | 'nationality'
  | 'name'
  | 'composite'
  | 'length'
  | 'characters'

const step = 'mrz.parse'
const longestTyped = 400
const neverExpires = '991231'

/** Check digit over digits, letters and `<` with the weights 7, 3, 1 (ICAO 9303-3 4.9). */
export function mrzCheckDigit(text: string): string {
  const weights = [7, 3, 1] as const
  let sum = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const value = code === 0x3c ? 0 : code >= 0x41 ? code - 55 : code - 48
    if (value < 0 || value > 35) throw new RangeError('not an MRZ character')
    sum += value * (weights[at % 3] ?? 0)
  }
  return String(sum % 10)
}

/**
 * Reads a TD1 zone as typed or scanned: any case, spaces, three lines joined or apart, a short third line filled up.
 * The letter O counts as 0 only where a digit must stand, and only when the check digit agrees.
 * Throws MRZ_FORMAT or MRZ_CHECK_DIGIT with context `{ line, field }`; `line` 0 is the zone as a whole.
 */
export function parseMrz(text: string): Mrz {
  let [line1, line2, line3] = splitLines(text)
  if (!/^[ACI][A-Z<]$/.test(line1.slice(0, 2))) throw malformed(1, 'document')
  const issuer = line1.slice(2, 5)
  if (!/^[A-Z<]{3}$/.test(issuer)) throw malformed(1, 'document')
  const vietnamese = issuer === 'VNM'

  // Căn cước numbers are digits only; other issuers may put letters into theirs.
  line1 = withDigits(line1, vietnamese ? 5 : 14, 15, 1, 'documentNumber')
  verify(line1.slice(5, 14), line1.charAt(14), 1, 'documentNumber')
  let personalNumber: string | undefined
  if (vietnamese && line1.slice(27, 29) === '<<' && line1.charAt(29) !== '<') {
    line1 = withDigits(line1, 15, 27, 1, 'personalNumber')
    line1 = withDigits(line1, 29, 30, 1, 'personalNumber')
    verify(line1.slice(15, 29), line1.charAt(29), 1, 'personalNumber')
    personalNumber = line1.slice(15, 27)
  }

  line2 = withDigits(line2, 0, 7, 2, 'birthDate', true)
  verify(line2.slice(0, 6), line2.charAt(6), 2, 'birthDate')
  const sex = line2.charAt(7)
  if (!/^[MFX<]$/.test(sex)) throw malformed(2, 'sex')
  line2 = withDigits(line2, 8, 15, 2, 'expiryDate', true)
  verify(line2.slice(8, 14), line2.charAt(14), 2, 'expiryDate')
  const nationality = line2.slice(15, 18)
  if (!/^[A-Z<]{3}$/.test(nationality)) throw malformed(2, 'nationality')
  line2 = withDigits(line2, 29, 30, 2, 'composite')
  verify(compositeInput(line1, line2), line2.charAt(29), 2, 'composite')

  if (!/^[A-Z<]{30}$/.test(line3)) throw malformed(3, 'name')
  const [surname = '', givenNames = ''] = line3.replace(/<+$/, '').split(/<<(.*)/s)
  return {
    lines: [line1, line2, line3],
    documentCode: line1.slice(0, 2).replaceAll('<', ''),
    issuer: issuer.replaceAll('<', ''),
    documentNumber: line1.slice(5, 14).replace(/<+$/, ''),
    ...(personalNumber === undefined ? {} : { personalNumber }),
    birthDate: line2.slice(0, 6),
    sex: sex === '<' ? 'X' : (sex as MrzSex),
    expiryDate: line2.slice(8, 14),
    nationality: nationality.replaceAll('<', ''),
    surname: surname.replaceAll('<', ' ').trim(),
    givenNames: givenNames.replaceAll('<', ' ').replace(/ +/g, ' ').trim(),
  }
}

/**
 * Composes the zone of a căn cước card. The document number is the last 9 digits of the personal number; the first
 * name part is taken as the surname. Dates are YYMMDD. Throws MRZ_FORMAT with context `{ field }`.
 */
export function composeMrz(card: {
  readonly personalNumber: string
  readonly fullName: string
  readonly birthDate: string
  readonly sex: MrzSex
  readonly expiryDate: string
}): readonly [string, string, string] {
  const refuse = (field: MrzField) => new AppError('MRZ_FORMAT', 'mrz.compose', { context: { field } })
  if (!/^\d{12}$/.test(card.personalNumber)) throw refuse('personalNumber')
  if (!/^[\d<]{6}$/.test(card.birthDate)) throw refuse('birthDate')
  if (!/^\d{6}$/.test(card.expiryDate)) throw refuse('expiryDate')
  const number = card.personalNumber.slice(3)
  const optional = `${card.personalNumber}<<`
  const line1 = `IDVNM${number}${mrzCheckDigit(number)}${optional}${mrzCheckDigit(optional)}`
  const dates = `${card.birthDate}${mrzCheckDigit(card.birthDate)}${card.sex === 'X' ? '<' : card.sex}`
  const line2 = `${dates}${card.expiryDate}${mrzCheckDigit(card.expiryDate)}VNM`.padEnd(29, '<')
  const [surname, ...given] = latinParts(card.fullName)
  if (surname === undefined) throw refuse('name')
  const line3 = `${surname}<<${given.join('<')}`.slice(0, 30).padEnd(30, '<')
  return [line1, `${line2}${mrzCheckDigit(compositeInput(line1, line2))}`, line3]
}

/** The zone's values that open the chip. The number is filled to 9 characters as the key derivation wants it. */
export function bacInputs(mrz: Pick<Mrz, 'documentNumber' | 'birthDate' | 'expiryDate'>): BacInputs {
  return {
    documentNumber: mrz.documentNumber.padEnd(9, '<'),
    birthDate: mrz.birthDate,
    expiryDate: mrz.expiryDate,
  }
}

/**
 * Expiry dates (YYMMDD, likeliest first) that a card may carry, from the ISO dates of birth and issue, for the code on
 * the card that lacks the expiry. Valid to the next of the ages 14, 25, 40 and 60; a card issued within the two years
 * before a threshold lasts to the one after. Without expiry from 60 on: the zone then shows 991231 (from memory).
 * Empty when a date is not a full calendar date.
 */
export function expiryCandidates(birthDate: string, issuedDate: string): readonly string[] {
  const birth = calendarDate(birthDate)
  const issued = calendarDate(issuedDate)
  if (!birth || !issued || issuedDate < birthDate) return []
  const turning = (age: number) => isoDate(birth.year + age, birth.month, birth.day)
  const later = [14, 25, 40, 60].filter((age) => turning(age) > issuedDate)
  const [next, afterNext] = later
  const withinGrace = next !== undefined && isoDate(birth.year + next - 2, birth.month, birth.day) <= issuedDate
  const ages = withinGrace ? [afterNext, next] : [next, afterNext]
  const found: string[] = []
  for (const age of ages) {
    if (age === undefined) {
      found.push(neverExpires)
      continue
    }
    found.push(shortDate(turning(age)))
    // Born on a leap day: the day before or after may be printed.
    if (birth.month === 2 && birth.day === 29 && !isLeap(birth.year + age))
      found.push(shortDate(isoDate(birth.year + age, 3, 1)))
  }
  return [...new Set(found)]
}

function splitLines(text: string): [string, string, string] {
  if (text.length > longestTyped) throw malformed(0, 'length')
  const parts = text
    .toUpperCase()
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\s/g, ''))
    .filter((line) => line !== '')
  if (parts.some((line) => !/^[A-Z0-9<]*$/.test(line))) throw malformed(0, 'characters')
  if (parts.length === 3) {
    parts.forEach((line, index) => {
      if (line.length > 30 || (index < 2 && line.length < 30)) throw malformed(index + 1, 'length')
    })
    return [parts[0] ?? '', parts[1] ?? '', (parts[2] ?? '').padEnd(30, '<')]
  }
  const joined = parts.join('')
  if (joined.length <= 60 || joined.length > 90) throw malformed(0, 'length')
  return [joined.slice(0, 30), joined.slice(30, 60), joined.slice(60).padEnd(30, '<')]
}

function withDigits(
  line: string,
  from: number,
  to: number,
  number: number,
  field: MrzField,
  fillerAllowed = false,
): string {
  const part = line.slice(from, to).replaceAll('O', '0')
  if (!(fillerAllowed ? /^[0-9<]*$/ : /^\d*$/).test(part)) throw malformed(number, field)
  return line.slice(0, from) + part + line.slice(to)
}

function verify(covered: string, digit: string, line: number, field: MrzField): void {
  if (mrzCheckDigit(covered) !== digit) throw new AppError('MRZ_CHECK_DIGIT', step, { context: { line, field } })
}

/** ICAO 9303-5 4.2.2.2: line 1 from position 6, and birth date, expiry date and optional data of line 2. */
function compositeInput(line1: string, line2: string): string {
  return line1.slice(5, 30) + line2.slice(0, 7) + line2.slice(8, 15) + line2.slice(18, 29)
}

function malformed(line: number, field: MrzField): AppError {
  return new AppError('MRZ_FORMAT', step, { context: { line, field } })
}

/** Name parts in the 26 letters of the zone; marks fall away, đ becomes D. */
function latinParts(fullName: string): string[] {
  return fullName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll('Đ', 'D')
    .replace(/['’]/g, '')
    .split(/[^A-Z]+/)
    .filter((part) => part !== '')
}

function calendarDate(iso: string): { year: number; month: number; day: number } | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  return { year, month, day }
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** The day is moved back where the month is shorter. */
function isoDate(year: number, month: number, day: number): string {
  const held = Math.min(day, daysIn(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(held).padStart(2, '0')}`
}

function shortDate(iso: string): string {
  return iso.slice(2).replaceAll('-', '')
}
