import { expect, it } from 'vitest'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { CodeScanner } from '#native/capability/code-scanner.ts'
import type { Drivers, OpenTransport } from '#native/drivers/index.ts'
import type { Transport } from '#native/transport/transport.ts'
import { settle } from '../host/fake-clock.ts'
import { playedDiscovery, playedMachine } from './played.ts'

const key = 'serial:/dev/ttyUSB0'
const patient = new AbortController().signal

/** Drivers `one`, `two` … that ask with their own name, and `ear`, which only listens. */
function playedDrivers(acquired: string[]): Drivers {
  const driver = (name: string, asks: boolean) => ({
    kind: 'code-scanner' as const,
    transports: ['serial' as const],
    create(binding: Parameters<OpenTransport>[0], open: OpenTransport): CodeScanner {
      const line = open(binding, { baudRate: 9600 })
      return {
        kind: 'code-scanner',
        async acquire(signal) {
          acquired.push(name)
          const answer = Promise.withResolvers<void>()
          line.onData((bytes) => Buffer.from(bytes).toString() === `${name}!` && answer.resolve())
          await line.open(signal)
          if (!asks) return { model: name }
          await line.write(Buffer.from(`${name}?`), signal)
          signal.addEventListener('abort', () => answer.reject(new AppError('CANCELLED', name)))
          await answer.promise
          return { model: name }
        },
        onCode: () => () => {},
        onGone: () => () => {},
        release: () => line.close(),
      }
    },
  })
  return { one: driver('one', true), two: driver('two', true), three: driver('three', true), ear: driver('ear', false) }
}

type World = {
  understands?: string
  refuses?: FailureCode
  open?: () => Promise<void>
  close?: () => Promise<void>
  onOpen?: (say: (bytes: Uint8Array) => void) => void
}

/** One serial port with a device of the test's own; `open` counts how many lines to it are open at once. */
async function scene(world: World, bound: { id: string; transport: 'serial'; address: string }[] = []) {
  const acquired: string[] = []
  const counts = { open: 0, most: 0, heard: 0 }
  const line = (): Transport => {
    let say: (bytes: Uint8Array) => void = () => {}
    let isOpen = false
    return {
      async open() {
        await world.open?.()
        if (world.refuses) throw new AppError(world.refuses, 'played.open')
        isOpen = true
        counts.most = Math.max(counts.most, ++counts.open)
        world.onOpen?.((bytes) => isOpen && say(bytes))
      },
      async write(bytes) {
        const asked = Buffer.from(bytes).toString().replace('?', '')
        if (asked === world.understands) queueMicrotask(() => say(Buffer.from(`${asked}!`)))
      },
      onData(listener) {
        say = (bytes) => {
          counts.heard += bytes.length
          listener(bytes)
        }
        return () => {}
      },
      onClose: () => () => {},
      async close() {
        if (!isOpen) return
        isOpen = false
        counts.open--
        await world.close?.()
      },
    }
  }
  const machine = playedMachine()
  machine.plugPort('ttyUSB0')
  const played = playedDiscovery({
    listings: machine.listings,
    drivers: playedDrivers(acquired),
    transports: { serial: line },
    bound: () => bound,
  })
  await played.discovery.discover({})
  const codeOf = (probing: Promise<unknown>) =>
    probing.then(
      () => 'nothing went wrong',
      (error: unknown) => (error instanceof AppError ? error.code : error),
    )
  return { ...played, machine, acquired, counts, codeOf }
}

it('finds the driver that the device answers, asking one after the other, and leaves it closed', async () => {
  const { discovery, clock, acquired, counts, told } = await scene({ understands: 'two' })
  const probing = discovery.probe(key, patient)
  await clock.advance(10_000)
  expect(await probing).toEqual([
    { driver: 'two', kind: 'code-scanner', because: 'answers' },
    // Its line opens at any device: nothing speaks against it.
    { driver: 'ear', kind: 'code-scanner', because: 'possible' },
  ])
  expect(acquired).toEqual(['one', 'two', 'three', 'ear'])
  expect(counts).toMatchObject({ open: 0, most: 1 })
  expect(told.at(-1)?.[0]?.proposals[0]).toEqual({ driver: 'two', kind: 'code-scanner', because: 'answers' })
  discovery.stop()
})

it('never takes a device that only talks for one that answers', async () => {
  const { discovery, clock } = await scene({ onOpen: (say) => say(Buffer.from('hello')) })
  const probing = discovery.probe(key, patient)
  await clock.advance(10_000)
  expect((await probing).map(({ driver, because }) => [driver, because])).toEqual([['ear', 'possible']])
  discovery.stop()
})

it('forgets what a device answered when it is pulled out', async () => {
  const { discovery, clock, machine, told } = await scene({ understands: 'one' })
  const probing = discovery.probe(key, patient)
  await clock.advance(10_000)
  await probing
  machine.unplug('ttyUSB0')
  machine.plugPort('ttyUSB0')
  await clock.advance(5000)
  expect(told.at(-1)?.[0]?.proposals.map(({ because }) => because)).toEqual(Array(4).fill('possible'))
  discovery.stop()
})

it.each(['DEVICE_BUSY', 'DEVICE_ABSENT', 'DEVICE_REFUSED'] as const)(
  'says %s when the line cannot be opened, without trying the other drivers',
  async (refuses) => {
    const { discovery, clock, acquired, codeOf } = await scene({ refuses })
    const probing = codeOf(discovery.probe(key, patient))
    await clock.advance(100)
    expect(await probing).toBe(refuses)
    expect(acquired).toEqual(['one'])
    discovery.stop()
  },
)

it('probes one device at a time', async () => {
  const { discovery, clock, codeOf, counts } = await scene({})
  const first = discovery.probe(key, patient)
  expect(await codeOf(discovery.probe(key, patient))).toBe('DEVICE_BUSY')
  await clock.advance(20_000)
  await first
  expect(counts.most).toBe(1)
  discovery.stop()
})

it('stops at once when it is cancelled, and leaves the device closed', async () => {
  const { discovery, codeOf, counts, acquired } = await scene({})
  const cancel = new AbortController()
  const probing = codeOf(discovery.probe(key, cancel.signal))
  await settle()
  expect(counts.open).toBe(1)
  cancel.abort()
  expect(await probing).toBe('CANCELLED')
  expect(counts.open).toBe(0)
  expect(acquired).toEqual(['one'])
  discovery.stop()
})

it('lets go of the device when the devices of the station change', async () => {
  const { discovery, codeOf, counts } = await scene({})
  const probing = codeOf(discovery.probe(key, patient))
  await settle()
  await discovery.letGo()
  expect(counts.open).toBe(0)
  expect(await probing).toBe('CANCELLED')
  discovery.stop()
})

it('says that a device hangs on opening, asks it no more, and closes it when it opens after all', async () => {
  const late = Promise.withResolvers<void>()
  const { discovery, clock, codeOf, counts, acquired } = await scene({ open: () => late.promise })
  const probing = discovery.probe(key, patient)
  const outcome = probing.catch((error: unknown) => error)
  await clock.advance(4000)
  expect(await outcome).toMatchObject({ code: 'DEVICE_SILENT', context: { hangs: 'opening' } })
  expect(acquired).toEqual(['one'])
  expect(await codeOf(discovery.probe(key, patient))).toBe('DEVICE_BUSY')
  late.resolve()
  await settle()
  expect(counts.open).toBe(0)
  expect(counts.most).toBe(1)
  discovery.stop()
})

it('says that a device hangs on closing, and still lists the rest', async () => {
  const { discovery, clock, acquired } = await scene({ understands: 'one', close: () => new Promise(() => {}) })
  const outcome = discovery.probe(key, patient).catch((error: unknown) => error)
  await clock.advance(4000)
  expect(await outcome).toMatchObject({ code: 'DEVICE_SILENT', context: { hangs: 'closing' } })
  expect(acquired).toEqual(['one'])
  expect(await discovery.discover({})).toHaveLength(1)
  discovery.stop()
})

it('cuts off a device that floods the line, and says so', async () => {
  const { discovery, clock, codeOf, counts } = await scene({
    onOpen(say) {
      for (let time = 0; time < 1000; time++) say(new Uint8Array(10_000))
    },
  })
  const probing = codeOf(discovery.probe(key, patient))
  await clock.advance(15_000)
  expect(await probing).toBe('DEVICE_GARBLED')
  expect(counts.open).toBe(0)
  // Four drivers were tried, and none was given more than a quarter of a megabyte of the ten that came.
  expect(counts.heard).toBeLessThan(2_000_000)
  discovery.stop()
})
