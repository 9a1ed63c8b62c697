import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { PluggedIn } from '#native/capability/checks.ts'
import { setUpStation, type DeskOptions, type Station, type TestDesk } from '../../support/desk.ts'
import { instantBindings } from '../../support/instant-host.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const scanner: PluggedIn = {
  key: 'serial:/dev/ttyUSB7',
  transport: 'serial',
  address: '/dev/ttyUSB7',
  vendorId: '0403',
  productId: '6001',
  twin: true,
  since: '2026-11-22T01:00:00.000Z',
  proposals: [{ driver: 'serial-scanner', kind: 'code-scanner', because: 'possible' }],
}
const answers: DeskOptions['answers'] = {
  'devices.discover': () => [scanner],
  'devices.unlisted': () => [{ transport: 'pcsc', problem: 'TRANSPORT_MISSING' }],
  'devices.drivers': () => [{ driver: 'serial-scanner', kind: 'code-scanner', transports: ['serial'] }],
  'devices.probe': () => {
    throw new AppError('DEVICE_SILENT', 'devices.probe', { context: { hangs: 'opening' } })
  },
}
const wish = { id: 'code-scanner', driver: 'serial-scanner', transport: 'serial', address: '/dev/ttyUSB7' } as const

const devicesOf = (desk: TestDesk) => desk.last('surroundingsChanged')?.devices.map(({ id }) => id)

it('the technician sees what is plugged in and what cannot be looked at, and nobody else does', async () => {
  const desk = await station.sitDown({ answers })
  expect(await desk.ask('pluggedIn', {})).toEqual([scanner])
  expect(await desk.ask('unlistedTransports', {})).toEqual([{ transport: 'pcsc', problem: 'TRANSPORT_MISSING' }])
  expect(await desk.codeOf('pluggedIn', {}, 'officer')).toBe('NOT_ALLOWED')
  expect(await desk.codeOf('bindDevice', wish, 'officer')).toBe('NOT_ALLOWED')
  expect(await desk.codeOf('probeDevice', { key: scanner.key })).toBe('DEVICE_SILENT')
  desk.host.emit('pluggedInChanged', [])
  expect(desk.last('pluggedInChanged')).toEqual([])
})

it('a device that the technician binds is there for the officer at once and after a restart, until it is unbound', async () => {
  const desk = await station.sitDown({ answers })
  const known = instantBindings.map(({ id }) => id)
  expect(devicesOf(desk)).toEqual(known)
  await desk.ask('bindDevice', wish)
  expect(devicesOf(desk)).toEqual([...known, 'code-scanner'])
  expect(desk.last('stationChanged')?.simulated).toBe(false)

  const file = `${desk.dataFolder}.devices.json`
  const again = await station.restart(desk, { answers, devices: readFileSync(file, 'utf8') })
  await vi.waitFor(() => expect(devicesOf(again)).toEqual([...known, 'code-scanner']))
  expect(await again.codeOf('bindDevice', { ...wish, driver: 'nothing-known' })).toBe('DEVICE_UNKNOWN')
  expect(await again.codeOf('bindDevice', { ...wish, id: '../x' })).toBe('BAD_REQUEST')

  await again.ask('unbindDevice', { id: 'code-scanner' })
  expect(devicesOf(again)).toEqual(known)
  expect(await again.codeOf('unbindDevice', { id: 'code-scanner' })).toBe('DEVICE_UNKNOWN')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(instantBindings)
  const beside = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.`))
  expect(beside).toEqual([])
})

it('asking a device is stopped by the technician, and every driver is told for one that nothing was proposed for', async () => {
  const { promise: never } = Promise.withResolvers<never>()
  const begun = vi.fn<() => Promise<never>>(() => never)
  const desk = await station.sitDown({ answers: { ...answers, 'devices.probe': begun } })
  const asking = desk.codeOf('probeDevice', { key: scanner.key })
  await vi.waitFor(() => expect(begun).toHaveBeenCalled())
  await desk.ask('stopProbing', { key: 'serial:/dev/ttyUSB1' })
  await desk.ask('stopProbing', { key: scanner.key })
  expect(await asking).toBe('CANCELLED')
  expect(await desk.ask('drivers', {})).toEqual([
    { driver: 'serial-scanner', kind: 'code-scanner', transports: ['serial'] },
  ])
  expect(await desk.codeOf('drivers', {}, 'officer')).toBe('NOT_ALLOWED')
})
