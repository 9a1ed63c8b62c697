import { parentPort, type Worker } from 'node:worker_threads'
import { AppError, toFailure, type Failure, type Result } from '#domain/failure/index.ts'
import type { Clock } from './clock.ts'

type Task = { readonly id: number; readonly name: string; readonly input: unknown }
type Answer = { readonly id: number; readonly result: Result<unknown> }
type Pending = { readonly resolve: (value: unknown) => void; readonly fail: (failure: Failure) => void }

export type WorkerThread = {
  /** What the thread answers to a task. Rejects with its failure, or with INTERNAL when the thread died over it. */
  run(name: string, input: unknown, longestMs: number): Promise<unknown>
  close(): Promise<void>
}

/**
 * A thread that is started by its first task, and anew after it died. A task that takes longer than its limit never
 * ends: the thread is thrown away, and everything it had is INTERNAL at `step`.
 */
export function workerThread(start: () => Worker, step: string, clock: Clock): WorkerThread {
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let lastId = 0

  function started(): Worker {
    if (worker) return worker
    const thread = start()
    thread.on('message', ({ id, result }: Answer) => {
      const task = pending.get(id)
      pending.delete(id)
      if (result.ok) task?.resolve(result.value)
      else task?.fail(result.error)
    })
    // An error of the thread is followed by its exit.
    thread.on('error', () => {})
    thread.on('exit', () => drop(thread))
    worker = thread
    return thread
  }

  function drop(thread: Worker) {
    if (worker !== thread) return
    worker = undefined
    const lost = new AppError('INTERNAL', step).toFailure()
    const waiting = [...pending.values()]
    pending.clear()
    for (const task of waiting) task.fail(lost)
  }

  return {
    async run(name, input, longestMs) {
      const thread = started()
      const id = ++lastId
      const callOff = clock.after(longestMs, () => {
        void thread.terminate()
        drop(thread)
      })
      try {
        return await new Promise((resolve, reject) => {
          pending.set(id, { resolve, fail: (failure) => reject(AppError.fromFailure(failure)) })
          thread.postMessage({ id, name, input } satisfies Task)
        })
      } finally {
        callOff()
      }
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** The thread's side: answers every task with what `work` gives or throws, at `step` or the task's own name. Not in a thread: INTERNAL. */
export function serveTasks(work: (name: string, input: unknown) => unknown, step?: string): void {
  const port = parentPort
  if (!port) throw new AppError('INTERNAL', step ?? 'host.thread')
  port.on('message', ({ id, name, input }: Task) => void answer(id, name, input))

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    let result: Result<unknown>
    try {
      result = { ok: true, value: await work(name, input) }
    } catch (error) {
      result = { ok: false, error: toFailure(error, step ?? name) }
    }
    port?.postMessage({ id, result } satisfies Answer)
  }
}
