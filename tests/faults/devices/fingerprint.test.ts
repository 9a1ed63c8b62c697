import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FailureCode } from '#domain/failure/index.ts'
import { liveHost, type LiveHost } from '../../integration/host/live-host.ts'

let live: LiveHost
let fault = ''
beforeAll(async () => {
  // With a pace, if hardly any, the prints are drawn before they are waited for.
  live = await liveHost({ simulate: ['--pace', '0.01'] })
})
afterAll(() => live.close())
afterEach(() => live.stage.takeFaultOff(`${fault}@fingerprint`))

async function misbehave(name: string) {
  fault = name
  await live.stage.addFault(`${fault}@fingerprint`)
}

async function whole() {
  const { fingers } = await live.capture()
  expect(fingers).toHaveLength(4)
  for (const { quality } of fingers) expect(quality).toBeGreaterThanOrEqual(40)
}

const failures: [fault: string, code: FailureCode][] = [
  ['previous-image', 'PREVIOUS_IMAGE'],
  ['silence', 'DEVICE_SILENT'],
  ['busy', 'DEVICE_BUSY'],
  ['empty-platen', 'NO_FINGER'],
]

test.each(failures)('%s ends in %s, and the next capture works', async (name, code) => {
  // There is one before it already.
  if (name === 'previous-image') await whole()
  await misbehave(name)
  await expect(live.capture('right-four', { patienceMs: 1500 })).rejects.toMatchObject({ code })
  await live.stage.takeFaultOff(`${name}@fingerprint`)
  await whole()
})

test('a cable pulled in mid-report ends in DEVICE_GONE, and the next capture works', async () => {
  await misbehave('unplug')
  await expect(live.capture()).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  await whole()
})

test.each(['one-byte-chunks', 'garbage', 'bad-checksum', 'lost-block', 'late', 'duplicate'])(
  'all four fingers are taken in spite of %s',
  async (name) => {
    await misbehave(name)
    await whole()
  },
)

test('a missing finger and dry fingers are not taken by themselves, and are told when patience runs out', async () => {
  await misbehave('three-fingers')
  expect((await live.capture('right-four', { patienceMs: 1500 })).fingers).toHaveLength(3)
  await live.stage.takeFaultOff('three-fingers@fingerprint')
  await misbehave('low-quality')
  const { fingers } = await live.capture('right-four', { patienceMs: 1500 })
  expect(Math.min(...fingers.map(({ quality }) => quality))).toBeLessThan(40)
})
