import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { connectHost, forkWithNode, type DeviceHost } from '#core/devices/index.ts'
import { equipment } from '#core/diagnostics/equipment.ts'
import type { PluggedIn } from '#native/capability/checks.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import { openDeviceLine, type DeviceLine } from '#native/sim/wire/pty-pair.ts'

// A real device process and a pty.

const entry = join(import.meta.dirname, '../../../build/development-host.ts')
const patience = { timeout: 20_000, interval: 50 }

let folder: string
let line: DeviceLine
let host: DeviceHost
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugged-'))
  line = await openDeviceLine(join(folder, 'port'))
})
afterEach(async () => {
  await host.close()
  await line.unplug()
  await rm(folder, { recursive: true, force: true })
})

it('a device bound from what is plugged in is opened at once, is shown with its name, and goes when it is pulled out', async () => {
  const devicesFile = join(folder, 'devices.json')
  const told: (readonly PluggedIn[])[] = []
  const changes: [readonly DeviceBinding[], readonly DeviceStatus[]][] = []
  host = connectHost({ fork: () => forkWithNode(entry), onEvent: (event) => equipped.onHostEvent(event) })
  const equipped = equipment({
    devicesFile,
    // Without the look for services, which would ask those of other tests.
    host: { call: (name, input, signal) => host.call(name, name === 'devices.discover' ? {} : input, signal) },
    clock: () => new Date(),
    notify: (name, data) => name === 'pluggedInChanged' && told.push(data as readonly PluggedIn[]),
    onBindings: (...change) => changes.push(change),
  })
  const shown = (all: readonly PluggedIn[] | undefined) => all?.find(({ address }) => address === line.address)

  expect(shown(await equipped.handlers.pluggedIn({}))).toBeUndefined()
  const transports = (await equipped.handlers.unlistedTransports({})).map(({ transport }) => transport)
  expect(transports).not.toContain('serial')

  // A code scanner says nothing when it is opened.
  const wish = { id: 'scanner', driver: 'serial-scanner', transport: 'serial', address: line.address } as const
  await equipped.handlers.bindDevice(wish)
  expect(JSON.parse(await readFile(devicesFile, 'utf8'))).toEqual([{ ...wish, kind: 'code-scanner' }])
  expect(changes[0]?.[1]).toMatchObject([{ id: 'scanner' }])
  await vi.waitFor(() => expect(shown(told.at(-1))).toMatchObject({ boundTo: 'scanner' }), patience)
  await vi.waitFor(
    async () => expect(await host.call('devices.list', {})).toMatchObject([{ state: 'ready' }]),
    patience,
  )
  await expect(equipped.handlers.probeDevice({ key: `serial:${line.address}` })).rejects.toMatchObject({
    code: 'DEVICE_BUSY',
  })

  await line.unplug()
  await vi.waitFor(() => expect(shown(told.at(-1))).toBeUndefined(), patience)
  expect(await host.call('devices.list', {})).toMatchObject([{ id: 'scanner' }])
  await equipped.handlers.unbindDevice({ id: 'scanner' })
  expect(await host.call('devices.list', {})).toEqual([])
})

it('the ports of simulators count as plugged in where a development host is told their folder', async () => {
  host = connectHost({
    fork: () => forkWithNode(entry, { env: { QCC_DEVELOPMENT_PORTS: folder } }),
    onEvent: () => {},
  })
  const simulated = (await host.call('devices.discover', {})).filter(({ address }) => address.startsWith(folder))
  expect(simulated.map(({ address, product }) => [address, product])).toEqual([[line.address, 'simulated']])
})

it('a probe in the device process ends at once when nobody wants it any more, and its device can be bound', async () => {
  host = connectHost({
    fork: () => forkWithNode(entry, { env: { QCC_DEVELOPMENT_PORTS: folder } }),
    onEvent: () => {},
  })
  const asked = new Promise<void>((resolve) => line.onData(() => resolve()))
  await host.call('devices.discover', {})
  const cancel = new AbortController()
  const probing = host.call('devices.probe', { key: `serial:${line.address}` }, cancel.signal)
  const outcome = expect(probing).rejects.toMatchObject({ code: 'CANCELLED' })
  await asked
  cancel.abort()
  await outcome
  const binding = {
    kind: 'code-scanner',
    driver: 'serial-scanner',
    transport: 'serial',
    address: line.address,
  } as const
  await host.call('devices.bind', { bindings: [{ id: 'scanner', ...binding }] })
  await vi.waitFor(
    async () => expect(await host.call('devices.list', {})).toMatchObject([{ state: 'ready' }]),
    patience,
  )
})
