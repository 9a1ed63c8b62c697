import { afterEach, expect, it } from 'vitest'
import { sbi } from '#native/drivers/sbi/index.ts'
import { bindingTo, failureOf, fingerBench, heldClock, never, type SbiFault } from '../../unit/drivers/sbi/bench.ts'

let bench: Awaited<ReturnType<typeof fingerBench>>
afterEach(() => bench.stop())

it.each<[SbiFault, string]>([
  ['wrong-signature', 'signature'],
  ['unsigned', 'signature'],
  ['expired-certificate', 'certificate-expired'],
  ['unknown-root', 'certificate-unknown'],
  ['other-device', 'device'],
  ['wrong-transaction', 'transaction'],
  ['replay', 'transaction'],
  ['wrong-environment', 'transaction'],
  ['wrong-hash', 'hash'],
])('prints with %s are dropped for reason %s, and the next capture works', async (fault, reason) => {
  bench = await fingerBench()
  let lost = 0
  bench.reader.onGone(() => lost++)
  await bench.reader.acquire(never)
  await bench.capture()
  const takeOff = bench.simulator.addFault(fault)
  expect(await failureOf(bench.capture())).toBe(`DEVICE_UNTRUSTED ${reason}`)
  // It must say anew who it is.
  expect(lost).toBe(1)
  expect(await failureOf(bench.capture())).toBe('DEVICE_GONE')
  takeOff()
  await bench.reader.acquire(never)
  expect(await bench.capture()).toMatchObject({ kind: 'separate', fingers: { length: 1 } })
})

it.each<[SbiFault, string]>([
  ['unsigned', 'signature'],
  ['expired-certificate', 'certificate-expired'],
  ['unknown-root', 'certificate-unknown'],
])('a device that shows itself %s is not opened for reason %s', async (fault, reason) => {
  bench = await fingerBench({ faults: [fault] })
  expect(await failureOf(bench.reader.acquire(never))).toBe(`DEVICE_UNTRUSTED ${reason}`)
})

it('nothing is trusted without an anchor, and nothing is asked', async () => {
  bench = await fingerBench()
  const reader = sbi(bindingTo('Finger', bench.simulator.address, { env: 'Developer' }), heldClock())
  expect(await failureOf(reader.acquire(never))).toBe('DEVICE_UNTRUSTED no-anchor')
  expect(bench.simulator.requests()).toEqual([])
})

it('a device that is registered for trials is not taken at a station in production', async () => {
  bench = await fingerBench()
  const { anchors } = bench.simulator.settings
  const reader = sbi(bindingTo('Finger', bench.simulator.address, { anchors }), heldClock())
  expect(await failureOf(reader.acquire(never))).toBe('DEVICE_UNTRUSTED device')
})

it('a certificate that ends between two captures is noticed', async () => {
  bench = await fingerBench()
  await bench.reader.acquire(never)
  bench.clock.advance(40 * 86_400_000)
  expect(await failureOf(bench.capture())).toBe('DEVICE_UNTRUSTED certificate-expired')
})

it('an answer whose time is not that of the request is dropped', async () => {
  const wrongClock = () => new Date(Date.now() - 3_600_000)
  bench = await fingerBench({ now: wrongClock })
  await bench.reader.acquire(never)
  expect(await failureOf(bench.capture())).toBe('DEVICE_UNTRUSTED transaction')
})
