import type { Figures, Trouble } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { CheckPrompt } from '#native/capability/checks.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { Clock } from '../clock.ts'
import { orCancelled } from '../waiting.ts'
import type { LineMeter } from './line-meter.ts'

/** How a prompt ended: the person said so, the device saw it, or nobody did anything. */
export type Answered = 'said' | 'seen' | 'over'

/** One guided test under way. */
export type CheckRun = {
  readonly binding: DeviceBinding
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Milliseconds of a time that stands still while the process is held up: devices are measured by it. */
  readonly listened: () => number
  readonly line: LineMeter | undefined
  /** Shows what is to be done, or with `nothing` how far the test is, 0–1. */
  readonly tell: (prompt: CheckPrompt, done: number) => void
  /** Shows a prompt and waits until it was done, or for `patienceMs`. CANCELLED. */
  readonly ask: (prompt: CheckPrompt, done: number, wait: Waiting) => Promise<Answered>
  /** Aborted when the person says that the prompt on show was done; for work that goes on meanwhile. */
  readonly said: () => AbortSignal
}

export type Waiting = {
  readonly patienceMs: number
  /** Calls `seen` when the device noticed by itself; returns how to stop listening. */
  readonly watch?: (seen: () => void) => () => void
}

/** What was measured until the test ended, by itself or by `trouble`. */
export type Measured = { readonly figures: Figures; readonly trouble?: Trouble }

/** Runs the steps of a test; the first failure of the device ends it, and what was measured until then is kept. */
export async function measuring(
  run: Pick<CheckRun, 'binding' | 'signal' | 'line'>,
  work: (figures: Record<string, number>) => Promise<void>,
): Promise<Measured> {
  const figures: Record<string, number> = {}
  try {
    await work(figures)
    return { figures }
  } catch (error) {
    if (!(error instanceof AppError) || run.signal.aborted) throw error
    return { figures, trouble: troubleOf(error, run) }
  }
}

/** A failure of a device as the rules want it. Failures of the request itself are thrown on. */
export function troubleOf(error: AppError, { binding, line }: Pick<CheckRun, 'binding' | 'line'>): Trouble {
  const { code, step, context } = error
  if (code === 'BAD_REQUEST' || code === 'INTERNAL' || code === 'CANCELLED') throw error
  const reason = context['reason']
  const greeting = /acquire|identify|open|info|discover/u.test(step)
  return {
    code,
    during: line?.refused()?.code === code ? 'opening' : greeting ? 'greeting' : 'work',
    ...(typeof reason === 'string' && { reason }),
    exclusive: binding.transport === 'serial',
  }
}

/** Milliseconds that a device took for some work. */
export async function timed<T>(
  { listened }: Pick<CheckRun, 'listened'>,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly ms: number }> {
  const since = listened()
  const value = await work()
  return { value, ms: listened() - since }
}

/** What belongs to the last word of a device may still be on its way. Milliseconds. */
const lingering = 1000

/** Lets the line say what it still has to say. CANCELLED. */
export async function linger({ clock, signal }: Pick<CheckRun, 'clock' | 'signal'>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const callOff = clock.after(lingering, resolve)
  try {
    await orCancelled(promise, signal, 'device.check')
  } finally {
    callOff()
  }
}

export function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
