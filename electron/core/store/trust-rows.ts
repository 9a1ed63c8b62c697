import type { Database } from 'better-sqlite3'
import type { NewTrustAnchor, TrustAnchorRow } from './types.ts'

type Row = Omit<TrustAnchorRow, 'validFrom' | 'validTo' | 'addedAt'> & {
  valid_from: string
  valid_to: string
  added_at: string
}

export function trustRows(db: Database) {
  const insert = db.prepare(
    `INSERT INTO trust_anchor (fingerprint, kind, country, subject, serial, valid_from, valid_to, added_at, der)
     VALUES (@fingerprint, @kind, @country, @subject, @serial, @validFrom, @validTo, @at, @der)
     ON CONFLICT (fingerprint) DO NOTHING`,
  )
  const all = db.prepare<[], Row>(
    'SELECT * FROM trust_anchor ORDER BY country, kind DESC, subject, valid_from, fingerprint',
  )

  return {
    /** How many are new. Must run inside a transaction of the caller. */
    add: (anchors: readonly NewTrustAnchor[], at: string): number =>
      anchors.reduce((count, anchor) => count + insert.run({ ...anchor, at }).changes, 0),
    list: (): readonly TrustAnchorRow[] =>
      all.all().map(({ valid_from, valid_to, added_at, ...row }) => ({
        ...row,
        validFrom: valid_from,
        validTo: valid_to,
        addedAt: added_at,
      })),
  }
}
