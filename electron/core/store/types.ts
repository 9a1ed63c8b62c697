import type { FingerPosition } from '#domain/biometrics/index.ts'
import type { BlobRef, DossierEvent, DossierStatus } from '#domain/enrolment/index.ts'
import type { AuditEntry, AuditInput } from '#core/audit/index.ts'

/** Shape of one event at rest. `hash` = SHA-256 over `previousHash`, a line feed and the canonical JSON of {n, at, event}. */
export type StoredEvent = {
  /** 1, 2, 3 … within its dossier. */
  readonly n: number
  /** ISO 8601 */
  readonly at: string
  readonly event: DossierEvent
  /** 64 zeros before the first. */
  readonly previousHash: string
  readonly hash: string
}

export type DossierRow = {
  readonly id: string
  readonly number: string
  readonly status: DossierStatus
  readonly openedAt: string
  readonly changedAt: string
}

/** A sealed file on this disk. `file` is relative to the data folder. */
export type SealedFile = { readonly file: string; readonly sha256: string; readonly size: number }

export type OutboxRow = SealedFile & {
  /** Id of the dossier. */
  readonly dossier: string
  readonly number: string
  readonly addedAt: string
  /** Last export whose copy was read back. */
  readonly exportedAt?: string
}

/** A certificate or revocation list to check chips by. */
export type NewTrustAnchor = {
  readonly kind: 'root' | 'link' | 'crl'
  /** SHA-256 of `der`, hexadecimal. */
  readonly fingerprint: string
  readonly country: string
  /** Of a list: who issued it. */
  readonly subject: string
  /** Empty for a list. */
  readonly serial: string
  /** ISO 8601; of a list its issue and, if announced, the next one. */
  readonly validFrom: string
  readonly validTo: string
  readonly der: Uint8Array
}

export type TrustAnchorRow = NewTrustAnchor & { readonly addedAt: string }

/** One finger of an officer of this station. `template` is an ISO/IEC 19794-2 finger minutiae record. */
export type OfficerPrintRow = {
  readonly badge: string
  readonly name: string
  readonly finger: FingerPosition
  readonly template: Uint8Array
  readonly addedAt: string
}

/**
 * All that must not be lost. Synchronous calls are on the disk when they return, putBlob when it resolves.
 * Throws DISK_FULL (nothing of the call was stored; the store stays usable), STORE_DAMAGED, DOSSIER_MISSING.
 */
export interface Store {
  /** `SL-0312-000147`; a number once given is never given again. */
  nextDossierNumber(stationCode: string): string
  /** The dossier's row, its first event and the audit entry in one transaction. */
  createDossier(id: string, opened: DossierEvent & { type: 'opened' }, audit: AuditInput): StoredEvent
  /** Event, status, audit entry and, if given, the outbox row in one transaction. */
  append(id: string, event: DossierEvent, status: DossierStatus, audit: AuditInput, outbox?: SealedFile): StoredEvent
  /** Oldest first. Checks the chain up to its recorded head: STORE_DAMAGED when an event is changed, missing or too many. */
  events(id: string): readonly StoredEvent[]
  /** Newest first. */
  dossiers(filter?: { readonly status?: readonly DossierStatus[] }): readonly DossierRow[]

  /** Text still being typed, kept apart from the events. */
  setDraft(id: string, field: string, text: string): void
  clearDraft(id: string, field: string): void
  drafts(id: string): Readonly<Record<string, string>>

  /** Resolves when the encrypted file, its name and its folder are on the disk. The same content twice is one file. */
  putBlob(bytes: Uint8Array, mediaType: string): Promise<BlobRef>
  /** The content, checked against its name and, when given, its SHA-256. BLOB_DAMAGED for any mismatch or a missing file. */
  getBlob(ref: { readonly name: string; readonly sha256?: string }): Promise<Uint8Array>

  setting(name: string): string | undefined
  setSetting(name: string, value: string): void
  /** Keys and the like; the same encryption as everything else, kept apart so that settings can be listed and shown. */
  secret(name: string): Uint8Array | undefined
  setSecret(name: string, bytes: Uint8Array): void

  /** Oldest first. */
  outbox(): readonly OutboxRow[]
  /** After the copy was read back: `exported` event, outbox row and audit entry in one transaction. Status does not change. */
  markExported(id: string, sha256: string, audit: AuditInput): StoredEvent

  /** By country, authorities first. */
  trustAnchors(): readonly TrustAnchorRow[]
  /** What is not there yet, and the audit entry, in one transaction. Gives how many were new. */
  addTrustAnchors(anchors: readonly NewTrustAnchor[], audit: AuditInput): number

  /** By badge and finger. */
  officerPrints(): readonly OfficerPrintRow[]
  /** Adds or replaces one finger, with the audit entry in one transaction. */
  putOfficerPrint(print: Omit<OfficerPrintRow, 'addedAt'>, audit: AuditInput): void
  removeOfficer(badge: string, audit: AuditInput): void

  /** An act that changes no dossier (opened the station, looked at a trace). `dossier` is an id. */
  recordAct(audit: AuditInput, dossier?: string): AuditEntry
  /** The last entries, oldest first. */
  auditTail(count: number): readonly AuditEntry[]
  /** STORE_DAMAGED, with the number of the entry, when an entry or an event it tells of was changed, lost or added. */
  verifyAudit(): { readonly entries: number; readonly head: string }

  /** Every page, index and reference, read anew from the disk; each counted up to a hundred. STORE_DAMAGED. */
  check(): { readonly damagedPlaces: number; readonly strayRows: number }

  close(): void
}
