const longest = 120
const longestPath = 400

/** A string that a device or a system says of a device: one line, nothing invisible, 120 characters. */
export function cleanText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value
    .slice(0, 20 * longest)
    .toWellFormed()
    // Controls, characters that turn the direction of writing, unassigned and private ones.
    .replace(/[\p{C}\p{Z}\uFFFD]+/gu, ' ')
    .trim()
  const cut = [...line.normalize('NFC')].slice(0, longest).join('').trim()
  return cut === '' ? undefined : cut
}

/** Four hexadecimal digits, lower case; undefined for anything else and for 0000, which says nothing. */
export function cleanId(value: unknown): string | undefined {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^(?:0x)?[0-9a-f]{1,4}$/iu.test(value)
        ? parseInt(value.replace(/^0x/iu, ''), 16)
        : 0
  if (!Number.isInteger(number) || number < 1 || number > 0xffff) return undefined
  return number.toString(16).padStart(4, '0')
}

/** A path or name under which the system opens something: taken whole or not at all. */
export function cleanPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > longestPath) return undefined
  return /\p{Cc}/u.test(value) || !value.isWellFormed() ? undefined : value
}

/** Leaves out what is not known. */
export function known<T extends Readonly<Record<string, unknown>>>(
  fields: T,
): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}
