import { AppError } from '#domain/failure/index.ts'

/** `https://host[:port]/…` without a name, a password, a query or a fragment. Throws FIELD_FORMAT. */
export function readCentre(address: string): URL {
  const wrong = () => new AppError('FIELD_FORMAT', 'diagnostics.centre', { context: { field: 'centre' } })
  if (!URL.canParse(address)) throw wrong()
  const url = new URL(address)
  const { protocol, username, password, search, hash, hostname } = url
  if (protocol !== 'https:' || hostname === '' || username + password + search + hash !== '') throw wrong()
  return url
}
