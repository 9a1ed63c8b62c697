import { describe, expect, it } from 'vitest'
import type { LineTracer, TracedPiece } from '#native/capability/trace.ts'
import { createRing, lookLimits, ringLimits, traced } from '#native/host/traces/index.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'
import { AppError } from '#domain/failure/index.ts'

const never = new AbortController().signal

function fakeTime() {
  let now = Date.UTC(2026, 0, 2)
  return { now: () => new Date(now), pass: (ms: number) => (now += ms) }
}

const piece = (name: string, bytes: number[] = [1], more: Partial<TracedPiece> = {}): TracedPiece => ({
  way: 'in',
  bytes: Uint8Array.from(bytes),
  name,
  ...more,
})

function fakeLine() {
  let hear: (bytes: Uint8Array) => void = () => {}
  let end: (reason: CloseReason) => void = () => {}
  let refusal: AppError | undefined
  const line: Transport = {
    async open() {
      if (refusal) throw refusal
    },
    async write() {},
    onData: (listener) => ((hear = listener), () => {}),
    onClose: (listener) => ((end = listener), () => {}),
    close: async () => end('asked'),
  }
  return {
    line,
    say: (bytes: Uint8Array) => hear(bytes),
    end: (reason: CloseReason) => end(reason),
    refuse: (error?: AppError) => (refusal = error),
  }
}

/** Every byte its own frame, and a count of the work that was done. */
function countingTracer() {
  const work = { bytes: 0, made: 0 }
  const make = (): LineTracer => {
    work.made++
    return {
      push(way, bytes) {
        work.bytes += bytes.length
        return [{ way, bytes: bytes.slice(0, 4), name: `frame ${work.bytes}` }]
      },
      flush: () => [],
    }
  }
  return { work, make }
}

describe('the ring of a device', () => {
  it('drops the oldest when it has too many entries, and the numbers go on', () => {
    const ring = createRing(fakeTime(), { entries: 3, bytes: 1e6 })
    for (const name of ['a', 'b', 'c', 'd', 'e']) ring.add(piece(name))
    expect(ring.entries().map(({ n }) => n)).toEqual([3, 4, 5])
  })

  it('drops the oldest when they are too large together', () => {
    const ring = createRing(fakeTime(), { entries: 1000, bytes: 10_000 })
    for (let at = 0; at < 100; at++)
      ring.add(
        piece(
          `frame ${at}`,
          Array.from({ length: 1000 }, () => at),
        ),
      )
    const sizes = ring.entries().map((entry) => ('hex' in entry ? entry.hex.length : 0))
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(10_000)
    expect(ring.entries().at(-1)).toMatchObject({ name: 'frame 99' })
  })

  it('counts a frame that comes again and again', () => {
    const ring = createRing(fakeTime())
    for (let at = 0; at < 288; at++) ring.add(piece('data', [9, 9]))
    ring.add(piece('end', [9]))
    expect(ring.entries()).toMatchObject([{ name: 'data', times: 288 }, { name: 'end' }])
  })

  it('does not change what somebody has read already', () => {
    const ring = createRing(fakeTime())
    ring.add(piece('data'))
    const [first] = ring.entries()
    ring.add(piece('data'))
    ring.add(piece('data'))
    expect(ring.entries(first!.n)).toMatchObject([{ n: 2, name: 'data', times: 2 }])
    expect(ring.entries()).toHaveLength(2)
  })

  it('keeps what it holds when it is stopped, and takes marks all the same', () => {
    const ring = createRing(fakeTime())
    ring.add(piece('before'))
    ring.run(false)
    ring.add(piece('while stopped'))
    ring.note('mark', 'cable changed')
    ring.run(true)
    ring.add(piece('after'))
    expect(ring.entries()).toMatchObject([
      { name: 'before' },
      { event: 'mark', text: 'cable changed' },
      { name: 'after' },
    ])
  })

  it('does not fill up with a device that is not there', () => {
    const ring = createRing(fakeTime())
    for (let at = 0; at < 100; at++) ring.note('refused', 'DEVICE_ABSENT')
    expect(ring.entries()).toHaveLength(1)
  })
})

describe('a traced line', () => {
  it('tells opening, both directions in their order, and how it ended', async () => {
    const [time, { line, say, end }] = [fakeTime(), fakeLine()]
    const ring = createRing(time)
    const outer = traced(line, countingTracer().make, ring, time)
    const heard: number[] = []
    outer.onData((bytes) => heard.push(bytes.length))
    await outer.open(never)
    await outer.write(Uint8Array.of(1), never)
    time.pass(5)
    say(Uint8Array.of(2, 3))
    end('unplugged')
    expect(heard).toEqual([2])
    expect(ring.entries()).toMatchObject([
      { n: 1, event: 'opened' },
      { n: 2, way: 'out', at: 0 },
      { n: 3, way: 'in', at: 5 },
      { n: 4, event: 'unplugged' },
    ])
  })

  it('says why a line could not be opened', async () => {
    const { line, refuse } = fakeLine()
    const [time, error] = [fakeTime(), new AppError('DEVICE_BUSY', 'serial.open')]
    refuse(error)
    const ring = createRing(time)
    await expect(traced(line, countingTracer().make, ring, time).open(never)).rejects.toBe(error)
    expect(ring.entries()).toMatchObject([{ event: 'refused', text: 'DEVICE_BUSY' }])
  })

  it('goes on when the tracer breaks', async () => {
    const [time, { line, say }] = [fakeTime(), fakeLine()]
    const broken = (): LineTracer => ({
      push() {
        throw new TypeError('broken')
      },
      flush: () => [],
    })
    const outer = traced(line, broken, createRing(time), time)
    const heard: Uint8Array[] = []
    outer.onData((bytes) => heard.push(bytes))
    await outer.open(never)
    say(Uint8Array.of(1))
    await expect(outer.write(Uint8Array.of(1), never)).resolves.toBeUndefined()
    expect(heard).toHaveLength(1)
  })

  it.each([
    ['HID', lookLimits.hid, 0.07],
    ['serial', lookLimits.serial, 0.02],
  ] as const)(
    'looks at few of the bytes of a %s line that floods 10 MB a second for ten seconds',
    async (_, limits, share) => {
      const [time, { line, say }, { work, make }] = [fakeTime(), fakeLine(), countingTracer()]
      const ring = createRing(time)
      const outer = traced(line, make, ring, time, limits)
      let passed = 0
      outer.onData((bytes) => (passed += bytes.length))
      await outer.open(never)
      const chunk = new Uint8Array(10_000)
      for (let at = 0; at < 10_000; at++) {
        say(chunk)
        time.pass(1)
      }
      expect(passed).toBe(100_000_000)
      expect(work.bytes).toBeLessThan(share * passed)
      time.pass(5000)
      say(Uint8Array.of(1))
      const entries = ring.entries()
      expect(entries.length).toBeLessThanOrEqual(ringLimits.entries)
      expect(entries.filter((entry) => 'name' in entry && entry.name === 'flood').length).toBeGreaterThan(0)
      expect(entries.at(0)).toMatchObject({ event: 'opened' })
      expect(entries.at(-1)).toMatchObject({ way: 'in', hex: '01' })
    },
  )

  it('still has what came before a minute of small frames, ten thousand a second', async () => {
    const [time, { line, say }, { work, make }] = [fakeTime(), fakeLine(), countingTracer()]
    const ring = createRing(time)
    const outer = traced(line, make, ring, time, { bytesPerSecond: 128_000, frames: 500 })
    await outer.open(never)
    await outer.write(Uint8Array.of(0x42), never)
    for (let at = 0; at < 600_000; at++) {
      say(Uint8Array.of(0x50, at & 0xff))
      if (at % 10 === 0) time.pass(1)
    }
    expect(work.bytes).toBeLessThan(0.05 * 1_200_000)
    expect(ring.entries().length).toBeLessThan(ringLimits.entries)
    expect(ring.entries()[1]).toMatchObject({ way: 'out', hex: '42' })
  })

  it('tells an ordinary chip reading and a full picture at USB speed without leaving anything out', async () => {
    const [time, { line, say }, { work, make }] = [fakeTime(), fakeLine(), countingTracer()]
    const outer = traced(line, make, createRing(time), time, lookLimits.hid)
    await outer.open(never)
    // 512 kB a second, as the kernel gives it: 64 reports at a time.
    for (let at = 0; at < 400; at++) {
      say(new Uint8Array(4096))
      time.pass(8)
    }
    expect(work.bytes).toBe(400 * 4096)
  })
})
