import { expect, it, vi } from 'vitest'
import type { DeviceStatus } from '#native/capability/device.ts'
import type { Device } from '#native/drivers/index.ts'
import { holdDevice } from '#native/host/held-device.ts'
import { fakeClock } from './fake-clock.ts'

/** A button that is gone after it was opened, and whose line does not close until it is let. */
function stuckButton() {
  const clock = fakeClock()
  const onStuck = vi.fn()
  const told: DeviceStatus[] = []
  const closing = Promise.withResolvers<void>()
  let gone = () => {}
  let opened = 0
  let closes = 0
  const device: Device = {
    kind: 'document-camera',
    acquire: async () => (opened++, { model: 'button' }),
    setLamp: async () => {},
    onPressed: () => () => {},
    onGone: (listener) => ((gone = listener), () => {}),
    release: () => (opened === 0 ? Promise.resolve() : (closes++, closing.promise)),
  }
  const held = holdDevice({
    binding: { id: 'button', kind: 'document-camera', driver: 'hid-button', transport: 'hid', address: '1234:5678' },
    create: () => device,
    clock,
    onChange: (status) => told.push(status),
    onCard: () => {},
    onPressed: () => {},
    onCode: () => {},
    onStuck,
  })
  return { clock, held, onStuck, told, unplug: () => gone(), close: closing.resolve, closes: () => closes }
}

const patient = new AbortController().signal
const never = () => Promise.reject(new Error('not to be reached'))

it('a line that does not close is closed once, told as not answering, and as hanging to those who want the device', async () => {
  const { clock, held, unplug, closes } = stuckButton()
  await clock.advance(0)
  expect(held.status.state).toBe('ready')
  unplug()
  await clock.advance(10_000)
  expect(held.status).toMatchObject({ state: 'failed', problem: 'DEVICE_SILENT' })
  const wanted = held.use('camera.lamp', patient, never)
  const refused = expect(wanted).rejects.toMatchObject({ code: 'DEVICE_SILENT', context: { reason: 'hangs' } })
  await clock.advance(10_000)
  await refused
  expect(closes()).toBe(1)
})

it('when it closes after all, the device is had again, and no new process was asked for', async () => {
  const { clock, held, onStuck, unplug, close } = stuckButton()
  await clock.advance(0)
  unplug()
  await clock.advance(10_000)
  close()
  await clock.advance(5000)
  expect(held.status.state).toBe('ready')
  expect(onStuck).not.toHaveBeenCalled()
})

it('as a last resort a new process is asked for', async () => {
  const { clock, onStuck, unplug } = stuckButton()
  await clock.advance(0)
  unplug()
  await clock.advance(60_000)
  expect(onStuck).toHaveBeenCalled()
})

it('letting go of it for good takes seconds, not for ever', async () => {
  const { clock, held } = stuckButton()
  await clock.advance(0)
  const released = vi.fn()
  void held.release().then(released)
  await clock.advance(6100)
  expect(released).toHaveBeenCalled()
})
