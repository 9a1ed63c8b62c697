/** What stands for a byte that is not shown. It begins no frame of any family, and is no text. */
export const filler = 0xaa

/** Bytes of their own: a Buffer's `slice` is a view of what the driver is about to read. */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

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

/** Writes a number over the first four bytes of filler; 0 is the filler itself. */
export function mark(bytes: Uint8Array, variant: number): void {
  const plain = new DataView(new Uint8Array(4).fill(filler).buffer).getUint32(0)
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, (plain ^ variant) >>> 0)
}

/** Numbers different things, and the same thing always with the same number; forgets when there are too many. */
export function numbering(most = 256): (key: string | number) => number {
  const known = new Map<string | number, number>()
  return (key) => {
    const number = known.get(key) ?? known.size + 1
    if (known.size >= most) known.clear()
    known.set(key, number)
    return number
  }
}
