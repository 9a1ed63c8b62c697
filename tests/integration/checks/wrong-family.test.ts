import { expect, it, onTestFinished } from 'vitest'
import { verdictOf } from '#domain/diagnosis/index.ts'
import { bench, folder } from './bench.ts'
import { moduleDesk, readerDesk } from './desks.ts'

// A device that is bound to a driver it does not understand: what it is was guessed wrong, or its descriptor lied. One
// that says nothing to strangers, or next to nothing, cannot be told from a dead one.

it.each([
  ['gempc-twin', 'zfm'],
  ['gempc-twin', 'pn532'],
  ['gempc-twin', 'acr122s'],
  ['zfm', 'gempc-twin'],
] as const)('a device of the family %s that is bound as %s does not pass its test', async (family, driver) => {
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
  expect(verdictOf(found)).toBe('fails')
  expect(['wrong-driver', 'no-answer']).toContain(found[0]?.cause)
})
