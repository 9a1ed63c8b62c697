import { foldText } from '#domain/person/index.ts'
import type { Secret } from './personal.ts'

/** How a program or a device may have written a secret, each as text. */
export function plainForms(kind: Secret['kind'], value: string): readonly string[] {
  const composed = value.normalize('NFC')
  const bare = withoutMarks(composed)
  const forms = [composed, composed.normalize('NFD'), composed.toUpperCase(), composed.toLowerCase()]
  const plain = [bare, bare.toUpperCase(), bare.toLowerCase()]
  if (kind === 'number') return [...new Set([value, grouped(value)])]
  if (kind === 'name') return [...new Set([...forms, ...plain, mrzName(bare)])]
  return [...new Set([...forms, ...plain])]
}

export function byteForms(text: string): readonly Buffer[] {
  const wide = Buffer.from(text, 'utf16le')
  return [Buffer.from(text, 'utf8'), wide, Buffer.from(wide).swap16()]
}

/** `dd/MM/yyyy` as people and as programs write it; years and months alone name nobody. */
export function partialDates(value: string): readonly string[] {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(value) ?? []
  return year === undefined
    ? []
    : ['/', '-', '.'].map((mark) => [day, month, year].join(mark)).concat([year, month, day].join('-'))
}

/** `014 190 000 123` */
export function grouped(number: string): string {
  return (number.match(/.{1,3}/gu) ?? []).join(' ')
}

/** As in the third line of the machine readable zone (ICAO 9303-3 4.6). */
function mrzName(bare: string): string {
  const [surname = '', ...given] = foldText(bare).toUpperCase().split(' ')
  return `${surname}<<${given.join('<')}`
}

function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
}
