import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onFullDisk } from '../../support/full-disk.ts'
import { temporaryRoot, testStation, thai, type TestStation } from '../../integration/languages/station.ts'
import { inventedRecording } from '../../unit/core/languages/invented-recording.ts'
import { forge } from './forge.ts'

const there = (station: TestStation) =>
  readdirSync(join(station.dataFolder, 'languages'), { recursive: true, encoding: 'utf8' }).toSorted()
const full = (act: () => unknown) => expect(onFullDisk(async () => act())).rejects.toMatchObject({ code: 'DISK_FULL' })

test('on a full disk nothing is recorded, written or found right, and what was there stays and plays', async () => {
  const station = testStation()
  await station.say('answer.right', 1)
  await station.write('answer.right')
  const [files, view] = [there(station), station.view()]
  await full(() => station.say('answer.right', 2))
  await full(() => station.say('answer.wrong', 2))
  await full(() => station.write('answer.right', 'khác'))
  await full(() => station.handlers.reviewLanguage({ language: thai, by: 'Quàng Văn Mẫu' }))
  await full(() => station.handlers.describeLanguage({ language: thai, name: 'ꪼꪕ', date: ['year', 'month', 'day'] }))
  expect(there(station)).toEqual(files)
  for (const each of [station, await station.again()]) {
    expect(each.view()).toEqual(view)
    expect(await each.play('answer.right')).toEqual(inventedRecording(1))
  }
})

test('a stick that is full gets no half pack, and the next export succeeds', async () => {
  const station = testStation()
  await station.say('answer.right', 1)
  const stick = temporaryRoot()
  await full(() => station.handlers.exportLanguage({ language: thai, folder: stick }))
  expect(readdirSync(stick)).toEqual([])
  await station.handlers.exportLanguage({ language: thai, folder: stick })
  expect(readdirSync(stick)).toHaveLength(1)
})

test('a pack that finds no room here is not taken at all', async () => {
  const station = testStation('DB-0007')
  await station.say('answer.wrong', 9)
  const [files, view] = [there(station), station.view()]
  const folder = forge()
  const { fingerprint } = await station.handlers.inspectLanguage({ folder })
  await full(() => station.handlers.importLanguage({ folder, fingerprint }))
  expect(there(station)).toEqual(files)
  expect(station.view()).toEqual(view)
  await station.handlers.importLanguage({ folder, fingerprint })
  expect(station.view()).toMatchObject({ recordings: 2 })
})

test('what citizens missed on a full disk is not lost when there is room again', async () => {
  const station = testStation()
  await station.handlers.reportMissed({ language: thai, keys: ['digit.7'] })
  await onFullDisk(() => station.handlers.reportMissed({ language: thai, keys: ['digit.7'] }))
  const after = await station.again()
  const sentences = await after.handlers.studioSentences({ language: thai })
  expect(sentences.find(({ key }) => key === 'digit.7')).toMatchObject({ missed: 2 })
})

test('a stick that is pulled out while a pack is looked at is told as a pack that cannot be read', async () => {
  const station = testStation()
  const folder = forge()
  const looking = station.handlers.inspectLanguage({ folder })
  rmSync(folder, { recursive: true })
  await expect(looking).rejects.toMatchObject({ code: 'PACK_MALFORMED' })
})
