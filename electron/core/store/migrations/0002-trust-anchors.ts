/**
 * What the technician imported to check chips by: authorities, their link certificates and revocation lists, by the
 * SHA-256 of each. Of a list `subject` is who issued it. Released: never edited again.
 */
export const sql = `
CREATE TABLE trust_anchor (
  fingerprint TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('root', 'link', 'crl')),
  country TEXT NOT NULL,
  subject TEXT NOT NULL,
  serial TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  added_at TEXT NOT NULL,
  der BLOB NOT NULL
) STRICT;
`
