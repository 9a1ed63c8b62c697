import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { foldEvents } from '#domain/enrolment/index.ts'
import { openDatabase } from '#core/store/database.ts'
import { migrations } from '#core/store/migrations/index.ts'
import { writeSealed } from '#core/outbox/index.ts'
import { imageBytes, key, person, storeFullDossier, storeIn, temporaryFolder } from '../../unit/core/store/fixtures.ts'
import { prepareDossier, sealInto } from '../../conformance/seal/sealing.ts'
import { killWriter } from './killed.ts'

function filesUnder(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile())
}

/** Every text in every form in which a program might have written it. */
const texts = [person.name, person.name.toUpperCase(), person.number, person.residence].flatMap((text) =>
  ['NFC', 'NFD'].flatMap((form) => {
    const utf16 = Buffer.from(text.normalize(form), 'utf16le')
    return [Buffer.from(text.normalize(form), 'utf8'), utf16, Buffer.from(utf16).swap16()]
  }),
)

/** Which files hold a piece of the person or of a picture. */
function found(folder: string, images: readonly Uint8Array[]): readonly string[] {
  const slices = images.flatMap((image) => {
    return Array.from({ length: Math.floor(image.length / 16) }, (_, n) =>
      Buffer.from(image.subarray(16 * n, 16 * n + 16)),
    )
  })
  const needles = [...texts, ...slices]
  return filesUnder(folder)
    .filter((path) => {
      const content = readFileSync(path)
      return needles.some((needle) => content.includes(needle))
    })
    .map((path) => relative(folder, path))
}

test('the search finds each text in each encoding, and a slice of a picture', () => {
  const folder = temporaryFolder()
  const image = imageBytes('any', 160)
  for (const [index, text] of texts.entries())
    writeFileSync(join(folder, `text-${index}`), Buffer.concat([Buffer.alloc(99, 65), text]))
  writeFileSync(join(folder, 'slice'), Buffer.concat([Buffer.alloc(7), image.subarray(64, 80)]))
  writeFileSync(join(folder, 'harmless'), 'Lò Thị')
  expect(found(folder, [image])).toHaveLength(texts.length + 1)
})

test('nothing of a person is in clear in any file while the store is open, after a backup, and after it is closed', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder)
  const { id, images } = await storeFullDossier(store)
  store.setDraft(id, 'fullName', person.name)
  store.setSetting('station', person.name)
  expect(filesUnder(folder).some((path) => path.endsWith('-wal') && statSync(path).size > 0)).toBe(true)
  expect(images.length).toBeGreaterThan(20)
  expect(filesUnder(folder).length).toBeGreaterThan(images.length)
  expect(found(folder, images)).toEqual([])
  store.close()
  expect(found(folder, images)).toEqual([])
  openDatabase(folder, key, [
    ...migrations,
    { name: '9999-invented', sql: 'CREATE TABLE invented (a TEXT) STRICT' },
  ]).close()
  expect(filesUnder(join(folder, 'backups'))).toHaveLength(1)
  expect(found(folder, images)).toEqual([])
})

test('nothing is in clear after the process was killed, in the folder for temporary files neither', async () => {
  const root = temporaryFolder()
  const folder = join(root, 'data')
  const temporary = join(root, 'tmp')
  mkdirSync(temporary)
  await killWriter(folder, ['full'], () => true, { TMPDIR: temporary, SQLITE_TMPDIR: temporary })
  const store = storeIn(folder)
  const state = foldEvents(store.events(store.dossiers()[0]?.id ?? '').map(({ event }) => event))
  expect(state.confirmed?.fullName).toBe(person.name)
  const images = ['chip portrait', 'old card', 'portrait', 'slap 0', 'print 0 right-index', 'signature'].map((name) =>
    imageBytes(name, 2000),
  )
  expect(found(root, images)).toEqual([])
})

test('a killed process leaves a write-ahead log, and nothing in it is in clear', async () => {
  const folder = temporaryFolder()
  await killWriter(folder, ['full'], () => true)
  expect(statSync(join(folder, 'store.db-wal')).size).toBeGreaterThan(10_000)
  const images = ['portrait', 'slap 3', 'print 2 left-little'].map((name) => imageBytes(name, 2000))
  expect(found(folder, images)).toEqual([])
})

test('the sealed file tells nothing of the person or the pictures', async () => {
  const { root, entries, receiver, images } = await prepareDossier()
  const { bytes } = sealInto(join(root, 'seal'), entries, receiver)
  const { file } = await writeSealed({ folder: join(root, 'data'), number: 'SL-0312-000001', bytes })
  expect(filesUnder(join(root, 'data')).map((path) => relative(join(root, 'data'), path))).toContain(file)
  expect(found(join(root, 'data'), images)).toEqual([])
})
