import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportSealed, writeSealed } from '#core/outbox/index.ts'
import { byOfficer, imageBytes, opened, person, storeIn, temporaryFolder } from '../../unit/core/store/fixtures.ts'

async function station(ids: readonly string[] = ['a', 'b'], code = 'SL-0312') {
  const dataFolder = temporaryFolder()
  const store = storeIn(dataFolder)
  for (const id of ids) {
    const opening = opened(store, code)
    store.createDossier(id, opening, byOfficer)
    const sealed = await writeSealed({
      folder: dataFolder,
      number: opening.number,
      bytes: imageBytes(`${dataFolder} ${id}`, 5000),
    })
    store.append(id, { type: 'sealed', attempt: 's', ...sealed }, 'sealed', byOfficer, sealed)
  }
  return { store, dataFolder, audit: { ...byOfficer, act: 'dossier.exported' } }
}

type Manifest = { files: { number: string; file: string; sha256: string; size: number }[] }
const manifestIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest

test('the folder gets every sealed file and a manifest of numbers, hashes and sizes, and the store remembers', async () => {
  const { store, dataFolder, audit } = await station()
  const folder = join(temporaryFolder(), 'stick', 'out')
  const progress: [number, number][] = []
  const result = await exportSealed({ store, dataFolder, folder, audit, onProgress: (...each) => progress.push(each) })
  expect(result).toMatchObject({ alreadyThere: [], damaged: [] })
  expect(progress).toEqual([
    [1, 2],
    [2, 2],
  ])
  expect(manifestIn(folder).files).toEqual(result.copied)
  const rows = store.outbox()
  expect(result.copied).toEqual(
    rows.map(({ number, sha256, size }) => ({ number, file: `${number}.p7m`, sha256, size })),
  )
  for (const { file, number } of rows)
    expect(readFileSync(join(folder, `${number}.p7m`)).equals(readFileSync(join(dataFolder, file)))).toBe(true)
  expect(rows.every(({ exportedAt }) => exportedAt !== undefined)).toBe(true)
  expect(store.events('a').at(-1)?.event).toMatchObject({ type: 'exported', sha256: rows[0]?.sha256 })
  expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).not.toContain(person.number)
})

test('a repeated export copies only what is missing and adds no event for what was there', async () => {
  const { store, dataFolder, audit } = await station()
  const folder = temporaryFolder()
  await exportSealed({ store, dataFolder, folder, audit })
  rmSync(join(folder, 'SL-0312-000002.p7m'))
  const result = await exportSealed({ store, dataFolder, folder, audit })
  expect([result.copied.length, result.alreadyThere.length]).toEqual([1, 1])
  expect(store.events('a').filter(({ event }) => event.type === 'exported')).toHaveLength(1)
  expect(store.events('b').filter(({ event }) => event.type === 'exported')).toHaveLength(2)
})

test("another station's files and manifest lines stay, even under the same number", async () => {
  const [one, two, same] = [await station(['a']), await station(['b'], 'DB-0007'), await station(['c'])]
  const folder = temporaryFolder()
  await exportSealed({ ...one, folder })
  const before = readFileSync(join(folder, 'SL-0312-000001.p7m'))
  await exportSealed({ ...two, folder })
  const { copied } = await exportSealed({ ...same, folder })
  expect(copied[0]?.file).toMatch(/^SL-0312-000001-[0-9a-f]{8}\.p7m$/u)
  expect(readFileSync(join(folder, 'SL-0312-000001.p7m')).equals(before)).toBe(true)
  expect(manifestIn(folder).files.map(({ file }) => file)).toEqual([
    'DB-0007-000001.p7m',
    copied[0]?.file,
    'SL-0312-000001.p7m',
  ])
  const again = await exportSealed({ ...same, folder })
  expect(again.alreadyThere).toEqual(copied)
})

test('a manifest that cannot be read is set aside', async () => {
  const one = await station(['a'])
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'manifest.json'), '{"files": [')
  await exportSealed({ ...one, folder })
  expect(readFileSync(join(folder, 'manifest.unreadable.json'), 'utf8')).toBe('{"files": [')
  expect(manifestIn(folder).files).toHaveLength(1)
})

test('a sealed file that was damaged on this disk is named and not handed out; the others are', async () => {
  const { store, dataFolder, audit } = await station()
  writeFileSync(join(dataFolder, 'sealed', 'SL-0312-000001.p7m'), 'damaged')
  const folder = temporaryFolder()
  const result = await exportSealed({ store, dataFolder, folder, audit })
  expect(result.damaged).toEqual(['SL-0312-000001'])
  expect(readdirSync(folder).toSorted()).toEqual(['SL-0312-000002.p7m', 'manifest.json'])
  expect(store.outbox().map(({ exportedAt }) => exportedAt !== undefined)).toEqual([false, true])
})

test('a folder that cannot be written to is an export failure and records nothing', async () => {
  const { store, dataFolder, audit } = await station(['a'])
  const folder = join(temporaryFolder(), 'file')
  writeFileSync(folder, 'no folder')
  await expect(exportSealed({ store, dataFolder, folder, audit })).rejects.toMatchObject({ code: 'EXPORT_FAILED' })
  const blocked = temporaryFolder()
  mkdirSync(join(blocked, 'manifest.json'))
  await expect(exportSealed({ store, dataFolder, folder: blocked, audit })).rejects.toMatchObject({
    code: 'EXPORT_FAILED',
  })
  expect(store.outbox()[0]?.exportedAt).toBeUndefined()
})

test('an export that is cancelled keeps what arrived and can be taken up again', async () => {
  const { store, dataFolder, audit } = await station(['a', 'b', 'c'])
  const folder = temporaryFolder()
  const controller = new AbortController()
  const exporting = exportSealed({
    store,
    dataFolder,
    folder,
    audit,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await expect(exporting).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(manifestIn(folder).files).toHaveLength(1)
  const result = await exportSealed({ store, dataFolder, folder, audit })
  expect([result.alreadyThere.length, result.copied.length]).toEqual([1, 2])
})

test('a number that is no file name is refused', async () => {
  const folder = temporaryFolder()
  for (const number of ['../evil', '', 'a/b', 'SL 1']) {
    await expect(writeSealed({ folder, number, bytes: new Uint8Array(1) })).rejects.toMatchObject({
      code: 'SEAL_FAILED',
    })
  }
  expect(readdirSync(folder)).toEqual([])
})
