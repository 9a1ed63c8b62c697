import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#core/store/database.ts'
import { migrations } from '#core/store/migrations/index.ts'
import { openStore, type Store } from '#core/store/index.ts'
import { importTrust, listTrust, stationAnchors } from '#core/trust/index.ts'
import type { HostCallName, HostCalls } from '#native/capability/host.ts'
import { judgeSod, parseTrustFile } from '#native/chip/trust/index.ts'
import { issueCrl, issueLink, issueSigner, makeAuthority, signSod, toLdif } from '#native/sim/chip/issuer/index.ts'
import { groups, now } from './groups.ts'

const key = createHash('sha256').update('invented key').digest()
const clock = () => now
const kind = { type: 'ec', curve: 'P-256' } as const
const csca = makeAuthority({ seed: 'csca', kind })
const link = issueLink(csca, makeAuthority({ seed: 'renewed', kind, commonName: 'invented test CSCA 2' }))
const signer = issueSigner(csca, { seed: 'one', kind })
const by = { actor: 'technician', window: 'technician' } as const

/** A host that reads trust files here instead of in its own process. */
const host = {
  async call<Name extends HostCallName>(name: Name, input: HostCalls[Name]['input']): Promise<never> {
    expect(name).toBe('trust.parse')
    const { file, anchors } = input as HostCalls['trust.parse']['input']
    return parseTrustFile(file, { anchors, at: now }) as never
  },
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trust-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function openIn(folder: string): Store {
  const store = openStore({ folder, key, clock })
  onTestFinished(() => store.close())
  return store
}

describe('an import', () => {
  test('adds the anchors of a file with an entry in the audit chain, and they verify a chip from then on', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    const sod = signSod(signer, groups)
    const judged = (from: Store) => judgeSod({ sod, groups, anchors: stationAnchors(from), at: now }).trust
    expect(judged(store)).toBe('no-trust-anchor')
    expect(await importTrust(csca.certificate, { store, host, ...by })).toMatchObject({
      from: 'certificate',
      added: 1,
      known: 0,
      anchors: [{ kind: 'root', country: 'VN', subject: 'C=VN, CN=invented test CSCA', serial: '1' }],
    })
    expect(judged(store)).toBe('verified')
    const sha256 = createHash('sha256').update(csca.certificate).digest('hex')
    expect(store.auditTail(1)).toMatchObject([{ actor: 'technician', act: `trust.imported:${sha256}` }])
    expect(store.verifyAudit().entries).toBe(1)
    store.close()

    const again = openIn(folder)
    expect(judged(again)).toBe('verified')
    expect(await importTrust(issueCrl(csca, [2]), { store: again, host, ...by })).toMatchObject({
      from: 'crl',
      added: 1,
    })
    expect(judged(again)).toBe('expired-or-revoked')
  })

  test('of what is there already adds nothing, and is told all the same', async () => {
    const store = openIn(temporaryFolder())
    await importTrust(csca.certificate, { store, host, ...by })
    expect(await importTrust(csca.certificate, { store, host, ...by })).toMatchObject({ added: 0, known: 1 })
    expect(store.trustAnchors()).toHaveLength(1)
    expect(store.verifyAudit().entries).toBe(2)
  })

  test('leaves document signers out', async () => {
    const store = openIn(temporaryFolder())
    const ldif = Buffer.from(toLdif({ signers: [signer.certificate], crls: [issueCrl(csca, [])] }))
    expect(await importTrust(ldif, { store, host, ...by })).toMatchObject({ added: 1, signers: 1 })
    await expect(importTrust(signer.certificate, { store, host, ...by })).rejects.toMatchObject({
      code: 'CERTIFICATE_UNREADABLE',
    })
    expect(listTrust(store).map((row) => row.kind)).toEqual(['crl'])
  })

  test('of an unreadable file changes neither anchors nor audit', async () => {
    const store = openIn(temporaryFolder())
    await expect(importTrust(Buffer.from('hello'), { store, host, ...by })).rejects.toMatchObject({
      code: 'CERTIFICATE_UNREADABLE',
    })
    expect(store.trustAnchors()).toEqual([])
    expect(store.auditTail(9)).toEqual([])
  })
})

test('the list gives what a person compares, authorities before links before revocation lists, and no bytes', async () => {
  const store = openIn(temporaryFolder())
  for (const file of [issueCrl(csca, [9]), link, csca.certificate]) await importTrust(file, { store, host, ...by })
  expect(listTrust(store)).toEqual([
    {
      kind: 'root',
      fingerprint: createHash('sha256').update(csca.certificate).digest('hex'),
      country: 'VN',
      subject: 'C=VN, CN=invented test CSCA',
      serial: '1',
      validFrom: '2021-01-01T00:00:00.000Z',
      validTo: '2041-01-01T00:00:00.000Z',
      addedAt: now.toISOString(),
    },
    expect.objectContaining({ kind: 'link', subject: 'C=VN, CN=invented test CSCA 2' }),
    expect.objectContaining({ kind: 'crl', subject: 'C=VN, CN=invented test CSCA', serial: '' }),
  ])
})

test('a store of version 1 with a dossier and its audit is brought to anchors, with a backup before', async () => {
  const folder = temporaryFolder()
  const old = openDatabase(folder, key, migrations.slice(0, 1))
  old.exec(`INSERT INTO setting VALUES ('station.code', 'SL-0312')`)
  old.exec(`INSERT INTO counter VALUES ('SL-0312', 7)`)
  expect(old.pragma('user_version', { simple: true })).toBe(1)
  expect(() => old.prepare('SELECT * FROM trust_anchor')).toThrow('no such table')
  old.close()

  const store = openIn(folder)
  expect(existsSync(join(folder, 'backups', 'store-v1.db'))).toBe(true)
  expect(store.setting('station.code')).toBe('SL-0312')
  expect(store.nextDossierNumber('SL-0312')).toBe('SL-0312-000008')
  expect(store.trustAnchors()).toEqual([])
  await importTrust(csca.certificate, { store, host, ...by })
  expect(store.trustAnchors()).toHaveLength(1)
})

test('a fresh store needs no backup', () => {
  const folder = temporaryFolder()
  openIn(folder)
  expect(existsSync(join(folder, 'store.db'))).toBe(true)
  expect(existsSync(join(folder, 'backups'))).toBe(false)
})
