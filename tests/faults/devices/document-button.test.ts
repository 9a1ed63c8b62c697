import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveHost, type LiveHost } from '../../integration/host/live-host.ts'

let live: LiveHost
beforeAll(async () => {
  live = await liveHost()
})
afterAll(() => live.close())

const presses = () => live.events.filter(({ name }) => name === 'shutterPressed').length
const states = () =>
  live.events.flatMap((event) =>
    event.name === 'deviceChanged' && event.data.id === 'document-button' ? [event.data.state] : [],
  )

/** How often a faulty press and a clean one after it were told. */
async function toldAfter(fault: string): Promise<number> {
  await live.until(() => states().at(-1) === 'ready')
  live.events.length = 0
  await live.stage.addFault(`${fault}@document-button`)
  await live.stage.pressShutter()
  await live.stage.takeFaultOff(`${fault}@document-button`)
  await live.stage.pressShutter()
  // The end of the line comes after everything that was sent on it.
  await live.stage.addFault('unplug@document-button')
  await live.stage.pressShutter()
  await live.until(() => states().includes('opening') && states().at(-1) === 'ready')
  return presses()
}

test.each(['one-byte-chunks', 'garbage', 'duplicate', 'late'])(
  'in spite of %s a press is told exactly once',
  async (fault) => {
    expect(await toldAfter(fault)).toBe(2)
  },
)

test.each(['silence', 'bad-checksum'])('a press lost to %s is not made up, and the next one is told', async (fault) => {
  expect(await toldAfter(fault)).toBe(1)
})

test('a cable pulled in mid-report is noticed, and the button works again when it is back', async () => {
  await live.until(() => states().at(-1) === 'ready')
  live.events.length = 0
  await live.stage.addFault('unplug@document-button')
  await live.stage.pressShutter()
  await live.until(() => states().includes('opening') && states().at(-1) === 'ready')
  await live.stage.pressShutter()
  await live.until(() => presses() > 0)
  expect(presses()).toBe(1)
})
