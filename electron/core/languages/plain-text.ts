/** As long as the contract lets a text be. */
const longest = 500
// Controls, separators of lines, embeddings, overrides and isolates (UAX #9), tags, and what no font may show.
const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}<>]/u

/**
 * A text that a screen may show as it is: NFC, on one line, not empty, at most 500 characters, no markup, nothing that
 * turns the order of what stands beside it. Khmer's zero-width space and the marks of direction are texts' own.
 */
export function isPlainText(text: string): boolean {
  return (
    text.length <= longest &&
    text.isWellFormed() &&
    text.normalize('NFC') === text &&
    text.trim() === text &&
    text !== '' &&
    !forbidden.test(text)
  )
}
