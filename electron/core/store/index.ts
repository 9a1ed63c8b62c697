export type { AuditEntry, AuditInput } from '#core/audit/index.ts'
export { openStore } from './open.ts'
export type { DossierRow, OutboxRow, SealedFile, Store, StoredEvent } from './types.ts'
