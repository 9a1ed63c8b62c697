import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import { simulatedChip, personalise } from '#native/sim/chip/index.ts'
import { startGempcTwin } from '#native/sim/gempc-twin/index.ts'
import { startHidButton } from '#native/sim/hid-button/index.ts'
import { people } from '#native/sim/people/people.ts'
import { watchedHost } from '../../integration/host/live-host.ts'

const entry = join(import.meta.dirname, 'hanging-line-host.ts')

async function desk() {
  const dir = await mkdtemp(join(tmpdir(), 'closing-'))
  const card = simulatedChip(await personalise(people.lo), {})
  const reader = await startGempcTwin({ linkPath: join(dir, 'reader'), chip: card, pace: 0 })
  const button = await startHidButton({ address: join(dir, 'button') })
  const { host, states } = watchedHost({
    entry,
    hear(event) {
      if (event.name === 'checkProgress' && event.data.prompt === 'take-card-away') void reader.remove()
    },
  })
  onTestFinished(async () => {
    await host.close()
    await button.stop()
    await reader.stop()
    await rm(dir, { recursive: true, force: true })
  })
  const bindings: readonly DeviceBinding[] = [
    { id: 'button', kind: 'document-camera', driver: 'hid-button', transport: 'socket', address: button.address },
    { id: 'reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', address: reader.address },
  ]
  return { host, bindings, states }
}

it('a line that does not close is found out, is given up, and holds nobody else up', async () => {
  const { host, bindings, states } = await desk()
  const stateOf = async (id: string) => {
    const list: readonly DeviceStatus[] = await host.call('devices.list', {})
    return list.find((device) => device.id === id)
  }
  await host.call('devices.bind', { bindings })
  await vi.waitFor(async () => expect((await stateOf('button'))?.state).toBe('ready'), { timeout: 20_000 })

  const test = (device: string) => host.call('device.check', { attempt: device, device })
  expect((await test('button')).found).toEqual([{ cause: 'hangs' }])
  // It is given up, not waited for: the state says so, and so does the next test.
  await vi.waitFor(async () => expect(await stateOf('button')).toMatchObject({ problem: 'DEVICE_SILENT' }), {
    timeout: 20_000,
  })
  expect((await test('button')).found).toEqual([{ cause: 'hangs' }])

  expect(await test('reader')).toMatchObject({ found: [], figures: { readsGood: 20 } })
  expect(states).toEqual(['running'])
})

it('a device whose line does not close can be taken away from the station, and the others stay', async () => {
  const { host, bindings, states } = await desk()
  await host.call('devices.bind', { bindings })
  const after = await host.call('devices.bind', { bindings: bindings.slice(1) })
  expect(after.map(({ id }) => id)).toEqual(['reader'])
  expect(await host.call('device.check', { attempt: 'one', device: 'reader' })).toMatchObject({ found: [] })
  expect(states).toEqual(['running'])
})
