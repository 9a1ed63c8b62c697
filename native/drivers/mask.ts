/** What stands for a byte that is not shown. It begins no frame of any family, and is no text. */
export const filler = 0xaa

/** Replaces them all, in place; how many there were. */
export function hide(bytes: Uint8Array, by: number = filler): number {
  bytes.fill(by)
  return bytes.length
}

/** Upper case, as traces have it. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

/** Whether a person could read something in them: three printable characters in all, or one beyond ASCII. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length >= 3) return true
  return bytes.some((byte, at) => byte >= 0xc3 && byte < 0xf0 && ((bytes[at + 1] ?? 0) & 0xc0) === 0x80)
}

/** `[n]` for n bytes that are not shown, as native/chip/trace.ts has it. */
export function hidden(count: number): string {
  return `[${count}]`
}

/** The words that are there, with spaces between them. */
export function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}
