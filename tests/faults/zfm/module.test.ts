import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { FingerprintReader } from '#native/capability/fingerprint-reader.ts'
import { systemClock, type Clock } from '#native/drivers/gempc-twin/clock.ts'
import { zfm } from '#native/drivers/zfm/index.ts'
import { startZfm, type ZfmFault, type ZfmOptions, type ZfmSimulator } from '#native/sim/zfm/index.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { hurriedClock } from '../../support/hurried-clock.ts'

// The real driver over the real serialport and a pty, and every fault that the simulated module knows. Its fingers are drawn.

const patient = new AbortController().signal
const step = 'flat-right-index'
const finger = { seed: 5, finger: 'right-index' } as const
/** Eight times as impatient as in the field. */
const quick: Clock = { ...hurriedClock(8), now: () => performance.now() * 8 }

let folder: string
let machine: ZfmSimulator
let reader: FingerprintReader

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zfm-'))
})
afterEach(async () => {
  await reader.release()
  await machine.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(faults: readonly ZfmFault[] = [], options: Partial<ZfmOptions> = {}, clock = quick) {
  const linkPath = join(folder, 'zfm')
  machine = await startZfm({ linkPath, model: 'r503', finger, faults, pace: 0, ...options })
  reader = zfm(
    { id: 'zfm', kind: 'fingerprint-scanner', driver: 'zfm', transport: 'serial', address: linkPath },
    ({ address }, { baudRate }) => serialTransport({ path: address, baudRate }),
    clock,
  )
}

const capture = (shoot = patient) => reader.capture({ step, signal: patient, shoot, onPreview: () => true })

async function takeAll() {
  await reader.acquire(patient)
  return capture()
}

async function whole(act: Promise<unknown>) {
  expect(await act).toMatchObject({ kind: 'whole', image: { width: 192, height: 192 } })
}

async function codeOf(act: Promise<unknown>) {
  const error = await act.then(
    () => 'nothing went wrong',
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.code : error
}

/** Chances before: two to open, two looks, one for the answer to the upload. */
const inPicture = 40

describe('a picture is taken', () => {
  const mended: [string, ZfmFault[]][] = [
    ['bytes that come one by one', [{ name: 'one-byte-chunks' }]],
    ['noise before the first answer', [{ name: 'garbage' }]],
    ['noise before every packet', [{ name: 'garbage', times: 'always' }]],
    ['a damaged answer', [{ name: 'bad-checksum', after: 2 }]],
    ['a damaged packet of the picture', [{ name: 'bad-checksum', after: inPicture }]],
    ['silence at the start', [{ name: 'silence' }]],
    ['silence when asked for a finger', [{ name: 'silence', after: 2 }]],
    ['a lost packet of the picture', [{ name: 'silence', after: inPicture }]],
    ['a late answer at the start', [{ name: 'late' }]],
    ['a late answer to a look', [{ name: 'late', after: 3 }]],
    ['a late packet of the picture', [{ name: 'late', after: inPicture }]],
    ['answers that come twice', [{ name: 'duplicate', times: 5 }]],
    ['a packet of the picture that comes twice', [{ name: 'duplicate', after: inPicture }]],
    ['a sensor that is busy for a while', [{ name: 'busy', times: 3 }]],
    ['a finger that is not seen at first', [{ name: 'no-finger', times: 3 }]],
    ['a command that came damaged', [{ name: 'receive-error', after: 2 }]],
    ['a module that lost its power for a moment', [{ name: 'reset', after: 2 }]],
  ]
  it.each(mended)('in spite of %s, and the next one, too', async (_what, faults) => {
    // Thousands of writes of one byte take their time on a busy machine; nothing else here waits for that long.
    const slow = faults.some(({ name }) => name === 'one-byte-chunks')
    await start(faults, {}, slow ? systemClock : quick)
    await whole(takeAll())
    await whole(capture())
  })
})

describe('a module that', () => {
  const fatal: [string, ZfmFault[], FailureCode][] = [
    ['stays silent', [{ name: 'silence', times: 'always' }], 'DEVICE_SILENT'],
    ['falls silent in mid-picture', [{ name: 'silence', times: 'always', after: inPicture }], 'DEVICE_SILENT'],
    ['garbles every answer', [{ name: 'bad-checksum', times: 'always' }], 'DEVICE_GARBLED'],
    ['garbles its pictures', [{ name: 'bad-checksum', times: 400, after: 5 }], 'DEVICE_GARBLED'],
    ['sends every packet twice', [{ name: 'duplicate', times: 'always' }], 'DEVICE_GARBLED'],
    ['hears nothing but damage', [{ name: 'receive-error', times: 'always' }], 'DEVICE_GARBLED'],
    ['has another password', [{ name: 'wrong-password', times: 'always' }], 'DEVICE_REFUSED'],
    ['is unplugged in mid-packet', [{ name: 'unplug' }], 'DEVICE_GONE'],
  ]
  it.each(fatal)('%s says so with its code', async (_what, faults, code) => {
    await start(faults)
    expect(await codeOf(takeAll())).toBe(code)
  })

  it.each([
    ['busy', 'DEVICE_BUSY'],
    ['no-finger', 'NO_FINGER'],
  ] as const)('stays with %s ends in %s when the picture is taken by hand', async (name, code) => {
    await start([{ name, times: 'always' }])
    await reader.acquire(patient)
    const shoot = new AbortController()
    const running = codeOf(capture(shoot.signal))
    shoot.abort()
    expect(await running).toBe(code)
  })

  it('sends the picture before again is found out, and the next capture works', async () => {
    await start([{ name: 'previous-image', after: 1 }])
    await whole(takeAll())
    expect(await codeOf(capture())).toBe('PREVIOUS_IMAGE')
    await whole(capture())
  })

  it('has no power at its far end is absent, and works when it is back', async () => {
    await start()
    await whole(takeAll())
    let gone = 0
    reader.onGone(() => gone++)
    await machine.unplug()
    await vi.waitFor(() => expect(gone).toBe(1), { timeout: 10_000 })
    expect(await codeOf(capture())).toBe('DEVICE_GONE')
    await reader.release()
    expect(await codeOf(reader.acquire(patient))).toBe('DEVICE_ABSENT')
    await machine.plug()
    await whole(takeAll())
  })

  it('still sends a picture that nobody waits for is ready again afterwards', async () => {
    await start([], { pace: 0.1 })
    await reader.acquire(patient)
    const cancel = new AbortController()
    const before = machine.wireMs()
    const running = codeOf(reader.capture({ step, signal: cancel.signal, shoot: patient, onPreview: () => true }))
    await vi.waitFor(() => expect(machine.wireMs()).toBeGreaterThan(before + 1200), { timeout: 10_000, interval: 5 })
    cancel.abort()
    expect(await running).toBe('CANCELLED')
    await whole(capture())
  })

  it('still sends a picture to a program that has gone is ready for the next one', async () => {
    await start([], { pace: 0.1 })
    await reader.acquire(patient)
    const before = machine.wireMs()
    const running = codeOf(capture())
    await vi.waitFor(() => expect(machine.wireMs()).toBeGreaterThan(before + 1200), { timeout: 10_000, interval: 5 })
    await reader.release()
    expect(await running).toBe('DEVICE_GONE')
    await whole(takeAll())
  })
})
