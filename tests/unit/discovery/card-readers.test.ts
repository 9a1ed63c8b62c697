import { EventEmitter } from 'node:events'
import { afterEach, expect, it, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { pcscListing } from '#native/host/discovery/card-readers.ts'
import type { Pcsc } from '#native/transport/pcsc.ts'

/** A smart-card service that the test plays. */
function service(start = () => {}) {
  const client = Object.assign(new EventEmitter(), { start, stop: vi.fn() })
  const module = {
    Client: class {
      constructor() {
        return client
      }
    },
    CardMode: { EXCLUSIVE: 1 },
    ReaderStatus: { PRESENT: 0x20, MUTE: 0x200 },
  } as unknown as Pcsc
  return {
    load: async () => module,
    client,
    plug(name: string) {
      const reader = Object.assign(new EventEmitter(), { name: () => name })
      client.emit('reader', reader)
      reader.emit('change', { raw: 0x10 })
      return () => reader.emit('disconnect')
    },
  }
}

let client: EventEmitter | undefined
/** The service ends, and the next test finds none. */
afterEach(async () => {
  client?.emit('error', new Error('played'))
  client = undefined
  await new Promise((resolve) => setImmediate(resolve))
})

it('a computer without the smart-card library or without its service has no readers and says why', async () => {
  const code = (act: Promise<unknown>) => act.catch((error: unknown) => (error as AppError).code)
  expect(await code(pcscListing(() => Promise.reject(new Error('libpcsclite.so.1'))).list())).toBe('TRANSPORT_MISSING')
  const { load } = service(() => {
    throw new Error('no service')
  })
  expect(await code(pcscListing(load).list())).toBe('TRANSPORT_MISSING')
})

it('the readers of the service are told by their names, whatever a name claims', async () => {
  const world = service()
  client = world.client
  const listing = pcscListing(world.load)
  const first = listing.list()
  await vi.waitFor(() => expect(world.client.listenerCount('reader')).toBe(1))
  const unplug = world.plug('ACS ACR1281 1S Dual Reader 00 00')
  expect(await first).toEqual([
    {
      key: 'pcsc:ACS ACR1281 1S Dual Reader 00 00',
      transport: 'pcsc',
      address: 'ACS ACR1281 1S Dual Reader 00 00',
      path: 'ACS ACR1281 1S Dual Reader 00 00',
      product: 'ACS ACR1281 1S Dual Reader 00 00',
    },
  ])
  world.plug('a\u0000b')
  world.plug('x'.repeat(5000))
  world.plug('y'.repeat(300))
  const second = await listing.list()
  expect(second.map(({ address }) => address.length)).toEqual([32, 300])
  expect(second[1]?.product).toBe('y'.repeat(120))
  unplug()
  expect(await listing.list()).toHaveLength(1)
})
