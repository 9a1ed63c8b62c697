import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { pcsc } from '#native/drivers/pcsc/index.ts'
import type { Pcsc } from '#native/transport/pcsc.ts'

const patient = new AbortController().signal
const present = 0x20
const empty = 0x10

async function codeOf(act: Promise<unknown>) {
  return act.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )
}

const fault = (code: string) => Object.assign(new Error('played'), { code })

/** A service that the test plays. */
function service(behaviour: { start?: () => void; connect?: () => Promise<unknown> } = {}) {
  const client = Object.assign(new EventEmitter(), { start: behaviour.start ?? (() => {}), stop: vi.fn() })
  const readers = new Map<string, EventEmitter>()
  const module = {
    Client: class {
      constructor() {
        return client
      }
    },
    CardMode: { EXCLUSIVE: 1 },
    ReaderStatus: { PRESENT: present, MUTE: 0x200 },
  } as unknown as Pcsc
  return {
    load: async () => module,
    client,
    plug(name: string, state: number) {
      const reader = Object.assign(new EventEmitter(), {
        name: () => name,
        connect: behaviour.connect ?? (() => Promise.reject(fault('NoSmartCard'))),
      })
      readers.set(name, reader)
      client.emit('reader', reader)
      reader.emit('change', { raw: state })
    },
    change: (name: string, state: number) => readers.get(name)?.emit('change', { raw: state }),
    unplug: (name: string) => readers.get(name)?.emit('disconnect'),
  }
}

/** The service ends, and the next test finds none. */
async function end(client: EventEmitter) {
  client.emit('error', fault('ServiceStopped'))
  await new Promise((resolve) => setImmediate(resolve))
}

const binding = (address: string) =>
  ({ id: 'reader', kind: 'card-reader', driver: 'pcsc', transport: 'pcsc', address }) as const

describe('the PC/SC driver', () => {
  it('says TRANSPORT_MISSING without the library or without the service', async () => {
    const noLibrary = pcsc(binding('*'), () => Promise.reject(new Error('not installed')))
    expect(await codeOf(noLibrary.acquire(patient))).toBe('TRANSPORT_MISSING')
    const { load } = service({
      start() {
        throw fault('NoService')
      },
    })
    expect(await codeOf(pcsc(binding('*'), load).acquire(patient))).toBe('TRANSPORT_MISSING')
  })

  it('finds its reader by the beginning of the name, tells of cards, and of a swap too fast to be seen', async () => {
    const world = service()
    const reader = pcsc(binding('Gemalto'), world.load)
    const seen: boolean[] = []
    let gone = 0
    reader.onCard((there) => seen.push(there))
    reader.onGone(() => gone++)
    const opening = reader.acquire(patient)
    await vi.waitFor(() => expect(world.client.listenerCount('reader')).toBe(1))
    world.plug('Another 00 00', present)
    world.plug('Gemalto PC Twin Reader 00 00', empty)
    expect(await opening).toEqual({ model: 'Gemalto PC Twin Reader 00 00', cardPresent: false })
    expect(await codeOf(reader.powerOn(patient))).toBe('CARD_ABSENT')
    world.change('Gemalto PC Twin Reader 00 00', 0x10000 | present)
    world.change('Gemalto PC Twin Reader 00 00', 0x30000 | present)
    expect(seen).toEqual([true, false, true])
    world.unplug('Gemalto PC Twin Reader 00 00')
    expect(gone).toBe(1)
    expect(await codeOf(reader.powerOn(patient))).toBe('DEVICE_GONE')
    await end(world.client)
  })

  it('lets a caller go at once who cancels, although the service cannot be interrupted', async () => {
    const world = service({ connect: () => new Promise(() => {}) })
    const reader = pcsc(binding('*'), world.load)
    const opening = reader.acquire(patient)
    await vi.waitFor(() => expect(world.client.listenerCount('reader')).toBe(1))
    world.plug('Reader 00 00', present)
    await opening
    const abort = new AbortController()
    const power = codeOf(reader.powerOn(abort.signal))
    await Promise.resolve()
    abort.abort()
    expect(await power).toBe('CANCELLED')
    await end(world.client)
  })
})
