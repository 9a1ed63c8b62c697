import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { exportTrace } from '#core/diagnostics/trace-export.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import { encodeButtonReport } from '#native/drivers/hid-button/report.ts'
import { shippedMaps } from '#native/drivers/hid-button/report-map.ts'
import { encodePart } from '#native/drivers/hid-pos/codec.ts'
import { reportMaps } from '#native/drivers/hid-pos/report-maps.ts'
import { simulatedChip, personalise } from '#native/sim/chip/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { people } from '#native/sim/people/people.ts'
import { watchedHost } from '../../integration/host/live-host.ts'
import { flooding, folder } from './floods.ts'

// Over a real device process and real lines, which bring more than 10 MB in a second if anybody hears them. What is
// counted are messages and sizes, which do not depend on the machine.

/** Of a flood of hundreds of thousands; a busy machine may let a second of quiet pass now and then. */
const fewMessages = 150
const ringText = 5 * 1024 * 1024

const hexOf = (...reports: readonly Uint8Array[]) => Buffer.concat(reports).toString('hex')
const { input } = shippedMaps[0]
const presses = hexOf(
  ...[1, 2, 3, 4].map((counter) => encodeButtonReport(input, { shutter: counter % 2 === 1, counter })),
)
const part = (text: string) => ({ symbology: ']Q1', data: Buffer.from(text), more: false })
const scans = hexOf(
  encodePart(reportMaps.counted, part('A code that names nobody')),
  encodePart(reportMaps.counted, part('Another that names nobody')),
)

type Flood = Omit<DeviceBinding, 'id' | 'address'> & { readonly says: string; readonly counting?: boolean }
const serial = { transport: 'serial' } as const
const socket = { transport: 'socket' } as const
const floods: Readonly<Record<string, Flood>> = {
  'a code scanner that sends noise': { ...serial, kind: 'code-scanner', driver: 'serial-scanner', says: '55' },
  'a code scanner that sends codes, each another one': {
    ...serial,
    kind: 'code-scanner',
    driver: 'serial-scanner',
    says: '00000000000000000d',
    counting: true,
  },
  'a card reader whose card comes and goes without end': {
    ...serial,
    kind: 'card-reader',
    driver: 'gempc-twin',
    says: '50035002',
  },
  'a slap scanner that sends noise': { ...socket, kind: 'fingerprint-scanner', driver: 'hid-image', says: '55' },
  'a HID code scanner that sends codes': { ...socket, kind: 'code-scanner', driver: 'hid-pos', says: scans },
  'a button that is pressed without end': { ...socket, kind: 'document-camera', driver: 'hid-button', says: presses },
  'a button that sends noise': { ...socket, kind: 'document-camera', driver: 'hid-button', says: '55' },
}

it.each(Object.keys(floods))('%s is told as such, in few words and little room, and others go on', async (name) => {
  const { says, counting, ...device } = floods[name]!
  const dir = await folder()
  const card = simulatedChip(await personalise(people.lo), {})
  const reader = await startGempcTwin({ linkPath: join(dir, 'reader'), chip: card, pace: 0 })
  onTestFinished(() => reader.stop())
  const address = join(dir, 'flood')
  await flooding(device.transport === 'serial' ? 'pty' : 'socket', address, says, counting)
  const { host, events, states } = watchedHost({
    hear(event) {
      if (event.name === 'checkProgress' && event.data.prompt === 'take-card-away') void reader.remove()
    },
  })
  onTestFinished(() => host.close())
  const bindings: readonly DeviceBinding[] = [
    { ...device, id: 'flood', address },
    { id: 'reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', address: reader.address },
  ]

  await host.call('devices.bind', { bindings })
  await vi.waitFor(
    async () => {
      const { entries } = await host.call('trace.read', { device: 'flood' })
      expect(entries.some((entry) => 'way' in entry && entry.way === 'in')).toBe(true)
    },
    { timeout: 30_000 },
  )

  const other = await host.call('device.check', { attempt: 'other', device: 'reader' })
  expect(other).toMatchObject({ found: [], figures: { readsGood: 20, removalNoticed: 1 } })

  const { found } = await host.call('device.check', { attempt: 'this', device: 'flood' })
  expect(found.map(({ cause }) => cause)).toEqual(['floods'])

  const whole = await host.call('trace.read', { device: 'flood' })
  expect(whole.entries.length).toBeLessThanOrEqual(2000)
  expect(JSON.stringify(whole).length).toBeLessThan(ringText)
  const out = join(dir, 'out')
  await mkdir(out)
  await exportTrace(whole, out, new Date())
  const [file = ''] = await readdir(out)
  expect((await stat(join(out, file))).size).toBeLessThan(ringText)

  const told = events.filter(({ name: event }) => event !== 'checkProgress')
  expect(told.length).toBeLessThan(fewMessages)
  expect(states).toEqual(['running'])
  const list: readonly DeviceStatus[] = await host.call('devices.list', {})
  expect(list.find(({ id }) => id === 'reader')?.state).toBe('ready')
})
