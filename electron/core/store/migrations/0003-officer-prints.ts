/**
 * Prints of this station's officers: to notice one among a citizen's, and to prove a second officer's approval.
 * Released: never edited again.
 */
export const sql = `
CREATE TABLE officer_print (
  badge TEXT NOT NULL,
  finger TEXT NOT NULL,
  name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  template BLOB NOT NULL,
  PRIMARY KEY (badge, finger)
) STRICT;
`
