export { canonicalJson, chainHash, chainStart } from './chain.ts'
export { auditText, findAuditBreak, type AuditEntry, type AuditInput } from './entry.ts'
