import { expect, test } from 'vitest'
import { isPlainText } from '#core/languages/plain-text.ts'

test.each([
  'Xin chào.',
  'ꪎꪲ꪿ꪉ ꪹꪎ꪿ꪱ',
  'Nyob zoo.',
  'សូម​អង្គុយ', // with the zero-width space that Khmer sets between words
  'שלום',
  'ngày 5/3, 100 %, A & B, "được"',
  'x'.repeat(500),
])('%j may be shown', (text) => {
  expect(isPlainText(text)).toBe(true)
})

test.each([
  ['nothing', ''],
  ['blanks alone', '   '],
  ['a blank at the end', 'Xin chào. '],
  ['a script', '<script>alert(1)</script>'],
  ['an open tag', 'Xin <b chào'],
  ['a closing mark', 'a > b'],
  ['a line feed', 'một\nhai'],
  ['a null', 'một\0'],
  ['an escape', '\u001B[2J'],
  ['a line separator', 'một\u2028hai'],
  ['an override of direction', 'Đúng \u202Eias\u202C'],
  ['an isolate', '\u2067Đúng\u2069'],
  ['letters that are not composed', 'Đúng'.normalize('NFD')],
  ['half a pair', 'a\uD800'],
  ['a private letter', '\uE000'],
  ['invisible tags', 'Đúng\u{E0041}'],
  ['501 letters', 'x'.repeat(501)],
])('%s may not be shown', (_, text) => {
  expect(isPlainText(text)).toBe(false)
})
