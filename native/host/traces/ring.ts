import type { TracedEvent, TracedFrame, TracedPiece, TraceEntry } from '#native/capability/trace.ts'
import { hexOf } from '#native/drivers/mask.ts'
import type { Clock } from '../clock.ts'

/** What one device's ring may hold. `bytes` counts the text of the entries. */
export const ringLimits = { entries: 2000, bytes: 4 * 1024 * 1024 } as const
/** What an entry takes beside its text. */
const entryOverhead = 120

export type TraceRing = {
  readonly running: boolean
  /** ISO 8601, time of `at` 0. */
  readonly since: string
  run(on: boolean): void
  /** The same frame again only counts, until somebody has read it. */
  add(piece: TracedPiece): void
  note(event: TracedEvent['event'], text?: string): void
  /** Those with a greater number, the oldest first. */
  entries(after?: number): readonly TraceEntry[]
  /** Called before entries are read. */
  onRead(listener: () => void): void
}

/** The last frames of one device, masked. It grows no further than its limits, whatever the device does. */
export function createRing(
  clock: Pick<Clock, 'now'>,
  limits: { entries: number; bytes: number } = ringLimits,
): TraceRing {
  const started = clock.now()
  let kept: { readonly entry: TraceEntry; readonly size: number }[] = []
  let first = 0
  let size = 0
  let number = 0
  let running = true
  /** The last frame may still be said to have come again. */
  let open = false
  let beforeRead = () => {}

  const at = () => Math.max(0, clock.now().getTime() - started.getTime())

  function put(entry: TraceEntry) {
    const own = sizeOf(entry)
    kept.push({ entry, size: own })
    size += own
    while (kept.length - first > limits.entries || (size > limits.bytes && kept.length > first)) {
      size -= kept[first]!.size
      first++
    }
    // Moved in one go, not at every entry.
    if (first > limits.entries) {
      kept = kept.slice(first)
      first = 0
    }
  }

  function last(): TraceEntry | undefined {
    return kept.length > first ? kept.at(-1)!.entry : undefined
  }

  return {
    get running() {
      return running
    },
    since: started.toISOString(),
    run(on) {
      running = on
      open = false
    },
    add({ bytes, ...piece }) {
      if (!running) return
      const hex = hexOf(bytes)
      const before = last()
      if (open && before && 'hex' in before && isSame(before, { ...piece, hex })) {
        const { entry, size: own } = kept.pop()!
        size -= own
        put({ ...(entry as TracedFrame), times: (before.times ?? 1) + 1 })
        return
      }
      open = piece.times === undefined
      put({ n: ++number, at: at(), hex, ...piece })
    },
    note(event, text) {
      if (!running && event !== 'mark') return
      const before = last()
      // A device that is not there is looked for again and again.
      if (event === 'refused' && before && 'event' in before && before.event === event && before.text === text) return
      open = false
      put({ n: ++number, at: at(), event, ...(text !== undefined && { text }) })
    },
    entries(after = 0) {
      beforeRead()
      open = false
      return kept.slice(first).flatMap(({ entry }) => (entry.n > after ? [entry] : []))
    },
    onRead(listener) {
      beforeRead = listener
    },
  }
}

function isSame(one: TracedFrame, other: Omit<TracedFrame, 'n' | 'at'>): boolean {
  const plain = one.way === other.way && one.name === other.name && one.detail === other.detail
  return plain && one.fault === other.fault && other.times === undefined && one.hex === other.hex
}

function sizeOf(entry: TraceEntry): number {
  const text =
    'hex' in entry ? entry.hex.length + entry.name.length + (entry.detail?.length ?? 0) : (entry.text?.length ?? 0)
  return text + entryOverhead
}
