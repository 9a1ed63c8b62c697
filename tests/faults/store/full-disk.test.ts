import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createVault, openVault, vaultExists } from '#core/access/index.ts'
import { exportSealed, writeSealed } from '#core/outbox/index.ts'
import { openStore, type Store } from '#core/store/index.ts'
import {
  byOfficer,
  imageBytes,
  key,
  opened,
  storeIn,
  temporaryFolder,
  tickingClock,
} from '../../unit/core/store/fixtures.ts'
import { limitFileSize, smallDisk } from './small-disk.ts'

const mebibyte = 1 << 20

/** Takes all that is left of a disk. */
function fillUp(path: string): void {
  const file = openSync(path, 'w')
  for (const size of [65_536, 4096, 512, 1]) {
    try {
      for (;;) if (writeSync(file, new Uint8Array(size)) < size) break
      fsyncSync(file)
    } catch {
      continue
    }
  }
  closeSync(file)
}

const long = (n: number) => ({ type: 'abandoned', reason: `${n} ${'x'.repeat(20_000)}` }) as const

/** Appends until the disk takes no more; how many events were acknowledged. */
function appendUntilFull(store: Store): number {
  for (let acknowledged = 1; acknowledged < 2000; acknowledged++) {
    try {
      store.append('a', long(acknowledged), 'open', byOfficer)
    } catch (error) {
      expect(error).toMatchObject({ code: 'DISK_FULL', retriable: true })
      return acknowledged
    }
  }
  return expect.fail('the disk was never full')
}

async function survives(store: Store, folder: string, makeRoom: () => void): Promise<void> {
  const acknowledged = appendUntilFull(store)
  expect(acknowledged).toBeGreaterThan(3)
  expect(store.events('a')).toHaveLength(acknowledged)
  expect(store.verifyAudit().entries).toBe(acknowledged)
  await expect(store.putBlob(imageBytes('b', 600_000), 'image/png')).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(readdirSync(join(folder, 'blobs', 'drafts'))).toEqual([])

  makeRoom()
  store.append('a', long(0), 'open', byOfficer)
  const ref = await store.putBlob(imageBytes('b', 600_000), 'image/png')
  expect(store.events('a')).toHaveLength(acknowledged + 1)
  store.close()
  const again = storeIn(folder)
  expect(again.events('a')).toHaveLength(acknowledged + 1)
  expect(again.verifyAudit().entries).toBe(acknowledged + 1)
  expect((await again.getBlob(ref)).length).toBe(600_000)
}

test('on a full disk every act is refused whole, what was acknowledged stays, and work goes on when there is room', async (context) => {
  const folder = smallDisk(6 * mebibyte)
  if (folder === undefined) return context.skip('mounting a small file system is not allowed here')
  const ballast = join(folder, 'ballast')
  const store = storeIn(join(folder, 'data'))
  store.createDossier('a', opened(store), byOfficer)
  writeFileSync(ballast, new Uint8Array(3.5 * mebibyte))
  await survives(store, join(folder, 'data'), () => rmSync(ballast))
})

test('the same when the system refuses to let a file grow', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  store.createDossier('a', opened(store), byOfficer)
  onTestFinished(() => limitFileSize(undefined))
  limitFileSize(400_000)
  await survives(store, folder, () => limitFileSize(undefined))
})

test('a disk that is full from the start gives a clear refusal, and the same folder serves when there is room', async (context) => {
  const disk = smallDisk(mebibyte)
  if (disk === undefined) return context.skip('mounting a small file system is not allowed here')
  const folder = join(disk, 'data')
  fillUp(join(disk, 'ballast'))
  const passphrase = 'mười bảy con trâu'
  await expect(createVault({ folder, passphrase })).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(vaultExists(folder)).toBe(false)
  expect(() => openStore({ folder, key, clock: tickingClock() })).toThrow(
    expect.objectContaining({ code: 'DISK_FULL' }),
  )
  rmSync(join(disk, 'ballast'))
  const { key: made } = await createVault({ folder, passphrase })
  expect(await openVault({ folder, passphrase })).toEqual({ key: made })
  const store = openStore({ folder, key: made, clock: tickingClock() })
  onTestFinished(() => store.close())
  expect(store.nextDossierNumber('SL-0312')).toBe('SL-0312-000001')
})

test('a sealed file that does not fit leaves neither a part of itself nor a row', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  store.createDossier('a', opened(store), byOfficer)
  onTestFinished(() => limitFileSize(undefined))
  limitFileSize(100_000)
  const sealed = { folder, number: 'SL-0312-000001', bytes: imageBytes('sealed', 200_000) }
  await expect(writeSealed(sealed)).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(readdirSync(join(folder, 'sealed'))).toEqual([])
  limitFileSize(undefined)
  expect(await writeSealed(sealed)).toMatchObject({ file: 'sealed/SL-0312-000001.p7m', size: 200_000 })
})

test('an export to a stick that fills up keeps what arrived, and goes on from there on a larger one', async (context) => {
  const stick = smallDisk(256 * 1024)
  if (stick === undefined) return context.skip('mounting a small file system is not allowed here')
  const dataFolder = temporaryFolder()
  const store = storeIn(dataFolder)
  for (const id of ['a', 'b', 'c']) {
    const opening = opened(store)
    store.createDossier(id, opening, byOfficer)
    const sealed = await writeSealed({ folder: dataFolder, number: opening.number, bytes: imageBytes(id, 100_000) })
    store.append(id, { type: 'sealed', attempt: 's', ...sealed }, 'sealed', byOfficer, sealed)
  }
  const audit = { ...byOfficer, act: 'dossier.exported' }
  await expect(exportSealed({ store, dataFolder, folder: stick, audit })).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(readdirSync(stick).toSorted()).toEqual(['SL-0312-000001.p7m', 'SL-0312-000002.p7m', 'manifest.json'])
  const exported = () =>
    store
      .outbox()
      .filter(({ exportedAt }) => exportedAt !== undefined)
      .map(({ dossier }) => dossier)
  expect(exported()).toEqual(['a', 'b'])
  const manifest = JSON.parse(readFileSync(join(stick, 'manifest.json'), 'utf8')) as {
    files: { file: string; sha256: string }[]
  }
  for (const { file, sha256 } of manifest.files) {
    expect(
      createHash('sha256')
        .update(readFileSync(join(stick, file)))
        .digest('hex'),
    ).toBe(sha256)
  }
  expect(manifest.files).toHaveLength(2)
  rmSync(join(stick, 'SL-0312-000001.p7m'))
  const result = await exportSealed({
    store,
    dataFolder,
    folder: stick,
    audit,
    numbers: ['SL-0312-000002', 'SL-0312-000003'],
  })
  expect(result.alreadyThere.map(({ number }) => number)).toEqual(['SL-0312-000002'])
  expect(result.copied.map(({ number }) => number)).toEqual(['SL-0312-000003'])
  expect(exported()).toEqual(['a', 'b', 'c'])
})
