import { toFailure } from '#domain/failure/index.ts'
import type { LineTracer, TracedFrame } from '#native/capability/trace.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'
import type { Clock } from '../clock.ts'
import type { TraceRing } from './ring.ts'

/** How much of a line is looked at. A line that brings more floods, and is only counted until it has calmed down. */
export type LookLimits = { readonly bytesPerSecond: number; readonly frames: number }
/** The fastest line of ours carries 512 kB a second; a serial one 12 kB, and a simulated one some more. */
export const lookLimits = {
  hid: { bytesPerSecond: 640_000, frames: 1000 },
  serial: { bytesPerSecond: 128_000, frames: 2000 },
} as const satisfies Record<string, LookLimits>

/** After so much quiet a frame that has begun does not come any more: the driver may have given it up. Milliseconds. */
const quietMs = 100
const second = 1000
const fewest = 10
/** A line that is only counted has calmed down when it brings no more chunks than so many times the frames. */
const chunksPerFrame = 8

/**
 * The same line, told to the ring. Whatever the tracer does, the line goes on.
 */
export function traced(
  line: Transport,
  trace: () => LineTracer,
  ring: TraceRing,
  clock: Pick<Clock, 'now'>,
  limits: LookLimits = lookLimits.serial,
): Transport {
  const dataListeners = new Set<(bytes: Uint8Array) => void>()
  const closeListeners = new Set<(reason: CloseReason) => void>()
  const watch = floodWatch(limits)
  let tracer: LineTracer | undefined
  let lastHeard = 0
  let phase: 'shut' | 'opening' | 'open' = 'shut'

  const now = () => clock.now().getTime()

  function tell(pieces: ReturnType<LineTracer['push']>) {
    for (const piece of pieces) ring.add(piece)
    watch.told(pieces.length)
  }

  function look(way: TracedFrame['way'], bytes: Uint8Array) {
    if (!ring.running) {
      tracer = undefined
      return
    }
    try {
      const time = now()
      const over = watch.count(way, bytes.length, time)
      if (over) ring.add(over)
      if (watch.flooding) {
        tracer = undefined
        return
      }
      tracer ??= trace()
      if (way === 'out' && time - lastHeard >= quietMs) tell(tracer.flush())
      if (way === 'in') lastHeard = time
      tell(tracer.push(way, bytes))
    } catch {
      // What cannot be told is not told.
      tracer = undefined
    }
  }

  function settle() {
    try {
      if (tracer) tell(tracer.flush())
      const over = watch.end()
      if (over) ring.add(over)
    } catch {
      tracer = undefined
    }
  }

  /** Some lines speak before they say that they are open. */
  function noteOpened() {
    if (phase === 'opening') ring.note('opened')
    phase = 'open'
  }

  line.onData((bytes) => {
    if (phase === 'opening') noteOpened()
    look('in', bytes)
    for (const listener of dataListeners) listener(bytes)
  })
  line.onClose((reason) => {
    settle()
    if (phase === 'open') ring.note(reason === 'asked' ? 'closed' : reason)
    phase = 'shut'
    for (const listener of closeListeners) listener(reason)
  })

  return {
    async open(signal) {
      ring.onRead(() => {
        if (now() - lastHeard >= quietMs) settle()
      })
      phase = 'opening'
      try {
        await line.open(signal)
        noteOpened()
      } catch (error) {
        phase = 'shut'
        ring.note('refused', toFailure(error, 'trace').code)
        throw error
      }
    },
    write(bytes, signal) {
      look('out', bytes)
      return line.write(bytes, signal)
    },
    onData(listener) {
      dataListeners.add(listener)
      return () => dataListeners.delete(listener)
    },
    onClose(listener) {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    close: () => line.close(),
  }
}

/** Counts what a line brings, second by second. */
function floodWatch({ bytesPerSecond, frames }: LookLimits) {
  let since = 0
  let bytes = 0
  let told = 0
  let chunks = 0
  let flooding = false
  /** Fewer frames are told of a line that floods again and again. */
  let allowance = frames
  const left = { in: 0, out: 0 }

  function end() {
    if (left.in + left.out === 0) return undefined
    const way = left.in >= left.out ? ('in' as const) : ('out' as const)
    const detail = `${left.in + left.out} bytes`
    left.in = 0
    left.out = 0
    return { way, bytes: new Uint8Array(), name: 'flood', detail, fault: 'garbage' as const }
  }

  return {
    get flooding() {
      return flooding
    },
    /** The flood that has just ended, if one has. */
    count(way: TracedFrame['way'], length: number, time: number) {
      let over: ReturnType<typeof end>
      if (time - since >= second) {
        const calm = time - since >= 2 * second || (bytes <= bytesPerSecond && chunks <= frames * chunksPerFrame)
        if (flooding && calm) {
          flooding = false
          over = end()
        }
        allowance = over
          ? Math.max(fewest, Math.floor(allowance / 4))
          : flooding
            ? allowance
            : Math.min(frames, allowance * 4)
        since = time
        bytes = 0
        told = 0
        chunks = 0
      }
      bytes += length
      chunks++
      if (bytes > bytesPerSecond || told > allowance) flooding = true
      if (flooding) left[way] += length
      return over
    },
    told(count: number) {
      told += count
    },
    end,
  }
}
