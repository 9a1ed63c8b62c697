import { expect, it } from 'vitest'
import type { DeviceStatus } from '#native/capability/device.ts'
import type { Device } from '#native/drivers/index.ts'
import { holdDevice } from '#native/host/held-device.ts'
import { fakeClock } from './fake-clock.ts'

/** A button whose line ends as soon as it is open, until it is mended. */
function flappingButton() {
  const clock = fakeClock()
  const told: DeviceStatus[] = []
  let gone = () => {}
  let opened = 0
  let closed = 0
  let mended = false
  const device: Device = {
    kind: 'document-camera',
    async acquire() {
      opened++
      if (!mended) setImmediate(() => gone())
      return { model: 'button' }
    },
    setLamp: async () => {},
    onPressed: () => () => {},
    onGone: (listener) => ((gone = listener), () => {}),
    release: async () => void closed++,
  }
  const held = holdDevice({
    binding: { id: 'button', kind: 'document-camera', driver: 'hid-button', transport: 'hid', address: '1234:5678' },
    create: () => device,
    clock,
    onChange: (status) => told.push(status),
    onCard: () => {},
    onPressed: () => {},
    onCode: () => {},
  })
  return {
    clock,
    held,
    told,
    mend: () => (mended = true),
    unplug: () => gone(),
    opened: () => opened,
    closed: () => closed,
  }
}

it('a line that ends as soon as it is open is opened less and less often, and closed each time', async () => {
  const { clock, held, told, opened, closed } = flappingButton()
  await clock.advance(60_000)
  expect(opened()).toBeGreaterThan(10)
  expect(opened()).toBeLessThan(40)
  expect(closed()).toBeGreaterThanOrEqual(opened())
  expect(told.length).toBeLessThan(150)
  expect(held.status).toMatchObject({ state: 'absent', problem: 'DEVICE_GONE' })
})

it('a line that holds again is ready again, and one that goes once much later is opened at once', async () => {
  const { clock, held, mend, unplug, opened } = flappingButton()
  await clock.advance(20_000)
  mend()
  await clock.advance(10_000)
  expect(held.status.state).toBe('ready')
  const before = opened()
  unplug()
  await clock.advance(0)
  expect(opened()).toBe(before + 1)
  expect(held.status.state).toBe('ready')
})
