import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { serialTransport } from '#native/transport/serial.ts'
import { bench, folder } from './bench.ts'
import { readerDesk, type Desk } from './desks.ts'

async function atTheDesk(): Promise<{ readonly desk: Desk; readonly host: ReturnType<typeof bench> }> {
  const desk = await readerDesk(await folder(), 'gempc-twin')
  const host = bench()
  onTestFinished(async () => {
    await host.stop()
    await desk.stop()
  })
  return { desk, host }
}

it('a second test of a device that is being tested is refused, and so is any other attempt', async () => {
  const { desk, host } = await atTheDesk()
  await host.bind(desk.binding)
  let goOn = () => {}
  const first = host.check('device', { 'take-card-away': (said) => (goOn = said) })
  await vi.waitFor(() => expect(host.prompts).toEqual(['take-card-away']), { timeout: 30_000 })
  await expect(host.call('device.check', { attempt: 'other', device: 'device' })).rejects.toMatchObject({
    code: 'DEVICE_BUSY',
  })
  const access = { kind: 'can', can: '000000' }
  await expect(host.call('chip.read', { attempt: 'read', device: 'device', access })).rejects.toMatchObject({
    code: 'DEVICE_BUSY',
  })
  goOn()
  expect(await first).toMatchObject({ found: [], figures: { removalNoticed: 0 } })
})

it('a cancelled test ends at once, and the next one works', async () => {
  const { desk, host } = await atTheDesk()
  await host.bind(desk.binding)
  const first = host.check('device', { 'take-card-away': () => {} })
  await vi.waitFor(() => expect(host.prompts).toEqual(['take-card-away']), { timeout: 30_000 })
  first.cancel()
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await host.check('device', desk.act)).found).toEqual([])
})

it('without a card it waits for one, and says so when none comes', async () => {
  const { desk, host } = await atTheDesk()
  await desk.act['take-card-away']?.(() => {})
  await host.bind(desk.binding)
  expect((await host.check('device', { ...desk.act, 'lay-test-card': (said) => said() })).found).toEqual([
    { cause: 'no-card' },
  ])
  expect((await host.check('device', desk.act)).found).toEqual([])
  expect(host.prompts).toEqual(['lay-test-card', 'lay-test-card', 'take-card-away'])
})

it('a device that is not plugged in, and one that another program has, are told apart', async () => {
  const { desk, host } = await atTheDesk()
  const absent = { ...desk.binding, address: join(await folder(), 'nothing-here') }
  await host.bind(absent)
  expect((await host.check('device')).found).toEqual([{ cause: 'not-plugged-in' }])

  const otherProgram = serialTransport({ path: desk.binding.address, baudRate: 115_200 })
  await otherProgram.open(new AbortController().signal)
  await host.bind(desk.binding)
  await host.ready('device')
  expect((await host.check('device')).found).toEqual([{ cause: 'taken-by-another-program' }])
  await otherProgram.close()
  expect((await host.check('device', desk.act)).found).toEqual([])
})

it('a device that is not bound is unknown', async () => {
  const { host } = await atTheDesk()
  await expect(host.check('elsewhere')).rejects.toMatchObject({ code: 'DEVICE_UNKNOWN' })
})
