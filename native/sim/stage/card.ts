import { composeMrz } from '#domain/person/mrz.ts'
import type { Personalisation } from '../people/people.ts'

/** What is printed on a person's card: DIR/card.json. Everything in it is invented. */
export type PrintedCard = {
  readonly invented: true
  readonly person: Personalisation
  readonly mrz: readonly [string, string, string]
  /** The three lines as `--mrz-file` takes them; also in DIR/mrz.txt. */
  readonly mrzFile: string
  /** Card access number: the last six digits of the personal number. */
  readonly can: string
  /** Text of the QR code. */
  readonly qr: string
  /** Cards of the identity law of 2023 carry the code on the back (from memory). */
  readonly qrSide: 'front' | 'back'
}

const newLayoutFrom = '2024-07-01'

export function printCard(person: Personalisation): PrintedCard {
  const mrz = composeMrz({
    personalNumber: person.personalNumber,
    fullName: person.fullName,
    birthDate: shortDate(person.birthDate),
    sex: person.sex,
    expiryDate: shortDate(person.expires),
  })
  const qr = [
    person.personalNumber,
    person.oldNumber ?? '',
    person.fullName,
    dayFirst(person.birthDate, ''),
    person.sex === 'M' ? 'Nam' : 'Nữ',
    person.residence,
    dayFirst(person.issued, ''),
  ].join('|')
  return {
    invented: true,
    person,
    mrz,
    mrzFile: `${mrz.join('\n')}\n`,
    can: person.personalNumber.slice(-6),
    qr,
    qrSide: person.issued >= newLayoutFrom ? 'back' : 'front',
  }
}

/** Day, month and year of an ISO date. */
export function dayFirst(iso: string, between: string): string {
  return iso.split('-').reverse().join(between)
}

function shortDate(iso: string): string {
  return iso.slice(2).replaceAll('-', '')
}
