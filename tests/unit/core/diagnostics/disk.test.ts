import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measureDisk } from '#core/diagnostics/checks/disk.ts'
import { judgeDisk } from '#domain/diagnosis/index.ts'
import { temporaryFolder } from '../store/fixtures.ts'

const signal = new AbortController().signal
const silent = () => Promise.resolve(undefined)

test('room and speed are measured, and what was written for it is gone', async () => {
  const folder = temporaryFolder()
  const figures = await measureDisk({ folder, signal, run: silent })
  expect(figures.freeMb).toBeGreaterThan(0)
  expect(figures.freeShare).toBeGreaterThan(0)
  expect(figures.freeShare).toBeLessThanOrEqual(1)
  expect(figures.writeMbPerS).toBeGreaterThan(0)
  expect(figures.syncMs).toBeGreaterThanOrEqual(0)
  expect(readdirSync(folder)).toEqual([])
})

test('the speed is that of the time that passed', async () => {
  let at = 0
  const now = () => (at += 1_000)
  const figures = await measureDisk({ folder: temporaryFolder(), signal, run: silent, now })
  expect(figures).toMatchObject({ writeMbPerS: 8.4, syncMs: 1_000 })
  expect(judgeDisk(figures).map(({ cause }) => cause)).toContain('disk-slow')
})

test('a folder that is not there is not called slow or full', async () => {
  const figures = await measureDisk({ folder: join(temporaryFolder(), 'gone'), signal, run: silent })
  expect(judgeDisk(figures).map(({ cause }) => cause)).toEqual(['disk-failing'])
})

test('a test that was called off leaves nothing behind', async () => {
  const folder = temporaryFolder()
  await expect(measureDisk({ folder, signal: AbortSignal.abort(), run: silent })).rejects.toThrow()
  expect(readdirSync(folder)).toEqual([])
})
