import { Worker } from 'node:worker_threads'
import { AppError } from '#domain/failure/index.ts'
import type { Clock } from '../clock.ts'
import { serveTasks, workerThread } from '../worker-thread.ts'
import type { Analysis } from './index.ts'
import { tasks, type Tasks } from './tasks.ts'

/** A picture that takes longer than this to judge never ends: the thread is thrown away. Milliseconds. */
const longestTask = 20_000
/** Comparisons asked of the thread at once, so that a preview need not wait long for its turn. */
const pairsAtOnce = 400
const STEP = 'finger.analysis'

/** Runs the analysis in a worker thread started at `entry`, which must call `serveAnalysis` when it is not the main thread. */
export function analyseInWorker(entry: URL, clock: Clock): Analysis {
  const thread = workerThread(() => new Worker(entry), STEP, clock)

  async function run<Name extends keyof Tasks>(
    name: Name,
    input: Parameters<Tasks[Name]>[0],
  ): Promise<ReturnType<Tasks[Name]>> {
    return (await thread.run(name, input, longestTask)) as ReturnType<Tasks[Name]>
  }

  async function unlessCancelled<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw new AppError('CANCELLED', STEP)
    const result = await work()
    if (signal.aborted) throw new AppError('CANCELLED', STEP)
    return result
  }

  return {
    preview: (image, expected) => run('preview', { image, ...expected }),
    finish: (prints, expected, signal) => unlessCancelled(signal, () => run('finish', { prints, ...expected })),
    verify: (prints, wish, signal) => unlessCancelled(signal, () => run('verify', { prints, ...wish })),
    async compare({ probes, gallery }, signal) {
      const atOnce = Math.max(1, Math.floor(pairsAtOnce / Math.max(1, probes.length)))
      const hits = []
      for (let from = 0; from < gallery.length; from += atOnce) {
        const part = gallery.slice(from, from + atOnce)
        hits.push(...(await unlessCancelled(signal, () => run('compare', { probes, gallery: part }))).hits)
      }
      return { hits }
    },
    irises: (taken) => run('irises', { taken }),
    close: () => thread.close(),
  }
}

/** The thread's side. */
export function serveAnalysis(): void {
  serveTasks((name, input) => (tasks[name as keyof Tasks] as (input: unknown) => unknown)(input), STEP)
}
