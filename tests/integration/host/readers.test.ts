import { describe, expect, it, onTestFinished } from 'vitest'
import type { DeviceStatus } from '#native/capability/device.ts'
import { liveHost, type LiveHost } from './live-host.ts'

async function start(reader: string): Promise<LiveHost> {
  const live = await liveHost({ simulate: ['--reader', reader] })
  onTestFinished(() => live.close())
  return live
}

function lastOf({ events }: LiveHost, device = 'card-reader'): DeviceStatus | undefined {
  return events
    .flatMap((event) => (event.name === 'deviceChanged' && event.data.id === device ? [event.data] : []))
    .at(-1)
}

// Most of their time they wait for a reader to be looked for again.
describe.concurrent.each(['gempc-twin', 'acr122s', 'acr1281s', 'pn532'])(
  'a simulated %s behind the device host',
  (reader) => {
    it('reads the whole chip, counts its cards and comes back after its plug was pulled', async () => {
      const live = await start(reader)
      await live.until(() => lastOf(live)?.state === 'ready')
      expect(lastOf(live)).toMatchObject({ driver: reader, cardPresent: true, cardSession: 1 })
      expect((await live.readChip()).details.fullName).toBe(live.stage.card.person.fullName)
      await live.stage.removeCard()
      await live.until(() => lastOf(live)?.cardPresent === false)
      await live.stage.insertCard()
      await live.until(() => lastOf(live)?.cardSession === 2)
      await live.stage.unplugReader()
      await live.until(() => lastOf(live)?.state === 'absent')
      await live.stage.plugReader()
      await live.until(() => lastOf(live)?.state === 'ready')
      expect((await live.readChip()).details.fullName).toBe(live.stage.card.person.fullName)
    })
  },
)

it.concurrent('two readers of different kinds in one device host read two cards at once', async () => {
  const one = await start('pn532')
  const two = await start('acr122s')
  const [first] = one.stage.devices
  const [second] = two.stage.devices
  // A line has one user: the second host lets go of its reader.
  await two.host.call('devices.bind', { bindings: [] })
  await one.host.call('devices.bind', { bindings: [first!, { ...second!, id: 'second' }] })
  await one.until(() => lastOf(one, 'card-reader')?.state === 'ready' && lastOf(one, 'second')?.state === 'ready')
  const readings = await Promise.all(
    ['card-reader', 'second'].map((device) =>
      one.host.call('chip.read', { attempt: `both-${device}`, device, access: one.mrz }),
    ),
  )
  expect(readings.map(({ details }) => details.fullName)).toEqual([
    one.stage.card.person.fullName,
    two.stage.card.person.fullName,
  ])
})
