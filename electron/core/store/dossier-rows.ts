import type { Database } from 'better-sqlite3'
import { canonicalJson, chainHash, chainStart, type AuditInput } from '#core/audit/index.ts'
import type { DossierEvent, DossierStatus } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { AuditRows } from './audit-rows.ts'
import type { DossierRow, OutboxRow, SealedFile, StoredEvent } from './types.ts'

type Row = { id: string; number: string; status: DossierStatus; opened_at: string; changed_at: string }
type Head = { status: DossierStatus; head_n: number; head_hash: string }
type EventRow = { n: number; at: string; event: string; previous_hash: string; hash: string }
type SealedRow = {
  dossier: string
  number: string
  file: string
  sha256: string
  size: number
  added_at: string
  exported_at: string | null
}

/** The text of an event that is hashed into the chain. */
export function eventText(n: number, at: string, event: DossierEvent): string {
  return canonicalJson({ n, at, event })
}

/** Each function is to run inside a transaction when it writes. */
export function dossierRows(db: Database, audits: AuditRows) {
  const bump = db.prepare<[string], { last: number }>(
    `INSERT INTO counter (station, last) VALUES (?, 1)
     ON CONFLICT (station) DO UPDATE SET last = last + 1 RETURNING last`,
  )
  const insert = db.prepare('INSERT INTO dossier VALUES (@id, @number, @status, @at, @at, 0, @head)')
  const head = db.prepare<[string], Head>('SELECT status, head_n, head_hash FROM dossier WHERE id = ?')
  const insertEvent = db.prepare('INSERT INTO event VALUES (@id, @n, @at, @text, @previous, @hash)')
  const advance = db.prepare(
    'UPDATE dossier SET status = @status, changed_at = @at, head_n = @n, head_hash = @hash WHERE id = @id',
  )
  const eventsOf = db.prepare<[string], EventRow>(
    'SELECT n, at, event, previous_hash, hash FROM event WHERE dossier = ? ORDER BY n',
  )
  const list = db.prepare<[{ status: string | null }], Row>(
    `SELECT id, number, status, opened_at, changed_at FROM dossier
     WHERE @status IS NULL OR status IN (SELECT value FROM json_each(@status)) ORDER BY opened_at DESC, number DESC`,
  )
  const insertSealed = db.prepare(
    'INSERT INTO outbox (dossier, file, sha256, size, added_at) VALUES (@id, @file, @sha256, @size, @at)',
  )
  const setExported = db.prepare('UPDATE outbox SET exported_at = @at WHERE dossier = @id AND sha256 = @sha256')
  const sealedFiles = db.prepare<[], SealedRow>(
    'SELECT outbox.*, dossier.number FROM outbox JOIN dossier ON dossier.id = outbox.dossier ORDER BY added_at, number',
  )

  function headOf(id: string, step: string): Head {
    const found = head.get(id)
    if (!found) throw new AppError('DOSSIER_MISSING', step)
    return found
  }

  function append(id: string, event: DossierEvent, status: DossierStatus, audit: AuditInput, at: string): StoredEvent {
    const { head_n, head_hash } = headOf(id, 'store.append')
    const n = head_n + 1
    const hash = chainHash(head_hash, eventText(n, at, event))
    insertEvent.run({ id, n, at, text: canonicalJson(event), previous: head_hash, hash })
    advance.run({ id, status, at, n, hash })
    audits.add(at, audit, id, { n, hash })
    return { n, at, event, previousHash: head_hash, hash }
  }

  return {
    nextNumber(stationCode: string): string {
      const count = bump.get(stationCode)?.last ?? 0
      return `${stationCode}-${String(count).padStart(6, '0')}`
    },
    create(id: string, opened: DossierEvent & { type: 'opened' }, audit: AuditInput, at: string): StoredEvent {
      insert.run({ id, number: opened.number, status: 'open', at, head: chainStart })
      return append(id, opened, 'open', audit, at)
    },
    append,
    addSealed: (id: string, { file, sha256, size }: SealedFile, at: string) =>
      insertSealed.run({ id, file, sha256, size, at }),
    exported(id: string, sha256: string, audit: AuditInput, at: string): StoredEvent {
      const { status } = headOf(id, 'store.markExported')
      const { changes } = setExported.run({ id, sha256, at })
      if (changes !== 1) throw new AppError('EVENT_NOT_ALLOWED', 'store.markExported', { context: { status } })
      return append(id, { type: 'exported', sha256 }, status, audit, at)
    },
    events(id: string): readonly StoredEvent[] {
      const { head_n, head_hash } = headOf(id, 'store.events')
      let previous = chainStart
      const damaged = (n: number) => new AppError('STORE_DAMAGED', 'store.events', { context: { event: n } })
      const stored = eventsOf.all(id).map((row, index): StoredEvent => {
        const n = index + 1
        if (row.n !== n || row.previous_hash !== previous) throw damaged(n)
        const event = parse(row.event)
        if (!event || row.hash !== chainHash(previous, eventText(n, row.at, event))) throw damaged(n)
        previous = row.hash
        return { n, at: row.at, event, previousHash: row.previous_hash, hash: row.hash }
      })
      if (stored.length !== head_n || previous !== head_hash) throw damaged(stored.length + 1)
      return stored
    },
    list(status?: readonly DossierStatus[]): readonly DossierRow[] {
      const rows = list.all({ status: status ? JSON.stringify(status) : null })
      return rows.map(({ id, number, status: now, opened_at, changed_at }) => {
        return { id, number, status: now, openedAt: opened_at, changedAt: changed_at }
      })
    },
    outbox(): readonly OutboxRow[] {
      return sealedFiles.all().map(({ added_at, exported_at, ...row }) => {
        return { ...row, addedAt: added_at, ...(exported_at !== null && { exportedAt: exported_at }) }
      })
    },
  }
}

function parse(text: string): DossierEvent | undefined {
  try {
    return JSON.parse(text) as DossierEvent
  } catch {
    return undefined
  }
}
