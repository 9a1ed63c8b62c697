import type { Found } from '#domain/diagnosis/index.ts'

export type Answer = 'done' | 'no'

/** What a test that the window makes itself has to work with. */
export type Tools = {
  /** Aborted when the person stops the test or leaves the page. */
  readonly signal: AbortSignal
  /** Says what is going on, with nothing to be done; `done` from 0 to 1. */
  readonly show: (prompt: string, done: number) => void
  /** Asks for something to be done and waits until the person says that it is; after a minute it is taken as done. */
  readonly ask: (prompt: string, done: number) => Promise<void>
  /** Asks a question that is answered by yes or no, and waits as long as it takes. */
  readonly askWhether: (prompt: string, done: number) => Promise<boolean>
}

export type Outcome = { readonly found: readonly Found[]; readonly figures: Readonly<Record<string, number>> }

/** Rejects when aborted. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const handleAbort = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', handleAbort)
      resolve()
    }, ms)
    signal.addEventListener('abort', handleAbort, { once: true })
  })
}

/** Tries until it is so, with a pause in between. Rejects when aborted. */
export async function until(isSo: () => boolean, pauseMs: number, signal: AbortSignal): Promise<void> {
  while (!isSo()) await wait(pauseMs, signal)
}

/** Figures that are numbers, with as many places as mean anything. */
export function tidy(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [name, Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000]),
  )
}
