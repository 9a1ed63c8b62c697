import { readdirSync, readFileSync, renameSync, rmSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PackFound } from '#contract/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { inventedRecording } from '../../unit/core/languages/invented-recording.ts'
import { inventedText, temporaryRoot, testStation, thai, type TestStation } from './station.ts'

const reviewer = 'Quàng Văn Mẫu'

async function exported(station: TestStation, stick: string, language = thai): Promise<string> {
  const done = await station.handlers.exportLanguage({ language, folder: stick })
  return done.folder
}
const inspect = async (station: TestStation, folder: string): Promise<PackFound> =>
  station.handlers.inspectLanguage({ folder })
const take = async (station: TestStation, folder: string, fingerprint?: string) =>
  station.handlers.importLanguage({ folder, fingerprint: fingerprint ?? (await inspect(station, folder)).fingerprint })

/** Two sentences and a text, heard by somebody, on a stick. */
async function recordedElsewhere(): Promise<{ there: TestStation; stick: string; folder: string }> {
  const there = testStation('SL-0312', 'Công an xã Thử, "Nghiệm" + 1')
  await there.say('answer.right', 1)
  await there.say('answer.wrong', 2)
  await there.write('answer.right')
  await there.handlers.describeLanguage({ language: thai, name: 'ꪼꪕ', date: ['year', 'month', 'day'] })
  await there.handlers.reviewLanguage({ language: thai, by: reviewer })
  const stick = temporaryRoot()
  return { there, stick, folder: await exported(there, stick) }
}

describe('a pack', () => {
  test('recorded here, carried on a stick and taken over there is heard and read there, also after a restart', async () => {
    const { there, stick, folder } = await recordedElsewhere()
    const here = testStation('DB-0007', 'Công an xã Mẫu')
    const found = await inspect(here, folder)
    expect(found).toMatchObject({
      id: thai,
      name: 'ꪼꪕ',
      station: { name: 'Công an xã Thử, "Nghiệm" + 1', code: 'SL-0312' },
      known: false,
      texts: 1,
      recordings: 2,
      sentences: 125,
      reviewed: { by: reviewer },
      replaces: 0,
    })
    expect(here.view()).toMatchObject({ texts: 0, recordings: 0 })
    // The stick itself will do, where there is one pack on it.
    expect(await take(here, stick, found.fingerprint)).toEqual({ language: thai, recordings: 2 })
    for (const each of [here, await here.again()]) {
      expect(each.view()).toEqual({ ...there.view(), from: 'Công an xã Thử, "Nghiệm" + 1' })
      expect(each.words()).toEqual(there.words())
      expect(await each.play('answer.right')).toEqual(inventedRecording(1))
      expect(await each.play('answer.wrong')).toEqual(inventedRecording(2))
    }
  })

  test('has the name of language, station and day, and no other files than it says', async () => {
    const { stick, folder } = await recordedElsewhere()
    expect(readdirSync(stick)).toEqual([expect.stringMatching(/^tieng-blt-Tavt-SL-0312-2026-11-2\d$/u)])
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual([
      'audio',
      'audio/answer.right.webm',
      'audio/answer.wrong.webm',
      'manifest.json',
      'manifest.p7s',
      'texts.json',
    ])
    expect(JSON.parse(readFileSync(join(folder, 'texts.json'), 'utf8'))).toEqual({ 'answer.right': inventedText })
  })

  test('does not write over one of the same day', async () => {
    const { there, stick, folder } = await recordedElsewhere()
    await there.say('answer.unsure', 3)
    const second = await exported(there, stick)
    expect(second).toBe(`${folder}-2`)
    const here = testStation('DB-0007')
    expect(await inspect(here, folder)).toMatchObject({ recordings: 2 })
    expect(await inspect(here, second)).toMatchObject({ recordings: 3 })
    await expect(inspect(here, stick)).rejects.toMatchObject({ code: 'PACK_MALFORMED', context: { reason: 'several' } })
  })

  test('of recorded Vietnamese is carried without texts', async () => {
    const there = testStation('SL-0312')
    await there.say('answer.right', 1, 'vi')
    const here = testStation('DB-0007')
    await take(here, await exported(there, temporaryRoot(), 'vi'))
    expect(here.view('vi')).toMatchObject({ name: 'Tiếng Việt', texts: 125, recordings: 1 })
    expect(here.words('vi')).toMatchObject({ texts: {}, recordings: ['answer.right'] })
  })

  test('of a language that is not known here brings it', async () => {
    const there = testStation('SL-0312')
    await there.handlers.describeLanguage({ language: 'tyz', name: 'Tiếng Tày', date: ['day', 'month', 'year'] })
    await there.say('answer.right', 1, 'tyz')
    const here = testStation('DB-0007')
    await take(here, await exported(there, temporaryRoot(), 'tyz'))
    expect((await here.again()).view('tyz')).toMatchObject({ name: 'Tiếng Tày', recordings: 1 })
  })

  test('with nothing in it is not written', async () => {
    const stick = temporaryRoot()
    await expect(exported(testStation(), stick)).rejects.toMatchObject({ code: 'EXPORT_FAILED' })
    expect(readdirSync(stick)).toEqual([])
  })

  test('is not written while the station is not set up to the end, and that is said', async () => {
    const there = testStation()
    await there.say('answer.right')
    there.open(there.store, () => {
      throw new AppError('STATION_INCOMPLETE', 'test')
    })
    await expect(exported(there, temporaryRoot())).rejects.toMatchObject({ code: 'STATION_INCOMPLETE' })
  })

  test('is not written where there is no folder, and says so', async () => {
    const there = testStation()
    await there.say('answer.right')
    for (const folder of ['/nowhere/at-all', 'here', '/dev/null', '/proc']) {
      await expect(exported(there, folder)).rejects.toMatchObject({ code: 'EXPORT_FAILED' })
    }
  })

  test('is written without a recording that was damaged on this disk, and not as heard by anybody', async () => {
    const { there, stick, folder } = await recordedElsewhere()
    rmSync(join(there.dataFolder, 'languages', thai, 'audio', 'answer.right.webm'))
    rmSync(folder, { recursive: true })
    expect(await there.handlers.exportLanguage({ language: thai, folder: stick })).toMatchObject({ recordings: 1 })
    const found = await inspect(testStation('DB-0007'), stick)
    expect(found).toMatchObject({ recordings: 1, texts: 1 })
    expect(found).not.toHaveProperty('reviewed')
  })
})

describe('a station that recorded some of it itself', () => {
  test('is told what would be replaced, keeps what the pack lacks, and then nobody heard all of it', async () => {
    const { folder } = await recordedElsewhere()
    const here = testStation('DB-0007')
    await here.say('answer.right', 9)
    await here.say('answer.wrong', 2) // the very same
    await here.say('answer.unsure', 8)
    await here.write('answer.unsure', 'của mình')
    await here.handlers.reportMissed({ language: thai, keys: ['answer.right', 'digit.1'] })
    expect(await inspect(here, folder)).toMatchObject({ replaces: 1 })
    await take(here, folder)
    const after = await here.again()
    for (const each of [here, after]) {
      expect(await each.play('answer.right')).toEqual(inventedRecording(1))
      expect(await each.play('answer.unsure')).toEqual(inventedRecording(8))
      expect(each.words().texts).toEqual({ 'answer.right': inventedText, 'answer.unsure': 'của mình' })
      expect(each.view()).toMatchObject({ recordings: 3, texts: 2, from: 'Công an xã Thử, "Nghiệm" + 1' })
      expect(each.view()).not.toHaveProperty('reviewed')
    }
    const sentences = await after.handlers.studioSentences({ language: thai })
    expect(sentences.filter(({ missed }) => missed > 0).map(({ key }) => key)).toEqual(['digit.1'])
  })

  test('takes its own pack back as its own', async () => {
    const { there, folder } = await recordedElsewhere()
    await there.say('answer.right', 9)
    await take(there, folder)
    expect(await there.play('answer.right')).toEqual(inventedRecording(1))
    expect(there.view()).not.toHaveProperty('from')
  })
})

describe('the station that signed', () => {
  test('is known once a pack of it was taken over, also after a restart', async () => {
    const { there, folder } = await recordedElsewhere()
    const here = testStation('DB-0007')
    await take(here, folder)
    await there.say('answer.unsure', 3)
    const next = await exported(there, temporaryRoot())
    expect(await inspect(await here.again(), next)).toMatchObject({ known: true })
  })

  test('is recorded in the audit chain with the hash of what it signed', async () => {
    const { there, folder } = await recordedElsewhere()
    const here = testStation('DB-0007')
    await take(here, folder)
    expect(here.store.auditTail(1)).toMatchObject([{ act: expect.stringMatching(/^language\.import [0-9a-f]{64}$/u) }])
    expect(there.store.auditTail(1)).toMatchObject([{ act: 'language.export' }])
  })

  test('must be the one that the officer was shown', async () => {
    const { folder } = await recordedElsewhere()
    const here = testStation('DB-0007')
    await expect(take(here, folder, '0'.repeat(64))).rejects.toMatchObject({
      code: 'PACK_SIGNATURE',
      context: { reason: 'changed' },
    })
    expect(here.view()).toMatchObject({ recordings: 0 })
  })

  test('cannot put another pack of its own in place of the one that the officer was shown', async () => {
    const { there, stick, folder } = await recordedElsewhere()
    const here = testStation('DB-0007')
    const { fingerprint } = await inspect(here, folder)
    await there.say('answer.unsure', 3)
    const other = await exported(there, stick)
    rmSync(folder, { recursive: true })
    renameSync(other, folder)
    await expect(take(here, folder, fingerprint)).rejects.toMatchObject({ code: 'PACK_SIGNATURE' })
    expect(here.view()).toMatchObject({ recordings: 0 })
    await take(here, folder)
    expect(here.view()).toMatchObject({ recordings: 3 })
  })
})

test('a folder without a pack, or with one too far below, is no pack', async () => {
  const { stick, folder } = await recordedElsewhere()
  const here = testStation('DB-0007')
  const deeper = join(temporaryRoot(), 'a', 'b')
  mkdirSync(deeper, { recursive: true })
  renameSync(folder, join(deeper, 'pack'))
  for (const each of [stick, join(deeper, '..'), '/nowhere', 'relative', '/dev/null']) {
    await expect(inspect(here, each)).rejects.toMatchObject({ code: 'PACK_MALFORMED', context: { reason: 'none' } })
  }
})
