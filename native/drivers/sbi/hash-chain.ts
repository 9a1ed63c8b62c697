import { createHash } from 'node:crypto'

/** The hash before the first capture: SHA-256 of nothing. */
export const hashOfNothing = createHash('sha256').update('').digest('hex').toUpperCase()

/** The next link: SHA-256 over the previous hash and the hash of the record, both as bytes; hexadecimal, upper case. */
export function chainHash(previous: string, record: Uint8Array): string {
  const own = createHash('sha256').update(record).digest()
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(own).digest('hex').toUpperCase()
}
