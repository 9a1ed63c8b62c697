import { afterEach, expect, it, vi } from 'vitest'
import { failureOf, fingerBench, gone, irisBench, never, type SbiFault } from '../../unit/drivers/sbi/bench.ts'

let bench: Awaited<ReturnType<typeof fingerBench>>
afterEach(() => bench.stop())

const whole = { kind: 'separate', fingers: { length: 1 } }

/** The fault during one capture; afterwards everything is as before, without being opened anew. */
async function captureWith(fault: SbiFault) {
  bench = await fingerBench()
  await bench.reader.acquire(never)
  await bench.capture()
  const takeOff = bench.simulator.addFault(fault)
  const failure = await failureOf(bench.capture())
  takeOff()
  return failure
}

it.each<[SbiFault, string]>([
  ['error-101', 'NO_FINGER nothing-detected'],
  ['error-102', 'DEVICE_REFUSED extraction'],
  ['error-105', 'DEVICE_REFUSED orientation'],
  ['error-106', 'DEVICE_GONE not-found'],
  ['error-110', 'DEVICE_REFUSED not-ready'],
  ['busy', 'DEVICE_BUSY busy'],
  ['cut', 'DEVICE_GONE'],
  ['garbage', 'DEVICE_GARBLED http'],
  ['wsq', 'DEVICE_REFUSED wsq'],
  ['previous-image', 'PREVIOUS_IMAGE'],
])('%s ends in %s, and the next capture works', async (fault, failure) => {
  expect(await captureWith(fault)).toBe(failure)
  expect(await bench.capture()).toMatchObject(whole)
})

it('a device that was tampered with is not trusted before it says anew who it is', async () => {
  expect(await captureWith('error-103')).toBe('DEVICE_UNTRUSTED tampered')
  expect(await failureOf(bench.capture())).toBe('DEVICE_GONE')
})

it('200 MB of JSON are cut off and do not pile up', async () => {
  expect(await captureWith('huge-capture')).toBe('DEVICE_GARBLED too-long')
  await vi.waitFor(() => expect(bench.simulator.flooded()).toBeGreaterThan(0))
  // What it may send at most, and what lies in the system's buffers.
  expect(bench.simulator.flooded()).toBeLessThan(40_000_000)
  expect(await bench.capture()).toMatchObject(whole)
})

it('200 MB of JSON instead of the info are cut off much earlier', async () => {
  bench = await fingerBench({ faults: ['huge-info'] })
  expect(await failureOf(bench.reader.acquire(never))).toBe('DEVICE_GARBLED too-long')
  expect(bench.simulator.flooded()).toBeLessThan(16_000_000)
  // Not asked a second time with another verb.
  expect(bench.asked('SBIINFO')).toEqual([])
})

it.each<SbiFault>(['silence', 'late'])('%s ends in DEVICE_SILENT, and the next capture works', async (fault) => {
  bench = await fingerBench()
  const takeOff = bench.simulator.addFault(fault)
  await bench.reader.acquire(never)
  const failure = failureOf(bench.capture())
  await vi.waitFor(() => expect(bench.asked('RCAPTURE')).toHaveLength(1))
  bench.clock.advance(15_000)
  expect(await failure).toBe('DEVICE_SILENT')
  takeOff()
  expect(await bench.capture()).toMatchObject(whole)
})

it('a preview that freezes ends in DEVICE_SILENT', async () => {
  bench = await fingerBench({ faults: ['frozen-stream'] })
  await bench.reader.acquire(never)
  let frames = 0
  const failure = failureOf(bench.capture({ onPreview: () => ++frames > 99 }))
  await vi.waitFor(() => expect(frames).toBe(1))
  bench.clock.advance(5000)
  expect(await failure).toBe('DEVICE_SILENT')
})

it('a device without a preview is let decide alone', async () => {
  bench = await fingerBench({ faults: ['no-stream'] })
  await bench.reader.acquire(never)
  expect(await bench.capture()).toMatchObject(whole)
  expect(bench.asked('RCAPTURE')[0]?.body).toMatchObject({ timeout: 30_000, bio: [{ requestedScore: 40 }] })
})

it('frames that are no pictures are not shown, and the picture can still be taken by hand', async () => {
  bench = await fingerBench({ faults: ['garbled-frames'] })
  await bench.reader.acquire(never)
  const onPreview = vi.fn(() => true)
  expect(await bench.capture({ shoot: gone, onPreview })).toMatchObject(whole)
  expect(onPreview).not.toHaveBeenCalled()
})

it('a finger that was not laid down is not made up', async () => {
  bench = await fingerBench({ faults: ['three-fingers'] })
  await bench.reader.acquire(never)
  const captured = await bench.capture({ step: 'right-four' })
  expect(captured.kind === 'separate' && captured.fingers.map(({ position }) => position)).toEqual([
    'right-index',
    'right-middle',
    'right-ring',
  ])
})

it('a service that ends is noticed without a capture', async () => {
  bench = await fingerBench()
  const lost = vi.fn()
  bench.reader.onGone(lost)
  await bench.reader.acquire(never)
  bench.clock.advance(5000)
  await vi.waitFor(() => expect(bench.asked('SBIDISC')).toHaveLength(2))
  expect(lost).not.toHaveBeenCalled()
  await bench.simulator.stop()
  await vi.waitFor(() => {
    bench.clock.advance(5000)
    expect(lost).toHaveBeenCalledOnce()
  })
  expect(await failureOf(bench.reader.acquire(never))).toBe('DEVICE_ABSENT')
})

it('an iris camera without an eye before it says that it was refused', async () => {
  bench = await fingerBench()
  const iris = await irisBench({ faults: ['error-101'] })
  await iris.camera.acquire(never)
  const wish = { eyes: ['left'], patienceMs: 1000, signal: never } as const
  expect(await failureOf(iris.camera.capture(wish))).toBe('DEVICE_REFUSED nothing-detected')
  await iris.stop()
})
