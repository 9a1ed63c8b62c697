const longestMark = 80

/** The words of a mark: no number of a person or a card, nothing invisible. */
export function markText(text: string): string {
  return text
    .slice(0, longestMark)
    .replace(/[\p{C}\u2028\u2029]/gu, ' ')
    .replace(/\S*<\S*/gu, '…')
    .replace(/(?:\d[ .-]?){6,}/gu, '…')
    .trim()
}
