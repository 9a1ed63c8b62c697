import type { TracedFrame } from '#native/capability/trace.ts'

/** What a family's frames need before they can be said again. */
export type ReplayFamily = {
  /** The chunks that a frame from the device stands for. */
  expand(frame: TracedFrame): readonly Uint8Array[]
  /** The driver wrote this in place of that. */
  written(then: Uint8Array, now: Uint8Array): void
  /** Writes that depend on how fast the line was: they are waited for as long as then, and no longer. */
  readonly paced: ReadonlySet<string>
  /** Writes by which the driver may end what the trace still goes on with. */
  readonly ending: ReadonlySet<string>
}
