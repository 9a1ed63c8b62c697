import { expect, it, onTestFinished } from 'vitest'
import { bench, folder } from './bench.ts'
import { moduleDesk, readerDesk } from './desks.ts'

// A device that is bound to a driver it does not understand: what it is was guessed wrong, or its descriptor lied. One
// that answers strangers in its own way shows it; one that says nothing to them cannot be told from a dead one.

it.each([
  ['gempc-twin', 'zfm', 'wrong-driver'],
  ['gempc-twin', 'pn532', 'wrong-driver'],
  ['gempc-twin', 'acr122s', 'no-answer'],
  ['zfm', 'gempc-twin', 'no-answer'],
] as const)('a device of the family %s that is bound as %s is told: %s', async (family, driver, cause) => {
  const desk = family === 'zfm' ? await moduleDesk(await folder()) : await readerDesk(await folder(), family)
  const host = bench({ hurry: 4 })
  onTestFinished(async () => {
    await host.stop()
    await desk.stop()
  })
  const kind = driver === 'zfm' ? 'fingerprint-scanner' : 'card-reader'
  await host.bind({ ...desk.binding, kind, driver })
  await host.ready('device')
  const { found } = await host.check('device', desk.act)
  expect(found.map((one) => one.cause)).toEqual([cause])
})
