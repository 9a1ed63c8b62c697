import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectHost, forkWithNode, type DeviceHost, type HostState } from '#core/devices/index.ts'
import { drivers } from '#native/drivers/index.ts'
import { systemClock } from '#native/host/clock.ts'
import { createDiscovery } from '#native/host/discovery/discovery.ts'
import { serialListing } from '#native/host/discovery/serial-ports.ts'
import { openDeviceLine, type DeviceLine } from '#native/sim/wire/pty-pair.ts'
import { serialTransport } from '#native/transport/serial.ts'

const entry = join(import.meta.dirname, '../../../build/development-host.ts')
const patient = new AbortController().signal

let folder: string
let line: DeviceLine
let over: boolean
let flooding: Promise<void>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flood-'))
  line = await openDeviceLine(join(folder, 'port'))
  over = false
  flooding = Promise.resolve()
})
afterEach(async () => {
  over = true
  await line.unplug()
  await flooding
  await rm(folder, { recursive: true, force: true })
})

/** As fast as the line takes it: a pty takes more than 10 MB in a second. */
async function flood() {
  const much = new Uint8Array(65_536).fill(0x55)
  while (!over) await line.write(much)
}

it('a device that floods its line is told as such when it is asked what it is, and its port is free afterwards', async () => {
  flooding = flood()
  const discovery = createDiscovery({
    drivers,
    transports: { serial: ({ address }, settings) => serialTransport({ baudRate: 9600, ...settings, path: address }) },
    clock: systemClock,
    bound: () => [],
    onChange: () => {},
    listings: [serialListing(async () => ({ SerialPort: { list: async () => [{ path: line.address }] } }))],
  })
  await discovery.discover({})
  const outcome = discovery.probe(`serial:${line.address}`, patient)
  await expect(outcome).rejects.toMatchObject({ code: 'DEVICE_GARBLED', context: { reason: 'floods' } })
  const again = serialTransport({ path: line.address, baudRate: 9600 })
  await again.open(patient)
  await again.close()
  discovery.stop()
})

it('a device process goes on telling what is plugged in while a device of the station floods it', async () => {
  const states: HostState[] = []
  const host: DeviceHost = connectHost({
    fork: () => forkWithNode(entry),
    onEvent: () => {},
    onState: (state) => states.push(state),
  })
  try {
    const scanner = {
      id: 'scanner',
      kind: 'code-scanner',
      driver: 'serial-scanner',
      transport: 'serial',
      address: line.address,
    } as const
    await host.call('devices.bind', { bindings: [scanner] })
    flooding = flood()
    for (let time = 0; time < 10; time++) {
      const all = await host.call('devices.discover', {})
      expect(all.find(({ boundTo }) => boundTo === 'scanner')?.address).toBe(line.address)
    }
    expect(states).toEqual(['running'])
  } finally {
    await host.close()
  }
})
