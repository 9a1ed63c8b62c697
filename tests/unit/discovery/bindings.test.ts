import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readBindings } from '#core/devices/bindings.ts'
import { devicesFile } from '#core/devices/devices-file.ts'
import { stationDevices } from '#core/devices/station-devices.ts'
import { equipment } from '#core/diagnostics/equipment.ts'
import { AppError } from '#domain/failure/index.ts'
import type { PluggedIn } from '#native/capability/checks.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { HostCallName, HostCalls } from '#native/capability/host.ts'

const reader = {
  id: 'reader',
  kind: 'card-reader',
  driver: 'gempc-twin',
  transport: 'serial',
  address: '/dev/ttyUSB0',
} as const
const camera = { id: 'portrait', kind: 'portrait-camera', driver: 'uvc', transport: 'browser', address: 'Webcam' }
const clock = () => new Date('2026-11-22T01:15:00.000Z')

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devices-'))
  path = join(folder, 'devices.json')
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

const onDisk = async (): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))
const code = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )

describe('devices.json', () => {
  const open = (onPutAside = (_: string) => {}) => devicesFile(path, { clock, onPutAside })

  it('begins with the first device', async () => {
    expect(await open().put(reader)).toEqual([reader])
    expect(await onDisk()).toEqual([reader])
    expect(readBindings(path)).toEqual([reader])
  })

  it('keeps the other devices and everything that this version does not know', async () => {
    const stranger = { id: 'new-thing', kind: 'kind-of-2030', driver: 'x', other: [1, { deep: true }] }
    await writeFile(path, JSON.stringify([{ ...reader, note: 'left window', colour: 7 }, stranger, 'odd', camera]))
    const all = await open().put({ ...reader, address: '/dev/ttyUSB1' })
    expect(await onDisk()).toEqual([
      { ...reader, address: '/dev/ttyUSB1', note: 'left window', colour: 7 },
      stranger,
      'odd',
      camera,
    ])
    expect(all.map(({ id }) => id)).toEqual(['reader', 'portrait'])
  })

  it('keeps the settings of a device that moves, and drops them with another driver', async () => {
    const service = { id: 'fingers', kind: 'fingerprint-scanner', driver: 'sbi', transport: 'http' } as const
    await writeFile(path, JSON.stringify([{ ...service, address: '127.0.0.1:4501', settings: { env: 'Developer' } }]))
    const file = open()
    expect(await file.put({ ...service, address: '127.0.0.1:4502' })).toMatchObject([
      { settings: { env: 'Developer' } },
    ])
    const [other] = await file.put({ ...service, driver: 'zfm', transport: 'serial', address: '/dev/ttyUSB0' })
    expect(other).not.toHaveProperty('settings')
  })

  it('makes changes one after the other', async () => {
    const file = open()
    await Promise.all(Array.from({ length: 12 }, (_, at) => file.put({ ...reader, id: `reader-${at}` })))
    expect((await onDisk()) as unknown[]).toHaveLength(12)
  })

  it('takes a device away, and says when there is none of that name', async () => {
    await writeFile(path, JSON.stringify([reader, camera]))
    expect(await open().remove('reader')).toEqual([camera])
    expect(await onDisk()).toEqual([camera])
    expect(await code(open().remove('reader'))).toBe('DEVICE_UNKNOWN')
  })

  it.each(['{"id":"reader"}', '[{"id":', '', 'null', '\u0000\u0001'])(
    'that is no list of devices (%j) is put aside whole, and told',
    async (content) => {
      await writeFile(path, content)
      const told: string[] = []
      expect(await open((file) => told.push(file)).put(reader)).toEqual([reader])
      expect(told).toHaveLength(1)
      expect(told[0]).toContain('devices.json.unreadable-20261122T011500000Z')
      expect(await readFile(told[0] ?? '', 'utf8')).toBe(content)
      // A second one in the same moment takes no other one's place.
      await writeFile(path, content)
      await open((file) => told.push(file)).put(reader)
      expect(new Set(told).size).toBe(2)
    },
  )

  it('that is no list is not touched by taking a device away', async () => {
    await writeFile(path, '{}')
    expect(await code(open().remove('reader'))).toBe('DEVICE_UNKNOWN')
    expect(await readdir(folder)).toEqual(['devices.json'])
    expect(await readFile(path, 'utf8')).toBe('{}')
  })

  it('that cannot be opened at all is left alone, and the failure told', async () => {
    await rm(path, { force: true })
    // A folder in its place: there to be listed, not to be read.
    const file = devicesFile(folder, { clock, onPutAside: () => {} })
    expect(await code(file.put(reader))).toBe('STORE_DAMAGED')
  })

  it('that is a link is changed where the link leads', async () => {
    const real = join(folder, 'real.json')
    await writeFile(real, '[]')
    await symlink(real, path)
    await open().put(reader)
    expect(JSON.parse(await readFile(real, 'utf8'))).toEqual([reader])
  })

  it('with one bad entry loses that one only, and says so', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await writeFile(
      path,
      `\uFEFF${JSON.stringify([
        { ...reader, address: 7 },
        { ...camera, note: 'kept' },
      ])}`,
    )
    expect(readBindings(path)).toEqual([camera])
    expect(said).toHaveBeenCalledTimes(1)
    await writeFile(path, JSON.stringify([reader]))
    expect(readBindings(path)).toEqual([reader])
    expect(said).toHaveBeenCalledTimes(1)
  })
})

it('a simulated device that was taken away still counts as one that was used', async () => {
  const socket = { ...reader, id: 'finger', transport: 'socket', address: '/tmp/finger.sock' } as const
  await writeFile(path, JSON.stringify([socket]))
  const devices = stationDevices(path)
  expect(devices.simulated).toBe(true)
  devices.replace([reader])
  expect(devices.simulated).toBe(true)
  expect(devices.all).toEqual([reader])
  expect(devices.used().map(({ transport, simulated }) => [transport, simulated])).toEqual([
    ['serial', false],
    ['socket', true],
  ])
})

describe('the equipment of the station', () => {
  type Bound = HostCalls['devices.bind']['input']['bindings']

  function scene(answers: { [Name in HostCallName]?: (input: never) => unknown } = {}) {
    const bound: Bound[] = []
    const asked: HostCallName[] = []
    const told: unknown[] = []
    const changes: (readonly DeviceBinding[])[] = []
    const acts: string[] = []
    const plugged: PluggedIn = {
      key: 'serial:/dev/ttyUSB0',
      transport: 'serial',
      address: '/dev/ttyUSB0',
      since: clock().toISOString(),
      proposals: [{ driver: 'gempc-twin', kind: 'card-reader', because: 'possible' }],
    }
    const host = {
      async call(name: HostCallName, input: unknown) {
        asked.push(name)
        const answer = answers[name] as ((input: unknown) => unknown) | undefined
        if (answer) return answer(input)
        if (name === 'devices.drivers')
          return [
            { driver: 'gempc-twin', kind: 'card-reader', transports: ['serial'] },
            { driver: 'sbi', kind: 'fingerprint-scanner', transports: ['http'] },
          ]
        if (name === 'devices.discover') return [plugged]
        if (name === 'devices.bind') bound.push((input as { bindings: Bound }).bindings)
        return []
      },
    }
    const equipped = equipment({
      devicesFile: path,
      host: host as never,
      clock,
      notify: (name, data) => told.push([name, data]),
      onBindings: (bindings) => changes.push(bindings),
      onAct: (act) => acts.push(act),
    })
    return { ...equipped, bound, asked, told, changes, acts, plugged }
  }

  it('binds a device under a name, in the file and in the device process at once', async () => {
    await writeFile(path, JSON.stringify([camera]))
    const { handlers, bound, changes, acts } = scene()
    const { kind: _, ...wish } = reader
    await handlers.bindDevice(wish)
    expect(await onDisk()).toEqual([camera, reader])
    // Cameras are the window's.
    expect(bound).toEqual([[reader]])
    expect(changes.map((each) => each.map(({ id }) => id))).toEqual([['portrait', 'reader']])
    await handlers.bindDevice({ ...wish, address: '/dev/ttyUSB1' })
    expect(bound.at(-1)).toEqual([{ ...reader, address: '/dev/ttyUSB1' }])
    await handlers.unbindDevice({ id: 'reader' })
    expect(bound.at(-1)).toEqual([])
    expect(acts).toEqual(['device.bind reader gempc-twin', 'device.bind reader gempc-twin', 'device.unbind reader'])
    expect(await onDisk()).toEqual([camera])
  })

  it('refuses a driver that is none, one for another line, and an address that is none, and writes nothing', async () => {
    const { handlers, bound } = scene()
    const { kind: _, ...wish } = reader
    expect(await code(handlers.bindDevice({ ...wish, driver: 'toString' }) as Promise<unknown>)).toBe('DEVICE_UNKNOWN')
    expect(await code(handlers.bindDevice({ ...wish, transport: 'hid' }) as Promise<unknown>)).toBe('DEVICE_UNKNOWN')
    expect(await code(handlers.bindDevice({ ...wish, address: ' ' }) as Promise<unknown>)).toBe('DEVICE_UNKNOWN')
    expect(await code(handlers.bindDevice({ ...wish, address: '/dev/a\nb' }) as Promise<unknown>)).toBe(
      'DEVICE_UNKNOWN',
    )
    expect(await readdir(folder)).toEqual([])
    expect(bound).toEqual([])
  })

  it('keeps a device that was bound in the moment in which the device process ended', async () => {
    const { handlers, changes } = scene({ 'devices.bind': () => Promise.reject(new AppError('HOST_GONE', 'played')) })
    const { kind: _, ...wish } = reader
    await handlers.bindDevice(wish)
    expect(await onDisk()).toEqual([reader])
    expect(changes).toEqual([[reader]])
  })

  it('tells the window what the device process tells, and asks a new process to watch again', async () => {
    const { handlers, onHostEvent, onHostState, asked, told, plugged } = scene()
    onHostState('running')
    expect(asked).toEqual([])
    expect(await handlers.pluggedIn({})).toEqual([plugged])
    onHostEvent({ name: 'pluggedInChanged', data: [] })
    expect(told).toEqual([['pluggedInChanged', []]])
    onHostState('restarting')
    onHostState('running')
    await vi.waitFor(() => expect(told.at(-1)).toEqual(['pluggedInChanged', [plugged]]))
    expect(asked).toEqual(['devices.discover', 'devices.discover'])
  })
})
