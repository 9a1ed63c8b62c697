export type { AuditEntry, AuditInput } from '#core/audit/index.ts'
export { openStore } from './open.ts'
export { profileSetting, trainingCode, type Profile } from './profile.ts'
export type {
  DossierRow,
  NewTrustAnchor,
  OfficerPrintRow,
  OutboxRow,
  SealedFile,
  Store,
  StoredEvent,
  TrustAnchorRow,
} from './types.ts'
