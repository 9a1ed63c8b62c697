import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DeviceBinding } from '#native/capability/device.ts'
import { startHidButton, type HidButtonFault, type HidButtonSimulator } from '#native/sim/hid-button/index.ts'
import { watchedHost, type WatchedHost } from '../../integration/host/live-host.ts'

// Each test has a button of its own: a line that goes again and again is opened less often.

const passing = ['one-byte-chunks', 'garbage', 'duplicate', 'late'] as const
const losing = ['silence', 'bad-checksum'] as const

let dir: string
let live: WatchedHost
const buttons = new Map<HidButtonFault, HidButtonSimulator>()
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quay-buttons-'))
  live = watchedHost()
  const bindings: DeviceBinding[] = []
  for (const fault of [...passing, ...losing, 'unplug'] as const) {
    const button = await startHidButton({ address: join(dir, fault), lateMs: 100 })
    buttons.set(fault, button)
    const { address } = button
    bindings.push({ id: fault, kind: 'document-camera', driver: 'hid-button', transport: 'socket', address })
  }
  await live.host.call('devices.bind', { bindings })
})
afterAll(async () => {
  await live.host.close()
  for (const button of buttons.values()) await button.stop()
  await rm(dir, { recursive: true, force: true })
})

const presses = (device: string) =>
  live.events.filter((event) => event.name === 'shutterPressed' && event.data.device === device).length

async function ready(device: HidButtonFault): Promise<HidButtonSimulator> {
  await live.until(() => live.statesOf(device).at(-1) === 'ready')
  const button = buttons.get(device)!
  // Both ends of the line know of it.
  await vi.waitFor(() => expect(button.heardBy).toBe(1))
  return button
}

/** The end of the line comes after everything that was sent on it. */
async function pullCable(device: HidButtonFault, button: HidButtonSimulator): Promise<void> {
  button.addFault('unplug')
  await button.press()
  await live.until(() => live.statesOf(device).includes('opening'))
  await ready(device)
}

/** How often a faulty press and a clean one after it were told. */
async function toldAfter(fault: HidButtonFault): Promise<number> {
  const button = await ready(fault)
  const takeOff = button.addFault(fault)
  await button.press()
  takeOff()
  await button.press()
  await pullCable(fault, button)
  return presses(fault)
}

test.each(passing)('in spite of %s a press is told exactly once', async (fault) => {
  expect(await toldAfter(fault)).toBe(2)
})

test.each(losing)('a press lost to %s is not made up, and the next one is told', async (fault) => {
  expect(await toldAfter(fault)).toBe(1)
})

test('a cable pulled in mid-report is noticed, and the button works again when it is back', async () => {
  const button = await ready('unplug')
  await pullCable('unplug', button)
  await button.press()
  await live.until(() => presses('unplug') > 0)
  expect(presses('unplug')).toBe(1)
})
