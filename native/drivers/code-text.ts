/** Longer than any code: a QR code of the largest size holds 7,089 digits. Bytes. */
export const longestCode = 8192

/**
 * The bytes of a code as text. What is not UTF-8 keeps each byte as one character, so that nothing is lost and the
 * domain can tell which of the older Vietnamese encodings it is.
 */
export function textOfCode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

/**
 * Keeps from telling the same code twice when a line or a scanner repeats itself. The same card shown again on purpose
 * takes longer than this.
 */
export function tellOnce(now: () => number, tell: (text: string) => void, withinMs = 700): (text: string) => void {
  let last: { readonly text: string; readonly at: number } | undefined
  return (text) => {
    const at = now()
    const repeated = last?.text === text && at - last.at < withinMs
    last = { text, at }
    if (!repeated) tell(text)
  }
}
