import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { canonicalJson, chainHash } from '#core/audit/index.ts'
import { byOfficer, opened, storeFullDossier, storeIn, temporaryFolder } from './fixtures.ts'

describe('numbers', () => {
  test('each station counts its dossiers by itself, without a gap, also after a restart', () => {
    const folder = temporaryFolder()
    const store = storeIn(folder)
    expect(store.nextDossierNumber('SL-0312')).toBe('SL-0312-000001')
    expect(store.nextDossierNumber('SL-0312')).toBe('SL-0312-000002')
    expect(store.nextDossierNumber('DB-0007')).toBe('DB-0007-000001')
    store.close()
    expect(storeIn(folder).nextDossierNumber('SL-0312')).toBe('SL-0312-000003')
  })
})

describe('events', () => {
  test('events come back as they were stored, each linked to the one before by the documented rule', () => {
    const store = storeIn(temporaryFolder())
    const first = store.createDossier('a', opened(store), byOfficer)
    const second = store.append('a', { type: 'declared', field: 'fullName', value: 'Lò Thị Mẫu' }, 'open', byOfficer)
    const events = store.events('a')
    expect(events).toEqual([first, second])
    expect(first.previousHash).toBe('0'.repeat(64))
    expect(second.previousHash).toBe(first.hash)
    const { n, at, event } = second
    expect(second.hash).toBe(chainHash(first.hash, canonicalJson({ n, at, event })))
  })

  test('events of one dossier do not appear in another', () => {
    const store = storeIn(temporaryFolder())
    store.createDossier('a', opened(store), byOfficer)
    store.createDossier('b', opened(store), byOfficer)
    store.append('b', { type: 'compared' }, 'open', byOfficer)
    expect(store.events('a').map(({ event }) => event.type)).toEqual(['opened'])
    expect(store.events('b').map(({ event }) => event.type)).toEqual(['opened', 'compared'])
  })

  test('a dossier that does not exist takes no event and leaves no audit entry', () => {
    const store = storeIn(temporaryFolder())
    expect(() => store.append('nobody', { type: 'compared' }, 'open', byOfficer)).toThrow('DOSSIER_MISSING')
    expect(() => store.events('nobody')).toThrow('DOSSIER_MISSING')
    expect(() => store.setDraft('nobody', 'fullName', 'x')).toThrow('DOSSIER_MISSING')
    expect(store.auditTail(10)).toEqual([])
  })

  test('the list shows the newest first and filters by status', () => {
    const store = storeIn(temporaryFolder())
    store.createDossier('a', opened(store), byOfficer)
    store.createDossier('b', opened(store), byOfficer)
    store.append('a', { type: 'abandoned', reason: 'went home' }, 'abandoned', byOfficer)
    expect(store.dossiers().map(({ id, status }) => [id, status])).toEqual([
      ['b', 'open'],
      ['a', 'abandoned'],
    ])
    expect(store.dossiers({ status: ['open', 'sealing'] }).map(({ id }) => id)).toEqual(['b'])
    const [a] = store.dossiers({ status: ['abandoned'] })
    expect(a?.number).toBe('SL-0312-000001')
    expect(Date.parse(a?.changedAt ?? '')).toBeGreaterThan(Date.parse(a?.openedAt ?? ''))
  })

  test('a status that the store refuses takes back the event, the audit entry and the outbox row', () => {
    const store = storeIn(temporaryFolder())
    store.createDossier('a', opened(store), byOfficer)
    const sealed = { file: 'sealed/x.p7m', sha256: 'ab', size: 2 }
    const event = { type: 'sealed', attempt: 's', ...sealed } as const
    store.append('a', event, 'sealed', byOfficer, sealed)
    expect(() => store.append('a', event, 'sealed', byOfficer, sealed)).toThrow()
    expect(store.events('a')).toHaveLength(2)
    expect(store.auditTail(10)).toHaveLength(2)
    expect(store.outbox()).toHaveLength(1)
  })
})

describe('drafts, settings, secrets', () => {
  test('the last text of each field is kept until it is cleared', () => {
    const folder = temporaryFolder()
    const store = storeIn(folder)
    store.createDossier('a', opened(store), byOfficer)
    store.setDraft('a', 'fullName', 'Lò')
    store.setDraft('a', 'fullName', 'Lò Thị')
    store.setDraft('a', '__proto__', 'x')
    store.close()
    const again = storeIn(folder)
    expect(Object.entries(again.drafts('a'))).toEqual([
      ['__proto__', 'x'],
      ['fullName', 'Lò Thị'],
    ])
    again.clearDraft('a', 'fullName')
    expect(Object.keys(again.drafts('a'))).toEqual(['__proto__'])
  })

  test('a setting and a secret are replaced, and an unknown one is absent', () => {
    const store = storeIn(temporaryFolder())
    expect(store.setting('station')).toBeUndefined()
    expect(store.secret('key')).toBeUndefined()
    store.setSetting('station', 'A')
    store.setSetting('station', 'B')
    store.setSecret('key', new Uint8Array([1, 2]))
    expect(store.setting('station')).toBe('B')
    expect([...(store.secret('key') ?? [])]).toEqual([1, 2])
  })
})

describe('captures', () => {
  test('the same picture twice is one file, and another media type is another', async () => {
    const folder = temporaryFolder()
    const store = storeIn(folder)
    const bytes = new Uint8Array([1, 2, 3])
    const first = await store.putBlob(bytes, 'image/png')
    expect(await store.putBlob(bytes, 'image/png')).toEqual(first)
    const other = await store.putBlob(bytes, 'image/jpeg')
    expect(other.name).not.toBe(first.name)
    expect(other.sha256).toBe(first.sha256)
    const files = readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    )
    expect(files).toHaveLength(2)
    expect([...(await store.getBlob(first))]).toEqual([1, 2, 3])
  })

  test('an empty and a large picture come back whole', async () => {
    const store = storeIn(temporaryFolder())
    const large = new Uint8Array(3_000_000).map((_, index) => index % 251)
    for (const bytes of [new Uint8Array(0), large]) {
      const ref = await store.putBlob(bytes, 'image/png')
      expect(ref.size).toBe(bytes.length)
      expect(Buffer.compare(await store.getBlob(ref), bytes)).toBe(0)
    }
  })

  test('a name that is no name, or a hash that is another, is refused', async () => {
    const store = storeIn(temporaryFolder())
    const ref = await store.putBlob(new Uint8Array([1]), 'image/png')
    await expect(store.getBlob({ name: '../store.db' })).rejects.toThrow('BLOB_DAMAGED')
    await expect(store.getBlob({ name: 'ab'.repeat(32) })).rejects.toThrow('BLOB_DAMAGED')
    await expect(store.getBlob({ name: ref.name, sha256: 'ab'.repeat(32) })).rejects.toThrow('BLOB_DAMAGED')
  })

  test('files are readable by their owner only', async () => {
    const folder = join(temporaryFolder(), 'data')
    const { name } = await storeIn(folder).putBlob(new Uint8Array([1]), 'image/png')
    expect(statSync(folder).mode & 0o077).toBe(0)
    expect(statSync(join(folder, 'blobs', name.slice(0, 2), `${name}.blob`)).mode & 0o077).toBe(0)
  })
})

describe('audit', () => {
  test('every event has its entry, linked to the one before, and the whole verifies', async () => {
    const store = storeIn(temporaryFolder())
    store.recordAct({ actor: 'program', window: 'program', act: 'station.opened' })
    const { id } = await storeFullDossier(store)
    const events = store.events(id)
    const { entries, head } = store.verifyAudit()
    expect(entries).toBe(events.length + 1)
    const tail = store.auditTail(events.length)
    expect(tail.map(({ event }) => event)).toEqual(events.map(({ n, hash }) => ({ n, hash })))
    expect(tail.at(-1)).toMatchObject({ hash: head, act: 'dossier.sealRequested', dossier: id, window: 'officer' })
  })
})

describe('outbox', () => {
  test('an export is an event, an audit entry and a date in the outbox, and leaves the status', () => {
    const store = storeIn(temporaryFolder())
    store.createDossier('a', opened(store), byOfficer)
    expect(() => store.markExported('a', 'ab', byOfficer)).toThrow('EVENT_NOT_ALLOWED')
    const sealed = { file: 'sealed/SL-0312-000001.p7m', sha256: 'ab', size: 2 }
    store.append('a', { type: 'sealed', attempt: 's', ...sealed }, 'sealed', byOfficer, sealed)
    expect(store.outbox()).toMatchObject([{ dossier: 'a', number: 'SL-0312-000001', ...sealed }])
    expect(store.outbox()[0]?.exportedAt).toBeUndefined()
    expect(() => store.markExported('a', 'cd', byOfficer)).toThrow('EVENT_NOT_ALLOWED')
    const stored = store.markExported('a', 'ab', byOfficer)
    expect(stored.event).toEqual({ type: 'exported', sha256: 'ab' })
    expect(store.outbox()[0]?.exportedAt).toBe(stored.at)
    expect(store.dossiers()[0]?.status).toBe('sealed')
    expect(store.events('a')).toHaveLength(3)
  })
})
