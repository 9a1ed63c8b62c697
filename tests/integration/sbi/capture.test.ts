import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DeviceStatus } from '#native/capability/device.ts'
import { drivers } from '#native/drivers/index.ts'
import { systemClock } from '#native/host/clock.ts'
import { createRegistry, type Registry } from '#native/host/registry.ts'
import { startSbi, type SbiOptions, type SbiSimulator } from '#native/sim/sbi/index.ts'
import { bindingTo, failureOf, fingerBench, gone, heldClock, irisBench, never } from '../../unit/drivers/sbi/bench.ts'
import { sbi } from '#native/drivers/sbi/index.ts'

const left = { eyes: ['left'], patienceMs: 1000, signal: never } as const

describe('through the device host, over real loopback HTTP', () => {
  let simulator: SbiSimulator
  let registry: Registry
  let statuses: DeviceStatus[]
  beforeEach(() => {
    statuses = []
    registry = createRegistry({
      drivers,
      transports: {},
      clock: systemClock,
      onChange: (status) => void statuses.push(status),
      onCard: () => {},
      onPressed: () => {},
      onCode: () => {},
    })
  })
  afterEach(async () => {
    await registry.release()
    await simulator.stop()
  })

  async function bind(kind: SbiOptions['kind'], address = '') {
    simulator = await startSbi({ kind, frameMs: 5, emptyFrames: 0, impressions: 1 })
    await registry.bind([bindingTo(kind, address || simulator.address, simulator.settings)])
    await vi.waitFor(() => expect(statuses.at(-1)?.state).toBe('ready'), 10_000)
  }

  it('a slap scanner is found in its range of ports, and gives each finger of a hand by name', async () => {
    await bind('Finger', '127.0.0.1:4501-4600')
    expect(statuses.at(-1)).toMatchObject({ model: 'Invented Slap 4501', kind: 'fingerprint-scanner' })
    // Certificates are not for windows.
    expect(statuses.at(-1)).not.toHaveProperty('settings')
    const asked = { device: 'sbi', kind: 'fingerprint-scanner', step: 'finger.capture', signal: never } as const
    const captured = await registry.use(asked, (reader) =>
      reader.capture({ step: 'left-four', signal: never, shoot: never, onPreview: () => true }),
    )
    if (captured.kind !== 'separate') throw new Error('expected separate fingers')
    expect(captured.fingers.map(({ position }) => position)).toEqual([
      'left-little',
      'left-ring',
      'left-middle',
      'left-index',
    ])
    for (const { image } of captured.fingers) {
      expect(image).toMatchObject({ width: 560, height: 660, dpi: 500 })
      const dark = image.pixels.reduce((count, value) => count + (value < 128 ? 1 : 0), 0) / image.pixels.length
      expect(dark).toBeGreaterThan(0.08)
    }
  })

  it('an iris camera gives both eyes with the quality that it tells', async () => {
    await bind('Iris')
    const asked = { device: 'sbi', kind: 'iris-camera', step: 'iris.capture', signal: never } as const
    const eyes = await registry.use(asked, (camera) => camera.capture({ ...left, eyes: ['right', 'left'] }))
    expect(eyes.map(({ eye, quality }) => [eye, quality])).toEqual([
      ['left', 83],
      ['right', 83],
    ])
    expect(eyes[0]?.image).toMatchObject({ width: 640, height: 480 })
    expect(simulator.requests().at(-1)?.body).toMatchObject({ timeout: 1000, bio: [{ deviceSubId: 3, count: 2 }] })
  })

  it('other anchors for the same address open the device anew', async () => {
    await bind('Finger')
    await registry.bind([bindingTo('Finger', simulator.address, { env: 'Developer' })])
    await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ state: 'failed', problem: 'DEVICE_UNTRUSTED' }))
  })
})

describe('a fingerprint scanner', () => {
  let bench: Awaited<ReturnType<typeof fingerBench>>
  afterEach(() => bench.stop())

  it('for four fingers is fit for the card, and makes slaps and flat fingers but no rolled ones', async () => {
    bench = await fingerBench()
    const { grade, dpi, steps } = await bench.reader.acquire(never)
    expect({ grade, dpi }).toEqual({ grade: 'enrolment', dpi: 500 })
    expect(steps).toContain('right-four')
    expect(steps).toContain('flat-left-thumb')
    expect(await failureOf(bench.capture({ step: 'rolled-left-thumb' }))).toBe('DEVICE_GRADE')
  })

  it('for one finger is fit for verification only, and is told which finger', async () => {
    bench = await fingerBench({ subType: 'Single' })
    expect(await bench.reader.acquire(never)).toMatchObject({ grade: 'verification' })
    expect(await failureOf(bench.capture({ step: 'right-four' }))).toBe('DEVICE_GRADE')
    const captured = await bench.capture({ step: 'flat-right-index' })
    expect(captured).toMatchObject({ fingers: [{ position: 'right-index' }] })
    expect(bench.asked('RCAPTURE')[0]?.body).toMatchObject({ bio: [{ bioSubType: ['Right IndexFinger'], count: 1 }] })
  })

  it('is told the fingers that are not there, and takes one finger by leaving out the others', async () => {
    bench = await fingerBench()
    await bench.reader.acquire(never)
    await bench.capture({ step: 'right-four', absent: ['right-ring', 'left-index'] })
    const one = await bench.capture({ step: 'flat-left-thumb' })
    expect(one).toMatchObject({ fingers: [{ position: 'left-thumb' }] })
    expect(bench.asked('RCAPTURE').map(({ body }) => body)).toMatchObject([
      { bio: [{ deviceSubId: 2, count: 3, exception: ['Right RingFinger'] }] },
      { bio: [{ deviceSubId: 3, count: 1, exception: ['Right Thumb'] }] },
    ])
  })

  it('is asked to capture only when the preview is good, and shows until then what lies on it', async () => {
    bench = await fingerBench()
    await bench.reader.acquire(never)
    const shown: number[][] = []
    await bench.capture({
      onPreview: ({ width, dpi }) => shown.push([width, dpi, bench.asked('RCAPTURE').length]) === 3,
    })
    expect(shown.slice(0, 3)).toEqual(Array(3).fill([400, 125, 0]))
    expect(bench.asked('RCAPTURE')[0]?.body).toMatchObject({ timeout: 10_000, bio: [{ requestedScore: 40 }] })
  })

  it('is asked to take whatever there is when it is to shoot', async () => {
    bench = await fingerBench()
    await bench.reader.acquire(never)
    await bench.capture({ shoot: gone, onPreview: () => false })
    expect(bench.asked('RCAPTURE')[0]?.body).toMatchObject({ timeout: 3000, bio: [{ requestedScore: 1 }] })
  })

  it('names each transaction anew and chains the hashes of its captures', async () => {
    bench = await fingerBench()
    await bench.reader.acquire(never)
    await bench.capture()
    await bench.capture({ step: 'two-thumbs' })
    type Asked = { transactionId: string; bio: [{ previousHash: string }] }
    const [first, second] = bench.asked('RCAPTURE').map(({ body }) => body as Asked)
    expect(second?.transactionId).not.toBe(first?.transactionId)
    // SHA-256 of nothing.
    expect(first?.bio[0].previousHash).toBe('E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855')
    expect(second?.bio[0].previousHash).toMatch(/^[0-9A-F]{64}$/u)
    expect(second?.bio[0].previousHash).not.toBe(first?.bio[0].previousHash)
  })

  it.each(['raw', 'jpeg2000'] as const)('may send its pictures as %s', async (coding) => {
    bench = await fingerBench({ coding })
    await bench.reader.acquire(never)
    expect(await bench.capture({ step: 'two-thumbs' })).toMatchObject({ fingers: { length: 2 } })
  })

  it('of the older specification is found by its older verb', async () => {
    bench = await fingerBench({ faults: ['old-verbs'] })
    await bench.reader.acquire(never)
    expect(bench.simulator.requests().map(({ method }) => method)).toEqual(['SBIDISC', 'MOSIPDISC', 'MOSIPDINFO'])
  })

  it('makes one capture at a time, and a cancelled one ends its preview', async () => {
    bench = await fingerBench()
    await bench.reader.acquire(never)
    const cancel = new AbortController()
    let frames = 0
    const first = failureOf(bench.capture({ signal: cancel.signal, onPreview: () => ++frames < 0 }))
    await vi.waitFor(() => expect(frames).toBeGreaterThan(0))
    expect(await failureOf(bench.capture())).toBe('DEVICE_BUSY')
    cancel.abort()
    expect(await first).toBe('CANCELLED')
    const before = frames
    expect(await bench.capture()).toMatchObject({ fingers: { length: 1 } })
    expect(frames).toBe(before)
  })

  it('is found beside another one that is not trusted', async () => {
    bench = await fingerBench()
    const other = await startSbi({ kind: 'Finger' })
    // Ports are tried from the lowest one.
    const [stranger, trusted] =
      other.address < bench.simulator.address ? [other, bench.simulator] : [bench.simulator, other]
    const reader = sbi(bindingTo('Finger', '127.0.0.1:4501-4600', trusted.settings), heldClock())
    expect(await reader.acquire(never)).toMatchObject({ grade: 'enrolment' })
    expect(stranger.requests().map(({ method }) => method)).toContain('MOSIPDINFO')
    await reader.release()
    await other.stop()
  })

  it('is not looked for on other machines', async () => {
    bench = await fingerBench()
    const { settings } = bench.simulator
    for (const address of ['192.168.1.20:4501', 'localhost:4501', '127.0.0.1:80'])
      expect(await failureOf(sbi(bindingTo('Finger', address, settings), heldClock()).acquire(never))).toBe(
        'DEVICE_UNKNOWN',
      )
  })
})

describe('an iris camera', () => {
  it('takes the eye that is asked for', async () => {
    const bench = await irisBench({ coding: 'jpeg2000' })
    await bench.camera.acquire(never)
    const eyes = await bench.camera.capture(left)
    expect(eyes.map(({ eye }) => eye)).toEqual(['left'])
    expect(bench.simulator.requests().at(-1)?.body).toMatchObject({ bio: [{ type: 'Iris', deviceSubId: 1, count: 1 }] })
    await bench.stop()
  })

  it('is not taken for a fingerprint scanner', async () => {
    const bench = await irisBench()
    const reader = sbi(bindingTo('Finger', bench.simulator.address, bench.simulator.settings), heldClock())
    expect(await failureOf(reader.acquire(never))).toBe('DEVICE_GONE')
    await bench.stop()
  })
})
