/** Text as it is stored: NFC, no control characters, nothing invisible inside a word, single spaces, none at the ends. */
export function tidyText(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .normalize('NFC')
    .trim()
}

/**
 * Key for comparing and searching: no marks, đ as d, lower case. The placing of a tone mark (hoà, hòa) does not matter.
 * `Intl.Collator` cannot do this: at base sensitivity for Vietnamese it still tells ò from o.
 */
export function foldText(text: string): string {
  return tidyText(text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd'))
}

const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/gu

/** Marks that make another letter stay (ô, ơ, ă); the tone is moved to the end of its word, so its place is lost. */
export function withTonesAtWordEnd(text: string): string {
  return tidyText(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\S+/gu, (word) => word.replace(toneMarks, '') + (word.match(toneMarks) ?? []).join(''))
}

/** How two values of one field relate, from equal to different. */
export type TextRelation = 'same' | 'case' | 'tone-placement' | 'diacritics' | 'different'

export function relateTexts(a: string, b: string): TextRelation {
  const left = tidyText(a)
  const right = tidyText(b)
  if (left === right) return 'same'
  if (left.toLowerCase() === right.toLowerCase()) return 'case'
  if (withTonesAtWordEnd(left) === withTonesAtWordEnd(right)) return 'tone-placement'
  if (foldText(left) === foldText(right)) return 'diacritics'
  return 'different'
}

/** The part of `text` that differs from `other`, as offsets in code units; undefined when they are equal. */
export function differingSpan(text: string, other: string): { start: number; end: number } | undefined {
  const a = [...text]
  const b = [...other]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  if (start === a.length && start === b.length) return undefined
  return { start: a.slice(0, start).join('').length, end: a.slice(0, endA).join('').length }
}
