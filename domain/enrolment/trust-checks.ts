/**
 * The steps of passive authentication (ICAO 9303-11 5.1) and the chip's own proofs (6), by the name under which one is reported as failed.
 * Their sentences: `trust.check.*` of the officer's words.
 */
export const trustChecks = [
  /** EF.SOD is missing or cannot be read. */
  'security-object',
  /** Signed attributes are missing, doubled or of another content. */
  'signed-attributes',
  /** The list of hashes is not the one that was signed. */
  'content-digest',
  /** An algorithm, curve or key that this program refuses or does not know. */
  'algorithm',
  /** The signature over the list of hashes does not hold. */
  'signature',
  /** A data group differs from its listed hash, or is not listed. */
  'group-hash',
  /** The document signer's certificate is nowhere to be found. */
  'signer-certificate',
  /** The signer's certificate is not for signing documents. */
  'signer-usage',
  /** The signer belongs to another country than the document or its authority. */
  'signer-country',
  /** No imported authority has issued the signer. */
  'anchor',
  /** The signature under the signer's certificate is not that of the authority it names. */
  'issuer-signature',
  'signer-validity',
  'anchor-validity',
  'signer-revoked',
  'anchor-revoked',
  /** The chip could not show that the keys signed for it are its own: a copy (ICAO 9303-11 6). */
  'chip-authentication',
  'active-authentication',
] as const

export type TrustCheck = (typeof trustChecks)[number]
