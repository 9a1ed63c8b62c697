import type { Database } from 'better-sqlite3'
import {
  auditText,
  chainHash,
  chainStart,
  findAuditBreak,
  type AuditEntry,
  type AuditInput,
} from '#core/audit/index.ts'
import { AppError } from '#domain/failure/index.ts'

type Row = {
  n: number
  at: string
  actor: string
  window: AuditInput['window']
  act: string
  dossier: string | null
  event_n: number | null
  event_hash: string | null
  previous_hash: string
  hash: string
}

export type AuditRows = {
  /** Must run inside a transaction of the caller. */
  add(
    at: string,
    audit: AuditInput,
    dossier?: string,
    event?: { readonly n: number; readonly hash: string },
  ): AuditEntry
  tail(count: number): readonly AuditEntry[]
  verify(): { readonly entries: number; readonly head: string }
}

export function auditRows(db: Database): AuditRows {
  const last = db.prepare<[], { n: number; hash: string }>('SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1')
  const insert = db.prepare(
    `INSERT INTO audit (n, at, actor, window, act, dossier, event_n, event_hash, previous_hash, hash)
     VALUES (@n, @at, @actor, @window, @act, @dossier, @event_n, @event_hash, @previous_hash, @hash)`,
  )
  const newest = db.prepare<[number], Row>('SELECT * FROM audit ORDER BY n DESC LIMIT ?')
  const oldestFirst = db.prepare<[], Row>('SELECT * FROM audit ORDER BY n')
  // Each event has exactly one entry that tells of it, with the same hash.
  const untold = db.prepare<[], { count: number }>(
    `SELECT count(*) AS count FROM event LEFT JOIN audit
     ON audit.dossier = event.dossier AND audit.event_n = event.n AND audit.event_hash = event.hash WHERE audit.n IS NULL`,
  )
  const eventless = db.prepare<[], { n: number | null }>(
    `SELECT min(audit.n) AS n FROM audit LEFT JOIN event
     ON event.dossier = audit.dossier AND event.n = audit.event_n AND event.hash = audit.event_hash
     WHERE audit.event_n IS NOT NULL AND event.n IS NULL`,
  )

  return {
    add(at, audit, dossier, event) {
      const before = last.get() ?? { n: 0, hash: chainStart }
      const { actor, window, act } = audit
      const facts = {
        n: before.n + 1,
        at,
        actor,
        window,
        act,
        ...(dossier !== undefined && { dossier }),
        ...(event && { event }),
      }
      const entry = { ...facts, previousHash: before.hash, hash: chainHash(before.hash, auditText(facts)) }
      insert.run({
        n: entry.n,
        at,
        actor,
        window,
        act,
        dossier: dossier ?? null,
        event_n: event?.n ?? null,
        event_hash: event?.hash ?? null,
        previous_hash: entry.previousHash,
        hash: entry.hash,
      })
      return entry
    },
    tail: (count) => newest.all(count).map(toEntry).toReversed(),
    verify() {
      const broken = findAuditBreak(mapped(oldestFirst.iterate()))
      const entry = broken ?? eventless.get()?.n ?? (untold.get()?.count ? 0 : undefined)
      if (entry !== undefined) throw new AppError('STORE_DAMAGED', 'store.verifyAudit', { context: { entry } })
      const head = last.get()
      return { entries: head?.n ?? 0, head: head?.hash ?? chainStart }
    },
  }
}

function* mapped(rows: Iterable<Row>): Generator<AuditEntry> {
  for (const row of rows) yield toEntry(row)
}

function toEntry(row: Row): AuditEntry {
  const { n, at, actor, window, act, dossier, event_n, event_hash, previous_hash, hash } = row
  return {
    n,
    at,
    actor,
    window,
    act,
    ...(dossier !== null && { dossier }),
    ...(event_n !== null && event_hash !== null && { event: { n: event_n, hash: event_hash } }),
    previousHash: previous_hash,
    hash,
  }
}
