import type { LineTracer, TracedFrame, TracedPiece } from '#native/capability/trace.ts'
import type { Garbage } from './frame-cutter.ts'
import { copyOf, hide, isText } from './mask.ts'

type Way = TracedFrame['way']

/** What is told of a frame; its bytes were masked in place. */
export type Shown = Pick<TracedPiece, 'name' | 'detail' | 'masked'>

/** One step of a family's codec: how many bytes it dealt with, 0 to wait for more, and what it found in them. */
export type Cut<Event> = { readonly taken: number; readonly event?: Event | Garbage | undefined }

export type FrameFamily<Event> = {
  /** One for each direction, with a memory of its own. */
  cutter(): (bytes: Uint8Array) => Cut<Event>
  /** Masks a sound frame in place and mends its check. */
  show(event: Event, frame: Uint8Array, way: Way): Shown
  /**
   * Masks in place what began as a frame and has a wrong check, or broke off: `whole` says which. A wrong check stays
   * wrong.
   */
  showBroken(bytes: Uint8Array): Shown & { readonly whole: boolean }
  /** Bytes that stand between frames and mean nothing. */
  idle?(byte: number): boolean
}

/** Of a run of bytes that belong to nothing so many are kept; the rest is counted. */
const longestRun = 4096
/** A lead or a tail of frames; more was sent on purpose. */
const idleWorthTelling = 8
/** Garbage from this length on may be anybody's data. */
const garbageShown = 15

/** A tracer for lines whose codec is a FrameCutter: it cuts exactly where the codec cuts. */
export function frameTracer<Event>(family: FrameFamily<Event>): LineTracer {
  const sides = { in: side(family, 'in'), out: side(family, 'out') }
  return {
    push(way, bytes) {
      const pieces: TracedPiece[] = []
      // What is answered came before the answer.
      if (way === 'out') sides.in.tellRun(pieces)
      sides[way].push(copyOf(bytes), pieces)
      // Whole frames are written.
      if (way === 'out') sides.out.flush(pieces)
      return pieces
    },
    flush() {
      const pieces: TracedPiece[] = []
      sides.in.flush(pieces)
      sides.out.flush(pieces)
      return pieces
    },
  }
}

function side<Event>(family: FrameFamily<Event>, way: Way) {
  const cut = family.cutter()
  let rest = new Uint8Array()
  let run = emptyRun()
  const garbage = garbageRule()

  function tellRun(pieces: TracedPiece[]) {
    const { kind, kept, count } = run
    run = emptyRun()
    if (count === 0) return
    const bytes = Uint8Array.from(kept)
    const all = count > bytes.length ? { detail: `${count} bytes` } : {}
    if (kind === 'idle') {
      if (count >= idleWorthTelling) pieces.push({ way, bytes, name: 'idle', ...all })
    } else if (kind === 'checksum') {
      pieces.push({ ...broken(bytes), ...all })
    } else {
      const shown = garbage.mask(bytes, count, isPlain)
      pieces.push({ way, bytes, fault: 'garbage', name: 'garbage', ...shown, ...all })
    }
  }

  function broken(bytes: Uint8Array): TracedPiece {
    garbage.unsafe()
    const { whole, ...shown } = family.showBroken(bytes)
    return { way, bytes, fault: whole ? 'checksum' : 'cut', ...shown }
  }

  /** Read alone it is garbage, too, and not the beginning of a frame. */
  function isPlain(bytes: Uint8Array): boolean {
    const again = family.cutter()
    return bytes.every((byte, at) => {
      const { taken, event } = again(bytes.subarray(at))
      const waits = taken === 0 && !family.idle?.(byte)
      return !waits && !(isGarbage(event) && event.what === 'checksum') && !family.idle?.(bytes[0]!)
    })
  }

  function skip(bytes: Uint8Array, kind: typeof run.kind, pieces: TracedPiece[]) {
    // Whatever follows a broken frame may still be of it.
    const same = run.kind === kind || run.kind === 'checksum' || (run.kind === 'garbage' && kind === 'idle')
    if (run.count > 0 && !same) tellRun(pieces)
    if (run.count === 0) run.kind = kind
    run.count += bytes.length
    for (const byte of bytes) if (run.kept.length < longestRun) run.kept.push(byte)
  }

  return {
    tellRun,

    push(bytes: Uint8Array, pieces: TracedPiece[]) {
      const buffer = rest.length === 0 ? bytes : Uint8Array.from(Buffer.concat([rest, bytes]))
      let at = 0
      while (at < buffer.length) {
        const { taken, event } = cut(buffer.subarray(at))
        if (taken === 0) break
        const piece = buffer.subarray(at, at + taken)
        at += taken
        if (event && !isGarbage(event)) {
          const lead = run.kind === 'idle' && run.count < idleWorthTelling ? run.kept : []
          if (lead.length === 0) tellRun(pieces)
          run = emptyRun()
          garbage.reset()
          const frame = piece.slice()
          const shown = family.show(event, frame, way)
          pieces.push({ way, bytes: Uint8Array.from([...lead, ...frame]), ...shown })
        } else if (isGarbage(event) && event.what === 'checksum') {
          if (run.kind !== 'checksum') tellRun(pieces)
          skip(piece, 'checksum', pieces)
        } else skip(piece, family.idle?.(piece[0]!) ? 'idle' : 'garbage', pieces)
      }
      rest = buffer.slice(at)
    },

    flush(pieces: TracedPiece[]) {
      if (run.kind === 'checksum' && run.count > 0) skip(rest, 'checksum', pieces)
      else if (rest.every((byte) => family.idle?.(byte) ?? false)) skip(rest, 'idle', pieces)
      else {
        tellRun(pieces)
        pieces.push(broken(rest.slice()))
      }
      rest = new Uint8Array()
      tellRun(pieces)
    },
  }
}

function emptyRun(): { kind: 'idle' | 'garbage' | 'checksum'; kept: number[]; count: number } {
  return { kind: 'idle', kept: [], count: 0 }
}

function isGarbage(event: unknown): event is Garbage {
  return typeof event === 'object' && event !== null && 'kind' in event && event.kind === 'error'
}

/** Bytes that belong to no frame are kept when they are few and no text, also counted together over several chunks. */
export function garbageRule() {
  let seen: number[] = []
  return {
    reset() {
      seen = []
    },
    /** Something personal may just have been broken off. */
    unsafe() {
      seen = Array.from({ length: garbageShown }, () => 0)
    },
    /** Masks in place. `count`: how long the run is in truth; `isPlain`: whether it may be kept for all else. */
    mask(
      bytes: Uint8Array,
      count = bytes.length,
      isPlain: (bytes: Uint8Array) => boolean = () => true,
    ): { readonly masked?: number } {
      if (seen.length <= garbageShown) seen.push(...bytes.subarray(0, garbageShown + 1))
      const shown =
        count <= garbageShown && seen.length <= garbageShown && !isText(Uint8Array.from(seen)) && isPlain(bytes)
      return shown ? {} : { masked: hide(bytes) }
    },
  }
}
