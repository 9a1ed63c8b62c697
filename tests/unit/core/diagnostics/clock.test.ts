import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chronyFigures, measureClock } from '#core/diagnostics/checks/clock.ts'
import { judgeClock } from '#domain/diagnosis/index.ts'
import { temporaryFolder, storeIn } from '../store/fixtures.ts'

const signal = new AbortController().signal
const silent = () => Promise.resolve(undefined)
const clock = () => new Date('2026-11-21T08:00:00Z')
const causes = (figures: Parameters<typeof judgeClock>[0]) => judgeClock(figures).map(({ cause }) => cause)

test('a clock behind the last act of the station is behind by so much', async () => {
  const folder = temporaryFolder()
  const store = storeIn(folder, () => new Date('2026-11-22T08:00:00Z'))
  store.recordAct({ actor: 'technician', window: 'technician', act: 'test.act' })
  const figures = await measureClock({ folder: join(folder, 'none'), clock, store, signal, run: silent })
  expect(figures).toEqual({ lastActAheadS: 86_400 })
  expect(causes(figures)).toEqual(['clock-behind'])
})

test('of a locked station the newest file of its store speaks', async () => {
  const folder = temporaryFolder()
  for (const [name, at] of [
    ['vault.json', '2026-01-01T00:00:00Z'],
    ['store.db', '2026-11-21T09:00:00Z'],
  ] as const) {
    writeFileSync(join(folder, name), '')
    utimesSync(join(folder, name), new Date(at), new Date(at))
  }
  const figures = await measureClock({ folder, clock, signal, run: silent })
  expect(figures).toEqual({ lastFileAheadS: 3_600 })
  expect(causes(figures)).toEqual(['clock-behind'])
})

test('what systemd and chrony say is taken, each alone as well', async () => {
  const tracking = '0A000001,10.0.0.1,3,1795248000.1,412.5,0.1,0.2,-3.1,0.0,0.1,0.01,0.02,64.5,Normal\n'
  const run = (program: string) => Promise.resolve(program === 'timedatectl' ? 'no\n' : undefined)
  const both = (program: string) => Promise.resolve(program === 'timedatectl' ? 'no\n' : tracking)
  const folder = temporaryFolder()
  expect(await measureClock({ folder, clock, signal, run })).toEqual({ ntpSynchronised: 0 })
  const figures = await measureClock({ folder, clock, signal, run: both })
  expect(figures).toEqual({ ntpSynchronised: 1, ntpAheadS: 412.5 })
  expect(causes(figures)).toEqual(['clock-behind'])
})

test('chrony that follows nobody, or says something else, is not taken for a clock that is kept', () => {
  const lost = '00000000,,0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,1.0,0.0,Not synchronised\n'
  expect(chronyFigures(lost)).toEqual({ ntpSynchronised: 0 })
  for (const said of [undefined, '', '506 Cannot talk to daemon\n']) expect(chronyFigures(said)).toEqual({})
})
