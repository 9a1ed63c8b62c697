import { canonicalJson, chainHash, chainStart } from './chain.ts'

/**
 * Who did what from which window. `act` is a fixed word such as `dossier.sealed`, or one with the
 * SHA-256 of an imported file behind it; never contents.
 */
export type AuditInput = {
  readonly actor: string
  readonly window: 'officer' | 'citizen' | 'technician' | 'program'
  readonly act: string
}

/** An entry as stored. An entry about an event carries its number and hash, so that a lost event is missed. */
export type AuditEntry = AuditInput & {
  /** 1, 2, 3 … */
  readonly n: number
  /** ISO 8601 */
  readonly at: string
  /** Id of the dossier, when the act concerns one. */
  readonly dossier?: string
  readonly event?: { readonly n: number; readonly hash: string }
  readonly previousHash: string
  readonly hash: string
}

/** The text that is hashed: the entry without its two hashes. */
export function auditText(entry: Omit<AuditEntry, 'previousHash' | 'hash'>): string {
  const { n, at, actor, window, act, dossier, event } = entry
  return canonicalJson({ n, at, actor, window, act, dossier, event })
}

/** The number of the first entry that does not continue the chain, or undefined when all do. */
export function findAuditBreak(entries: Iterable<AuditEntry>): number | undefined {
  let previous = chainStart
  let n = 0
  for (const entry of entries) {
    n++
    if (entry.n !== n || entry.previousHash !== previous) return n
    if (entry.hash !== chainHash(previous, auditText(entry))) return n
    previous = entry.hash
  }
  return undefined
}
