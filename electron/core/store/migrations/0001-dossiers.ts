/** Dossiers with their events, drafts, settings, secrets, counters, audit and outbox. Released: never edited again. */
export const sql = `
CREATE TABLE dossier (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  head_n INTEGER NOT NULL,
  head_hash TEXT NOT NULL
) STRICT;
CREATE INDEX dossier_by_status ON dossier (status, opened_at);

CREATE TABLE event (
  dossier TEXT NOT NULL REFERENCES dossier (id),
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (dossier, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are kept'); END;
CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are fixed'); END;

CREATE TABLE draft (
  dossier TEXT NOT NULL REFERENCES dossier (id),
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (dossier, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE secret (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (station TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  window TEXT NOT NULL,
  act TEXT NOT NULL,
  dossier TEXT,
  event_n INTEGER,
  event_hash TEXT,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit entries are kept'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit entries are fixed'); END;

CREATE TABLE outbox (
  dossier TEXT PRIMARY KEY REFERENCES dossier (id),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  exported_at TEXT
) STRICT, WITHOUT ROWID;
`
