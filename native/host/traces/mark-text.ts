const longestMark = 80

/** The words of a mark: no number of a person or a card, no control characters. */
export function markText(text: string): string {
  return text
    .slice(0, longestMark)
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\S*<\S*/gu, '…')
    .replace(/(?:\d[ .-]?){6,}/gu, '…')
    .trim()
}
