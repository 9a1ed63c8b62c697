import { join } from 'node:path'
import { auditRows } from './audit-rows.ts'
import { openBlobs } from './blobs.ts'
import { checkDatabase, openDatabase } from './database.ts'
import { asStoreError } from './disk-errors.ts'
import { dossierRows } from './dossier-rows.ts'
import { sweepTemporaries } from './durable-file.ts'
import { migrations } from './migrations/index.ts'
import { officerRows } from './officer-rows.ts'
import { requireProfile, type Profile } from './profile.ts'
import { trustRows } from './trust-rows.ts'
import type { Store } from './types.ts'

/**
 * Opens, or makes, the store in a data folder. `key` is the 32 bytes that the vault gave.
 * Throws STORE_IN_USE (another program has it), OTHER_PROFILE (nothing was written then), STORE_FROM_FUTURE, STORE_DAMAGED (also for another store's key), DISK_FULL.
 */
export function openStore(options: {
  folder: string
  key: Uint8Array
  clock: () => Date
  /** That of a station unless said otherwise. */
  profile?: Profile
}): Store {
  const { folder, key, clock, profile = 'station' } = options
  const db = openDatabase(folder, key, migrations, (opened) => requireProfile(opened, profile))
  for (const each of ['.', 'blobs/drafts', 'sealed']) sweepTemporaries(join(folder, each))
  const blobs = openBlobs(join(folder, 'blobs'), key)
  const audits = auditRows(db)
  const dossiers = dossierRows(db, audits)
  const trust = trustRows(db)
  const officers = officerRows(db)

  const setDraft = db.prepare(
    'INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT (dossier, field) DO UPDATE SET text = excluded.text',
  )
  const clearDraft = db.prepare('DELETE FROM draft WHERE dossier = ? AND field = ?')
  const drafts = db.prepare<[string], { field: string; text: string }>(
    'SELECT field, text FROM draft WHERE dossier = ? ORDER BY field',
  )
  const setting = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?')
  const setSetting = db.prepare(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const secret = db.prepare<[string], { bytes: Buffer }>('SELECT bytes FROM secret WHERE name = ?')
  const setSecret = db.prepare(
    'INSERT INTO secret VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes',
  )

  function read<T>(act: string, query: () => T): T {
    try {
      return query()
    } catch (error) {
      throw asStoreError(error, `store.${act}`)
    }
  }

  /** One transaction; rolled back whole when anything in it fails. */
  const write = <T>(act: string, statements: (at: string) => T): T =>
    read(act, () => db.transaction(() => statements(clock().toISOString())).immediate())

  return {
    nextDossierNumber: (stationCode) => write('nextDossierNumber', () => dossiers.nextNumber(stationCode)),
    createDossier: (id, opened, audit) => write('createDossier', (at) => dossiers.create(id, opened, audit, at)),
    append: (id, event, status, audit, outbox) =>
      write('append', (at) => {
        const stored = dossiers.append(id, event, status, audit, at)
        if (outbox) dossiers.addSealed(id, outbox, at)
        return stored
      }),
    events: (id) => read('events', () => dossiers.events(id)),
    dossiers: (filter) => read('dossiers', () => dossiers.list(filter?.status)),

    setDraft: (id, field, text) => void write('setDraft', () => setDraft.run(id, field, text)),
    clearDraft: (id, field) => void write('clearDraft', () => clearDraft.run(id, field)),
    drafts: (id) => read('drafts', () => Object.fromEntries(drafts.all(id).map(({ field, text }) => [field, text]))),

    putBlob: blobs.put,
    getBlob: blobs.get,

    setting: (name) => read('setting', () => setting.get(name)?.value),
    setSetting: (name, value) => void write('setSetting', () => setSetting.run(name, value)),
    secret: (name) => read('secret', () => secret.get(name)?.bytes),
    setSecret: (name, bytes) => void write('setSecret', () => setSecret.run(name, bytes)),

    outbox: () => read('outbox', () => dossiers.outbox()),
    markExported: (id, sha256, audit) => write('markExported', (at) => dossiers.exported(id, sha256, audit, at)),

    trustAnchors: () => read('trustAnchors', () => trust.list()),
    addTrustAnchors: (anchors, audit) =>
      write('addTrustAnchors', (at) => {
        audits.add(at, audit)
        return trust.add(anchors, at)
      }),

    officerPrints: () => read('officerPrints', () => officers.list()),
    putOfficerPrint: (print, audit) =>
      write('putOfficerPrint', (at) => {
        audits.add(at, audit)
        officers.put(print, at)
      }),
    removeOfficer: (badge, audit) =>
      write('removeOfficer', (at) => {
        audits.add(at, audit)
        officers.remove(badge)
      }),

    recordAct: (audit, dossier) => write('recordAct', (at) => audits.add(at, audit, dossier)),
    auditTail: (count) => read('auditTail', () => audits.tail(count)),
    verifyAudit: () => read('verifyAudit', () => audits.verify()),

    check: () => read('check', () => checkDatabase(db)),

    close: () => void db.close(),
  }
}
