import { parentPort, Worker } from 'node:worker_threads'
import { AppError, toFailure, type Failure, type Result } from '#domain/failure/index.ts'
import type { Clock } from '../clock.ts'
import type { Analysis } from './index.ts'
import { tasks, type Tasks } from './tasks.ts'

/** A picture that takes longer than this to judge never ends: the thread is thrown away. Milliseconds. */
const longestTask = 20_000
/** Comparisons asked of the thread at once, so that a preview need not wait long for its turn. */
const pairsAtOnce = 400
const STEP = 'finger.analysis'

type Task = { readonly id: number; readonly name: keyof Tasks; readonly input: unknown }
type Answer = { readonly id: number; readonly result: Result<unknown> }
type Pending = { readonly resolve: (value: unknown) => void; readonly fail: (failure: Failure) => void }

/** Runs the analysis in a worker thread started at `entry`, which must call `serveAnalysis` when it is not the main thread. */
export function analyseInWorker(entry: URL, clock: Clock): Analysis {
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let lastId = 0

  function started(): Worker {
    if (worker) return worker
    const thread = new Worker(entry)
    thread.on('message', ({ id, result }: Answer) => {
      const task = pending.get(id)
      pending.delete(id)
      if (result.ok) task?.resolve(result.value)
      else task?.fail(result.error)
    })
    // An error of the thread is followed by its exit.
    thread.on('error', () => {})
    thread.on('exit', () => {
      if (worker === thread) drop()
    })
    worker = thread
    return thread
  }

  function drop() {
    worker = undefined
    const lost = new AppError('INTERNAL', STEP).toFailure()
    const waiting = [...pending.values()]
    pending.clear()
    for (const task of waiting) task.fail(lost)
  }

  async function run<Name extends keyof Tasks>(
    name: Name,
    input: Parameters<Tasks[Name]>[0],
  ): Promise<ReturnType<Tasks[Name]>> {
    const thread = started()
    const id = ++lastId
    const callOff = clock.after(longestTask, () => {
      void thread.terminate()
      if (worker === thread) drop()
    })
    try {
      return await new Promise<ReturnType<Tasks[Name]>>((resolve, reject) => {
        pending.set(id, {
          resolve: (value) => resolve(value as ReturnType<Tasks[Name]>),
          fail: (failure) => reject(AppError.fromFailure(failure)),
        })
        thread.postMessage({ id, name, input } satisfies Task)
      })
    } finally {
      callOff()
    }
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
    async close() {
      await worker?.terminate()
    },
  }
}

/** The thread's side. */
export function serveAnalysis(): void {
  const port = parentPort
  if (!port) throw new AppError('INTERNAL', STEP)
  port.on('message', ({ id, name, input }: Task) => {
    let result: Result<unknown>
    try {
      result = { ok: true, value: (tasks[name] as (input: unknown) => unknown)(input) }
    } catch (error) {
      result = { ok: false, error: toFailure(error, STEP) }
    }
    port.postMessage({ id, result } satisfies Answer)
  })
}
