import { AppError, isFailureCode } from '#domain/failure/index.ts'
import type { DeviceTrace, LineTracer, TracedEvent, TracedFrame } from '#native/capability/trace.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'
import { familyOf } from './family.ts'

/** Time as the driver sees it: give both the same. Milliseconds. */
export type ReplayClock = {
  after(ms: number, act: () => void): () => void
}

/** The driver wrote something else than it did when the trace was made; `n` is the entry that was waited for. */
export type Difference = { readonly n: number; readonly recorded: string; readonly written: string }

export type Replay = {
  /** A line for each time that the driver wants one; all play on in the same trace. */
  line(): Transport
  readonly differences: readonly Difference[]
  /** Entries that have not been played yet. */
  readonly left: number
}

type Written = { readonly name: string; readonly hex: string; readonly bytes: Uint8Array }
type Line = { hear(bytes: Uint8Array): void; end(reason: CloseReason): void }

/** Of a line that was busy for hours; a file that says more is none of ours. */
const mostFrames = 2_000_000

/**
 * Plays a trace against a driver. A write counts as the recorded one when it has its name; other bytes are a difference.
 * A write that the trace does not have gets no answer. `tracer`: a new one of the trace's family, to name the writes.
 */
export function replayTrace(trace: DeviceTrace, tracer: LineTracer, clock: ReplayClock): Replay {
  const entries = trace.entries.filter((entry) => !('event' in entry && entry.event === 'mark'))
  const family = familyOf(trace)
  const differences: Difference[] = []
  let next = 0
  /** How often the frame at `next` has been written already. */
  let repeated = 0
  let written: Written[] = []
  let open: Line | undefined
  let callOff = () => {}
  let waiting = false

  const said = entries.reduce((sum, entry) => sum + ('hex' in entry ? (entry.times ?? 1) : 0), 0)
  if (said > mostFrames) throw new AppError('BAD_REQUEST', 'trace.replay', { context: { reason: 'too-large' } })

  const last = () => entries[next - 1]?.at ?? 0

  function step() {
    next++
    repeated = 0
  }

  function play() {
    while (open && !waiting) {
      const entry = entries[next]
      if (!entry || ('event' in entry && entry.event !== 'unplugged' && entry.event !== 'failed')) return
      if ('hex' in entry && entry.way === 'out') {
        if (take(entry) || jump()) continue
        if (!family.paced.has(entry.name)) return
        return later(entry)
      } else {
        // Also what came in the same millisecond: the driver does something between two frames.
        return later(entry)
      }
    }
  }

  function later(entry: TracedFrame | TracedEvent) {
    waiting = true
    callOff = clock.after(entry.at - last(), () => {
      waiting = false
      if ('hex' in entry && entry.way === 'out') {
        if (!take(entry)) step()
      } else say(entry)
      play()
    })
  }

  /** On to where the driver is already. */
  function jump(): boolean {
    const ending = written.find(({ name }) => family.ending.has(name))
    if (!ending) return false
    for (let to = next; to < entries.length; to++) {
      const entry = entries[to]!
      if ('event' in entry) return false
      if (entry.way !== 'out' || entry.name !== ending.name) continue
      next = to
      repeated = 0
      written = written.slice(written.indexOf(ending))
      return true
    }
    return false
  }

  function say(entry: TracedFrame | TracedEvent) {
    step()
    if ('event' in entry) return end(entry.event === 'failed' ? 'failed' : 'unplugged')
    for (const bytes of family.expand(entry)) {
      tracer.push('in', bytes)
      open?.hear(bytes)
    }
  }

  /** Whether the driver has written this already. */
  function take(entry: TracedFrame): boolean {
    const at = written.findIndex(({ name }) => name === entry.name)
    const found = written[at]
    if (!found) return false
    for (const extra of written.slice(0, at)) differ(entry, extra)
    written = written.slice(at + 1)
    if (found.hex !== entry.hex) differ(entry, found)
    family.written(Uint8Array.from(Buffer.from(entry.hex, 'hex')), found.bytes)
    if (++repeated >= (entry.times ?? 1)) step()
    return true
  }

  function differ(entry: TracedFrame, { name, hex }: Written) {
    differences.push({ n: entry.n, recorded: `${entry.name} ${entry.hex}`, written: `${name} ${hex}` })
  }

  function end(reason: CloseReason) {
    const line = open
    open = undefined
    waiting = false
    written = []
    callOff()
    line?.end(reason)
  }

  /** Goes to the next opening, over what the driver did not wait for. */
  function nextOpening(): TracedEvent | undefined {
    for (; next < entries.length; step()) {
      const entry = entries[next]!
      if (!('event' in entry) || (entry.event !== 'opened' && entry.event !== 'refused')) continue
      step()
      return entry
    }
    return undefined
  }

  function line(): Transport {
    const dataListeners = new Set<(bytes: Uint8Array) => void>()
    const closeListeners = new Set<(reason: CloseReason) => void>()
    const own: Line = {
      hear(bytes) {
        for (const listener of dataListeners) listener(bytes.slice())
      },
      end(reason) {
        for (const listener of closeListeners) listener(reason)
      },
    }
    return {
      async open(signal) {
        if (signal.aborted) throw new AppError('CANCELLED', 'replay.open')
        if (open) throw new AppError('DEVICE_BUSY', 'replay.open')
        const opening = nextOpening()
        if (opening?.event !== 'opened') {
          throw new AppError(isFailureCode(opening?.text) ? opening.text : 'DEVICE_ABSENT', 'replay.open')
        }
        open = own
        // As from a line: later than the opening.
        void Promise.resolve().then(play)
      },
      async write(bytes, signal) {
        if (signal.aborted) throw new AppError('CANCELLED', 'replay.write')
        if (open !== own) throw new AppError('DEVICE_GONE', 'replay.write')
        // What the tracer still held of the answers is of no interest.
        tracer.flush()
        for (const { way, name, bytes: masked } of tracer.push('out', bytes)) {
          if (way === 'in') continue
          written.push({ name, hex: Buffer.from(masked).toString('hex').toUpperCase(), bytes: bytes.slice() })
        }
        void Promise.resolve().then(play)
      },
      onData(listener) {
        dataListeners.add(listener)
        return () => dataListeners.delete(listener)
      },
      onClose(listener) {
        closeListeners.add(listener)
        return () => closeListeners.delete(listener)
      },
      async close() {
        if (open !== own) return
        const entry = entries[next]
        if (entry && 'event' in entry && entry.event === 'closed') step()
        end('asked')
      },
    }
  }

  return {
    line,
    differences,
    get left() {
      return entries.length - next
    },
  }
}
