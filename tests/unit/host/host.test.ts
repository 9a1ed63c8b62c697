import { expect, test, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceStatus } from '#native/capability/device.ts'
import { settle } from './fake-clock.ts'
import { bindings, wanted, scene } from './scene.ts'

test('the first word is a pong, and each ping gets one', () => {
  const { messages, say } = scene()
  expect(messages).toEqual([{ type: 'pong', id: 0 }])
  say({ type: 'ping', id: 7 })
  expect(messages.at(-1)).toEqual({ type: 'pong', id: 7 })
})

test('a call that does not exist is refused', async () => {
  const { ask } = scene()
  expect(await ask('toString' as 'devices.list', {})).toMatchObject({
    ok: false,
    error: { code: 'BAD_REQUEST' },
  })
})

test('bound devices open in the background and their states are told; cameras of the browser are left out', async () => {
  const { ask, events, statuses } = scene()
  expect(await ask('devices.bind', { bindings: [bindings.scanner, bindings.camera] })).toMatchObject([
    { id: 'scanner', state: 'opening' },
  ])
  await settle()
  expect(events('deviceChanged')).toMatchObject([{ id: 'scanner', state: 'ready', model: 'played' }])
  expect(await statuses()).toHaveLength(1)
})

test('a device that is absent is looked for again until it is there, without a word in between', async () => {
  const { ask, clock, world, events } = scene()
  world.open = () => Promise.reject(new AppError('DEVICE_ABSENT', 'played'))
  await ask('devices.bind', { bindings: [bindings.scanner] })
  await clock.advance(60_000)
  expect(world.opened).toBeGreaterThan(20)
  expect(events('deviceChanged')).toMatchObject([{ state: 'absent', problem: 'DEVICE_ABSENT' }])
  world.open = () => Promise.resolve()
  await clock.advance(2000)
  expect(events('deviceChanged')[1]).toMatchObject({ state: 'ready' })
  expect(events('deviceChanged')[1]).not.toHaveProperty('problem')
})

test('a device that says nothing when it is opened counts as silent after 20 seconds', async () => {
  const { ask, clock, world, statuses } = scene()
  world.open = () => new Promise(() => {})
  await ask('devices.bind', { bindings: [bindings.scanner] })
  await clock.advance(20_000)
  expect(await statuses()).toMatchObject([{ state: 'failed', problem: 'DEVICE_SILENT' }])
})

test('an unplug event is a hint: the device is opened again to see, and is ready when it was never away', async () => {
  const { ask, world, events } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner] })
  for (const listener of world.gone) listener()
  await settle()
  expect(events('deviceChanged').map((status) => (status as DeviceStatus).state)).toEqual(['ready', 'opening', 'ready'])
})

test('a missing system library disables its own devices only and is not retried', async () => {
  const { ask, clock, world, statuses } = scene({ withoutSerial: true })
  await ask('devices.bind', { bindings: [bindings.reader, bindings.scanner] })
  await clock.advance(60_000)
  expect(await statuses()).toMatchObject([
    { id: 'reader', state: 'failed', problem: 'TRANSPORT_MISSING' },
    { id: 'scanner', state: 'ready' },
  ])
  expect(world.opened).toBe(1)
  const access = { kind: 'can', can: '000000' } as const
  const read = await ask('chip.read', { attempt: 'a1', device: 'reader', access })
  expect(read).toMatchObject({ error: { code: 'TRANSPORT_MISSING', retriable: false } })
})

test('a driver that does not exist, of another kind, or over another line ends in DEVICE_UNKNOWN', async () => {
  const { ask, statuses } = scene()
  const { scanner } = bindings
  await ask('devices.bind', {
    bindings: [
      { ...scanner, id: 'one', driver: 'constructor' },
      { ...scanner, id: 'two', kind: 'card-reader' },
      { ...scanner, id: 'three', transport: 'hid' },
    ],
  })
  expect(await statuses()).toMatchObject(
    ['one', 'two', 'three'].map((id) => ({ id, state: 'failed', problem: 'DEVICE_UNKNOWN' })),
  )
})

test('binding a new set lets go of what is no longer in it and leaves the others open', async () => {
  const { ask, world } = scene()
  await ask('devices.bind', { bindings: [bindings.scanner, bindings.button] })
  const { opened, released } = world
  expect(await ask('devices.bind', { bindings: [bindings.scanner] })).toMatchObject([{ id: 'scanner', state: 'ready' }])
  expect(world.opened).toBe(opened)
  expect(world.released).toBe(released + 1)
})

test('a press of the shutter and a card in the reader become events', async () => {
  const { ask, world, events } = scene()
  await ask('devices.bind', { bindings: [bindings.button, bindings.reader] })
  world.press()
  world.card(true)
  expect(events('shutterPressed')).toEqual([{ device: 'button' }])
  expect(events('cardPresence')).toEqual([{ device: 'reader', present: true, session: 1 }])
  expect(events('deviceChanged').at(-1)).toMatchObject({ id: 'reader', cardPresent: true })
})

test('each card put in has a higher number, which opening the line anew does not change', async () => {
  const { ask, world, events, statuses } = scene()
  await ask('devices.bind', { bindings: [bindings.reader] })
  const numbers = () => events('deviceChanged').map((status) => (status as DeviceStatus).cardSession)
  world.card(true)
  world.card(false)
  world.card(true)
  expect(numbers().filter((number) => number !== undefined)).toEqual([1, 2])
  world.cardPresent = true
  for (const tell of world.gone) tell()
  await vi.waitFor(async () => expect((await statuses())[0]).toMatchObject({ state: 'ready', cardPresent: true }))
  expect((await statuses())[0]?.cardSession).toBe(2)
  world.card(false)
  expect((await statuses())[0]).not.toHaveProperty('cardSession')
})

test('reading without a card ends in CARD_ABSENT and leaves the reader ready', async () => {
  const { ask, statuses } = scene()
  await ask('devices.bind', { bindings: [bindings.reader] })
  const access = { kind: 'can', can: '000000' } as const
  expect(await ask('chip.read', { attempt: 'a1', device: 'reader', access })).toMatchObject({
    error: { code: 'CARD_ABSENT' },
  })
  expect(await statuses()).toMatchObject([{ state: 'ready' }])
})

test('an attempt on a device that is not bound, or is of another kind, ends in DEVICE_UNKNOWN', async () => {
  const { ask } = scene()
  await ask('devices.bind', { bindings: [bindings.button] })
  for (const device of ['button', 'elsewhere']) {
    expect(await ask('finger.capture', { ...wanted, attempt: 'a1', device })).toMatchObject({
      error: { code: 'DEVICE_UNKNOWN' },
    })
  }
})
