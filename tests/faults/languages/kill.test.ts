import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { sentences } from '#core/languages/bundled.ts'
import { testStation, thai, type TestStation } from '../../integration/languages/station.ts'
import { inventedRecording } from '../../unit/core/languages/invented-recording.ts'
import type { Said } from './importer.ts'
import { forge } from './forge.ts'

const keys = sentences.slice(0, 30).map(({ key }) => key)

/** Kills a program in its import, as soon as `when` says so of what is on the disk. */
async function killInImport(dataFolder: string, folder: string, when: (languages: string) => boolean): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'importer.ts'), dataFolder, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const begin: Said = 'begin'
  expect(await once(createInterface(child.stdout), 'line')).toEqual([begin])
  while (child.exitCode === null && !when(join(dataFolder, 'languages'))) await new Promise(setImmediate)
  child.kill('SIGKILL')
  expect(await exit).toEqual([null, 'SIGKILL'])
}

const names = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** What is there is what was recorded here, or all of the pack with it: nothing between. */
async function expectWhole(station: TestStation): Promise<'before' | 'after'> {
  const { recordings } = station.view()
  expect([1, 31]).toContain(recordings)
  expect(await station.play('listen')).toEqual(inventedRecording(7))
  for (const key of keys) expect(await station.play(key)).toEqual(recordings === 1 ? undefined : inventedRecording(3))
  expect(station.view()).toMatchObject(recordings === 1 ? { texts: 0 } : { texts: 1, from: 'Công an xã Thử Thách' })
  expect(names(join(station.dataFolder, 'languages'))).toEqual([thai])
  return recordings === 1 ? 'before' : 'after'
}

test('a program killed at any moment of a taking-over has the pack wholly or not at all', async () => {
  const folder = forge({ audio: Object.fromEntries(keys.map((key) => [key, inventedRecording(3)])) })
  let station = testStation('DB-0007')
  await station.say('listen', 7)
  const outcomes = []
  for (const many of [0, 3, 17, 29, 31]) {
    await station.close()
    await killInImport(station.dataFolder, folder, (home) => names(join(home, '.taking', 'audio')).length >= many)
    station = await station.again()
    outcomes.push(await expectWhole(station))
  }
  expect(outcomes[0]).toBe('before')
})

test('a kill between the two renames leaves what was there before', async () => {
  const station = testStation('DB-0007')
  await station.say('listen', 7)
  await station.close()
  const home = join(station.dataFolder, 'languages')
  renameSync(join(home, thai), join(home, `.${thai}.old`))
  mkdirSync(join(home, '.taking', 'audio'), { recursive: true })
  expect(await expectWhole(await station.again())).toBe('before')
})

test('a kill after both renames leaves the pack, and what was there before is swept away', async () => {
  const station = testStation('DB-0007')
  await station.say('listen', 7)
  await station.close()
  mkdirSync(join(station.dataFolder, 'languages', `.${thai}.old`, 'audio'), { recursive: true })
  expect(await expectWhole(await station.again())).toBe('before')
})
