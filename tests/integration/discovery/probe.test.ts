import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { drivers } from '#native/drivers/index.ts'
import { systemClock } from '#native/host/clock.ts'
import { createDiscovery, type Discovery } from '#native/host/discovery/discovery.ts'
import { serialListing } from '#native/host/discovery/serial-ports.ts'
import { personalise, simulatedChip } from '#native/sim/chip/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { people } from '#native/sim/people/people.ts'
import { startZfm } from '#native/sim/zfm/index.ts'
import { serialTransport } from '#native/transport/serial.ts'

// The real drivers over the real serialport and ptys; only the list of the ports is played.

const patient = new AbortController().signal
let folder: string
let path: string
let discovery: Discovery
let stopDevice = async () => {}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'))
  path = join(folder, 'port')
  discovery = createDiscovery({
    drivers,
    transports: {
      serial: ({ address }, settings) => serialTransport({ baudRate: 9600, ...settings, path: address }),
    },
    clock: systemClock,
    bound: () => [],
    onChange: () => {},
    listings: [serialListing(async () => ({ SerialPort: { list: async () => [{ path }] } }))],
  })
})
afterEach(async () => {
  discovery.stop()
  await stopDevice()
  await rm(folder, { recursive: true, force: true })
})

async function probe(signal = patient) {
  await discovery.discover({})
  const proposals = await discovery.probe(`serial:${path}`, signal)
  return proposals.map(({ driver, because }) => `${driver}: ${because}`)
}

/** The port can be opened again at once: nobody holds it. */
async function expectClosed() {
  const line = serialTransport({ path, baudRate: 9600 })
  await line.open(patient)
  await line.close()
}

it('a card reader answers its own driver and no other, and its port is free afterwards', async () => {
  const reader = await startGempcTwin({ linkPath: path, chip: simulatedChip(await personalise(people.lo)), pace: 0 })
  stopDevice = () => reader.stop()
  expect(await probe()).toEqual(['gempc-twin: answers', 'serial-scanner: possible'])
  await expectClosed()
})

it('a fingerprint module is found although the drivers of card readers have talked to it before', async () => {
  const module = await startZfm({ linkPath: path, pace: 0 })
  stopDevice = () => module.stop()
  expect(await probe()).toEqual(['zfm: answers', 'serial-scanner: possible'])
  await expectClosed()
})

it('a port with nothing behind it says so', async () => {
  const outcome = await probe().catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(AppError)
  expect((outcome as AppError).code).toBe('DEVICE_ABSENT')
})

it('a cancelled probe leaves the port free', async () => {
  const module = await startZfm({ linkPath: path, pace: 0 })
  stopDevice = () => module.stop()
  const cancel = new AbortController()
  const probing = probe(cancel.signal).catch((error: unknown) => (error as AppError).code)
  setImmediate(() => cancel.abort())
  expect(await probing).toBe('CANCELLED')
  await expectClosed()
})
