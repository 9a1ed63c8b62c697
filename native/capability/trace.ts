import type { DeviceBinding } from './device.ts'

/** A frame of a device's line, with nothing personal in it: what a codec masks it replaces by bytes of the same length. */
export type TracedFrame = {
  /** 1, 2, 3 … since the device was bound; a gap is what the ring has dropped. */
  readonly n: number
  /** Milliseconds since the device was bound, by the host's clock. */
  readonly at: number
  /** `out` to the device. */
  readonly way: 'out' | 'in'
  /** Hexadecimal, upper case. Where bytes are masked the frame is still well-formed: its check holds if it held. */
  readonly hex: string
  /** The codec's word for it: `XfrBlock`, `GenImg`, `image block`. */
  readonly name: string
  /** Its fields in one line. */
  readonly detail?: string
  /** Why the codec could not take it. */
  readonly fault?: 'garbage' | 'checksum' | 'cut'
  /** How many bytes of `hex` are not the real ones. */
  readonly masked?: number
  /** So often in a row, when more than once: alike when masked, or blocks of a picture that count on. */
  readonly times?: number
}

/** What happened beside the frames. */
export type TracedEvent = {
  readonly n: number
  readonly at: number
  readonly event: 'opened' | 'refused' | 'closed' | 'unplugged' | 'failed' | 'mark'
  /** The failure code of `refused`; the words of a mark. */
  readonly text?: string
}

export type TraceEntry = TracedFrame | TracedEvent

/** A trace as it is exported and replayed: docs/protocols/trace.md. */
export type DeviceTrace = {
  readonly format: 'quay-can-cuoc/trace/1'
  readonly device: Pick<DeviceBinding, 'id' | 'kind' | 'driver' | 'transport'> & { readonly model?: string }
  /** ISO 8601, time of `at` 0. */
  readonly since: string
  readonly running: boolean
  readonly entries: readonly TraceEntry[]
}

/** Makes frames out of the bytes of both directions, and masks them. One per line; bounded; never throws. */
export type LineTracer = {
  push(way: 'out' | 'in', bytes: Uint8Array): readonly TracedPiece[]
  /** The line ended: what was not whole. */
  flush(): readonly TracedPiece[]
}

export type TracedPiece = Pick<TracedFrame, 'way' | 'name' | 'detail' | 'fault' | 'masked' | 'times'> & {
  /** Already masked. */
  readonly bytes: Uint8Array
}
