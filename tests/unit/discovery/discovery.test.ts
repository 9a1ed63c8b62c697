import { expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { Found, Listing } from '#native/host/discovery/found.ts'
import { settle } from '../host/fake-clock.ts'
import { playedDiscovery, playedMachine } from './played.ts'

const poll = 1500

/** 60 serial ports and 200 HID devices, as no desk has them. */
function fullMachine() {
  const machine = playedMachine()
  for (let at = 0; at < 60; at++) machine.plugPort(`ttyUSB${at}`, { serialNumber: `P${at}` })
  for (let at = 0; at < 200; at++) machine.plugHid(`hidraw${at}`, [{ productId: at + 1, usagePage: 0xff00, usage: 1 }])
  return machine
}

it('tells what is plugged in, since when, and which driver may fit', async () => {
  const machine = playedMachine()
  machine.plugPort('ttyUSB0', { vendorId: '0403', productId: '6001' }, { driver: 'ftdi_sio' })
  machine.plugHid('hidraw0', [{ usagePage: 0x8c, usage: 2 }])
  const { discovery, clock } = playedDiscovery({ listings: machine.listings })
  const all = await discovery.discover({})
  expect(all).toMatchObject([
    {
      key: 'serial:/dev/ttyUSB0',
      systemDriver: 'ftdi_sio',
      since: clock.now().toISOString(),
      proposals: { length: 6 },
    },
    { transport: 'hid', address: '1234:0001', proposals: [{ driver: 'hid-pos', because: 'usage' }] },
  ])
  // What is only for the discovery itself does not leave it.
  expect(Object.keys(all[1] ?? {}).toSorted()).toEqual(
    ['address', 'key', 'productId', 'proposals', 'since', 'transport', 'vendorId'].toSorted(),
  )
  discovery.stop()
})

it('tells a device that is plugged in or pulled out at the next poll, and nothing while nothing changes', async () => {
  const machine = playedMachine()
  machine.plugPort('ttyUSB0')
  const { discovery, clock, told } = playedDiscovery({ listings: machine.listings })
  await discovery.discover({})
  await clock.advance(10 * poll)
  expect(told).toEqual([])
  machine.plugHid('hidraw0', [{}])
  await clock.advance(poll)
  expect(told.map((all) => all.map(({ key }) => key))).toEqual([['serial:/dev/ttyUSB0', 'hid:1234:0001:/dev/hidraw0']])
  machine.unplug('ttyUSB0')
  await clock.advance(poll)
  expect(told.at(-1)?.map(({ key }) => key)).toEqual(['hid:1234:0001:/dev/hidraw0'])
  expect(told).toHaveLength(2)
  discovery.stop()
  machine.unplug('hidraw0')
  await clock.advance(10 * poll)
  expect(told).toHaveLength(2)
})

it('does not look at anything before somebody asks', async () => {
  const machine = playedMachine()
  const { clock } = playedDiscovery({ listings: machine.listings })
  await clock.advance(60_000)
  expect(machine.work).toEqual({ ports: 0, devices: 0, nodes: 0, facts: 0 })
})

it('lists 60 ports and 200 HID devices once and then no more while nothing changes', async () => {
  const machine = fullMachine()
  const { discovery, clock } = playedDiscovery({ listings: machine.listings })
  expect(await discovery.discover({})).toHaveLength(260)
  expect(machine.work).toMatchObject({ ports: 1, devices: 1, facts: 260 })
  await clock.advance(15 * poll)
  // Twice more, because the system learns the names of a device after its node.
  expect(machine.work).toMatchObject({ ports: 3, devices: 3, facts: 260 })
  discovery.stop()
})

it('asks the kernel about the one device that came, not about all that were there', async () => {
  const machine = fullMachine()
  const { discovery, clock, told } = playedDiscovery({ listings: machine.listings })
  await discovery.discover({})
  await clock.advance(5 * poll)
  const { ports, devices, facts } = machine.work
  machine.plugPort('ttyUSB60')
  await clock.advance(5 * poll)
  expect(machine.work.ports - ports).toBeLessThanOrEqual(3)
  expect(machine.work.devices - devices).toBe(0)
  expect(machine.work.facts - facts).toBe(1)
  expect(told).toHaveLength(1)
  discovery.stop()
})

it('shows a device that comes and goes 20 times a second with a new since, at most twice a second', async () => {
  const machine = playedMachine()
  machine.plugPort('ttyUSB0')
  machine.plugPort('ttyUSB1')
  const { discovery, clock, told } = playedDiscovery({ listings: machine.listings })
  const before = await discovery.discover({})
  for (let time = 0; time < 600; time++) {
    machine.unplug('ttyUSB1')
    machine.plugPort('ttyUSB1')
    await clock.advance(50)
  }
  expect(told.length).toBeGreaterThan(5)
  expect(told.length).toBeLessThanOrEqual(60)
  const sinces = told.map((all) => all.map(({ since }) => since))
  expect(new Set(sinces.map(([, since]) => since)).size).toBe(told.length)
  expect(new Set(sinces.map(([since]) => since))).toEqual(new Set([before[0]?.since]))
  // The work grows with the polls, not with the comings and goings.
  expect(machine.work.ports).toBeLessThanOrEqual(25)
  discovery.stop()
})

it('tells at most twice a second, also when a person asks again and again', async () => {
  const machine = playedMachine()
  const { discovery, clock, told } = playedDiscovery({ listings: machine.listings })
  await discovery.discover({})
  for (let at = 0; at < 100; at++) {
    machine.plugPort(`ttyUSB${at}`)
    await discovery.discover({})
    await clock.advance(10)
  }
  await clock.advance(1000)
  expect(told.length).toBeLessThanOrEqual(4)
  expect(told.at(-1)).toHaveLength(100)
  discovery.stop()
})

it('loses one transport when a system library is missing, says which and why, and keeps the rest', async () => {
  const machine = playedMachine()
  machine.plugPort('ttyUSB0')
  machine.plugHid('hidraw0', [{}])
  machine.play.devices = () => Promise.reject(new Error('libudev.so.1: cannot open shared object file'))
  const { discovery, clock } = playedDiscovery({ listings: machine.listings })
  expect((await discovery.discover({})).map(({ transport }) => transport)).toEqual(['serial'])
  expect(discovery.unlisted()).toEqual([{ transport: 'hid', problem: 'TRANSPORT_MISSING' }])
  const asked = machine.work.devices
  await clock.advance(20 * poll)
  expect(machine.work.devices).toBe(asked)
  machine.play.devices = async () => [{ path: '/dev/hidraw0', vendorId: 1, productId: 1 }]
  expect(await discovery.discover({})).toHaveLength(2)
  expect(discovery.unlisted()).toEqual([])
  discovery.stop()
})

it('answers within seconds when a listing hangs, says so, and does not ask it twice', async () => {
  const machine = playedMachine()
  machine.plugHid('hidraw0', [{}])
  const late = Promise.withResolvers<readonly { path: string }[]>()
  machine.play.list = () => late.promise
  const { discovery, clock, told } = playedDiscovery({ listings: machine.listings })
  const asked = discovery.discover({})
  await clock.advance(5000)
  expect((await asked).map(({ transport }) => transport)).toEqual(['hid'])
  expect(discovery.unlisted()).toEqual([{ transport: 'serial', problem: 'DEVICE_SILENT' }])
  // The others are looked at as before.
  machine.plugHid('hidraw1', [{ productId: 2 }])
  await clock.advance(20_000)
  machine.plugHid('hidraw2', [{ productId: 3 }])
  await clock.advance(poll)
  expect(told.at(-1)).toHaveLength(3)
  expect(machine.work.ports).toBe(1)
  late.resolve([{ path: '/dev/ttyUSB0' }])
  machine.play.list = async () => [{ path: '/dev/ttyUSB0' }]
  await clock.advance(10_000)
  expect(discovery.unlisted()).toEqual([])
  expect(told.at(-1)).toHaveLength(4)
  discovery.stop()
})

it('looks less often where looking takes long', async () => {
  let looks = 0
  const { discovery, clock } = playedDiscovery({
    listings: [
      {
        transport: 'hid',
        list: () => {
          looks++
          return new Promise((resolve) => clock.after(500, () => resolve([])))
        },
      },
    ],
  })
  const first = discovery.discover({})
  await clock.advance(500)
  await first
  await clock.advance(60_000)
  expect(looks).toBeGreaterThan(2)
  expect(looks).toBeLessThanOrEqual(8)
  discovery.stop()
})

it('looks for services only when asked for them, and not again within half a minute', async () => {
  let looks = 0
  const service: Found = {
    key: 'http:127.0.0.1:4501',
    transport: 'http',
    address: '127.0.0.1:4501',
    path: '127.0.0.1:4501',
    answers: ['sbi'],
  }
  const listing: Listing = {
    transport: 'http',
    onDemand: true,
    async list() {
      looks++
      return [service]
    },
  }
  const { discovery, clock } = playedDiscovery({ listings: [listing] })
  expect(await discovery.discover({})).toEqual([])
  await clock.advance(60_000)
  expect(looks).toBe(0)
  expect(await discovery.discover({ services: true })).toMatchObject([{ proposals: [{ driver: 'sbi' }] }])
  expect(await discovery.discover({ services: true })).toHaveLength(1)
  await clock.advance(29_000)
  await discovery.discover({ services: true })
  expect(looks).toBe(1)
  await clock.advance(1000)
  await discovery.discover({ services: true })
  expect(looks).toBe(2)
  expect((await discovery.probe(service.key, new AbortController().signal))[0]).toMatchObject({ driver: 'sbi' })
  discovery.stop()
})

it('says which device of the station lives where, also after that has changed', async () => {
  const machine = playedMachine()
  machine.plugPort('ttyUSB0')
  let bound: readonly { id: string; transport: 'serial'; address: string }[] = []
  const { discovery, told } = playedDiscovery({ listings: machine.listings, bound: () => bound })
  expect((await discovery.discover({}))[0]).not.toHaveProperty('boundTo')
  bound = [{ id: 'reader', transport: 'serial', address: '/dev/ttyUSB0' }]
  discovery.boundChanged()
  await settle()
  expect(told).toMatchObject([[{ boundTo: 'reader' }]])
  discovery.stop()
})

it('marks two devices that claim the same serial number', async () => {
  const machine = playedMachine()
  machine.plugPort('ttyUSB0', { serialNumber: 'A5' }, { place: '/usb1/1-1' })
  machine.plugPort('ttyUSB1', { serialNumber: 'A5' }, { place: '/usb1/1-2' })
  machine.plugPort('ttyUSB2', { serialNumber: 'A6' }, { place: '/usb1/1-3' })
  const { discovery } = playedDiscovery({ listings: machine.listings })
  expect((await discovery.discover({})).map(({ twin }) => twin)).toEqual([true, true, undefined])
  discovery.stop()
})

it('refuses to probe what is not plugged in and what is a device of the station', async () => {
  const machine = playedMachine()
  machine.plugPort('ttyUSB0')
  const { discovery } = playedDiscovery({
    listings: machine.listings,
    bound: () => [{ id: 'reader', transport: 'serial', address: '/dev/ttyUSB0' }],
  })
  await discovery.discover({})
  const code = (key: string) =>
    discovery.probe(key, new AbortController().signal).catch((error: unknown) => (error as AppError).code)
  expect(await code('serial:/dev/ttyUSB0')).toBe('DEVICE_BUSY')
  expect(await code('serial:/dev/ttyUSB9')).toBe('DEVICE_GONE')
  discovery.stop()
})
