import { describe, expect, it, onTestFinished } from 'vitest'
import { verdictOf } from '#domain/diagnosis/index.ts'
import { bench, folder } from './bench.ts'
import {
  buttonDesk,
  hidScannerDesk,
  moduleDesk,
  readerDesk,
  serialScannerDesk,
  serviceDesk,
  slapDesk,
  type Desk,
} from './desks.ts'

async function checked(desk: Desk) {
  const host = bench()
  onTestFinished(async () => {
    await host.stop()
    await desk.stop()
  })
  await host.bind(desk.binding)
  const outcome = await host.check('device', desk.act)
  return { ...outcome, prompts: host.prompts }
}

describe('a guided test of a device that works finds nothing', () => {
  it.each(['gempc-twin', 'acr122s', 'acr1281s', 'pn532'] as const)('on the reader %s', async (driver) => {
    const { found, figures, prompts } = await checked(await readerDesk(await folder(), driver))
    expect({ found, figures }).toMatchObject({
      found: [],
      figures: { readsTried: 20, readsGood: 20, removalNoticed: 1 },
    })
    expect(figures['atrBytes']).toBeGreaterThan(4)
    expect(prompts).toEqual(['take-card-away'])
  })

  it('on a slap scanner', async () => {
    const { found, figures, prompts } = await checked(await slapDesk(await folder()))
    expect({ found, figures }).toMatchObject({ found: [], figures: { previewFrames: 20, deadLines: 0, captures: 2 } })
    expect(figures['ridgePeriodMm']).toBeGreaterThan(0.35)
    expect(prompts).toEqual(['clean-and-clear-platen', 'lay-finger', 'lift-finger', 'lay-target'])
  })

  it('on a module, but that it is for verification only', async () => {
    const { found, figures } = await checked(await moduleDesk(await folder()))
    expect({ found, figures }).toMatchObject({ found: [{ cause: 'only-for-verification' }], figures: { captures: 2 } })
    expect(verdictOf(found)).toBe('limits')
  })

  it.each(['Finger', 'Iris'] as const)('on a service for %s', async (kind) => {
    const { found, figures } = await checked(await serviceDesk(kind))
    expect({ found, figures }).toMatchObject({
      found: [],
      figures: { services: 1, specVersion: 1, environmentFits: 1, knowsNewVerb: 1 },
    })
    expect(figures['certificateDays']).toBeGreaterThan(0)
  })

  it('on a shutter button, lamp included', async () => {
    expect(await checked(await buttonDesk(await folder()))).toMatchObject({
      found: [],
      figures: { presses: 1, hasLamp: 1 },
    })
  })

  it.each([
    ['HID', hidScannerDesk],
    ['serial', serialScannerDesk],
  ] as const)('on a %s code scanner', async (_, desk) => {
    const outcome = await checked(await desk(await folder()))
    expect(outcome).toMatchObject({ found: [], figures: { codesSeen: 2, codesDifferent: 0 } })
    expect(outcome.prompts).toEqual(['scan-a-code', 'scan-a-code'])
  })
})
