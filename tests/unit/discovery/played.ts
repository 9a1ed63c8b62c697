import type { PluggedIn } from '#native/capability/checks.ts'
import type { HidModule, ListedHid } from '#native/host/discovery/hid-devices.ts'
import type { ListedPort, SerialModule } from '#native/host/discovery/serial-ports.ts'
import { hidListing } from '#native/host/discovery/hid-devices.ts'
import { serialListing } from '#native/host/discovery/serial-ports.ts'
import type { System, SystemFacts } from '#native/host/discovery/system.ts'
import { createDiscovery, type DiscoveryOptions } from '#native/host/discovery/discovery.ts'
import { drivers as realDrivers } from '#native/drivers/index.ts'
import { fakeClock } from '../host/fake-clock.ts'

/** A machine whose ports and devices the test plugs in and counts the work of. */
export function playedMachine() {
  const work = { ports: 0, devices: 0, nodes: 0, facts: 0 }
  const ports = new Map<string, ListedPort>()
  const devices = new Map<string, ListedHid[]>()
  const births = new Map<string, string>()
  const facts = new Map<string, SystemFacts>()
  let born = 0
  const play = {
    list: async (): Promise<readonly ListedPort[]> => [...ports.values()],
    devices: async (): Promise<readonly ListedHid[]> => [...devices.values()].flat(),
  }

  const system: System = {
    async nodes(kind) {
      work.nodes++
      return new Map([...births].filter(([name]) => (kind === 'tty') === name.startsWith('tty')))
    },
    async facts(_kind, name) {
      work.facts++
      return facts.get(name) ?? {}
    },
    lastingPath: async () => undefined,
  }
  const serial: SerialModule = {
    SerialPort: {
      list() {
        work.ports++
        return play.list()
      },
    },
  }
  const hid: HidModule = {
    devicesAsync() {
      work.devices++
      return play.devices()
    },
  }

  return {
    work,
    play,
    plugPort(name: string, said: Partial<ListedPort> = {}, known: SystemFacts = {}) {
      ports.set(name, { path: `/dev/${name}`, ...said })
      births.set(name, String(++born))
      facts.set(name, known)
    },
    plugHid(name: string, collections: readonly Partial<ListedHid>[], known: SystemFacts = {}) {
      const path = `/dev/${name}`
      devices.set(
        name,
        collections.map((said) => ({ path, vendorId: 0x1234, productId: 0x0001, interface: 0, ...said })),
      )
      births.set(name, String(++born))
      facts.set(name, known)
    },
    unplug(name: string) {
      ports.delete(name)
      devices.delete(name)
      births.delete(name)
    },
    listings: [serialListing(async () => serial, system), hidListing(async () => hid, system)],
  }
}

export function playedDiscovery(options: Partial<DiscoveryOptions>) {
  const clock = fakeClock()
  const told: (readonly PluggedIn[])[] = []
  const discovery = createDiscovery({
    drivers: realDrivers,
    transports: {},
    clock,
    bound: () => [],
    onChange: (all) => told.push(all),
    ...options,
  })
  return { clock, told, discovery }
}
