import type { Notice } from '#contract/index.ts'

const mostLines = 20
const mostLetters = 500
// Not tidyText of names: Khmer and Arabic need some of what cannot be seen.
const forbidden = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u

/** UTF-8; the first line is the title. Throws when it is no such text or too long to be shown whole. */
export function readNoticeText(bytes: Uint8Array): Notice {
  const whole = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const lines = whole.split(/\r\n?|\n/u).map((line) => line.normalize('NFC').replace(/\s+/gu, ' ').trim())
  if (lines.some((line) => line.length > mostLetters || forbidden.test(line))) throw new RangeError('notice.text')
  const [title = '', ...rest] = lines
  const said = rest.filter((line) => line !== '')
  if (said.length > mostLines || title + said.join('') === '') throw new RangeError('notice.text')
  return { ...(title !== '' && { title }), lines: said }
}
