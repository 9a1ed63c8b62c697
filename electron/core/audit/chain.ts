import { createHash } from 'node:crypto'

/** What stands before the first link. */
export const chainStart = '0'.repeat(64)

/**
 * The one text of a JSON value: keys sorted by UTF-16 code units, no spaces, numbers and strings as ECMAScript's
 * JSON.stringify writes them (RFC 8785), absent members left out. Throws RangeError for NaN and infinities.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('no JSON for this number')
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

/** SHA-256, in hexadecimal, over the previous link, a line feed and the canonical text of the record, in UTF-8. */
export function chainHash(previousHash: string, canonicalText: string): string {
  return createHash('sha256').update(`${previousHash}\n${canonicalText}`, 'utf8').digest('hex')
}
