import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError, type Failure, type Result } from '#domain/failure/index.ts'
import type { HostCalls } from '#native/capability/host.ts'
import type { Clock } from '../clock.ts'

export type PageCall = 'page.look' | 'page.make' | 'page.read'
export type PageTask = { readonly id: number; readonly name: PageCall; readonly input: unknown }
export type PageAnswer = { readonly id: number; readonly result: Result<unknown> }

/** Papers looked at, made and read, somewhere that does not stop the event loop. */
export type Pages = {
  run<Name extends PageCall>(
    name: Name,
    input: HostCalls[Name]['input'],
    signal: AbortSignal,
  ): Promise<HostCalls[Name]['output']>
  close(): Promise<void>
}

/** Beyond this a picture never ends and its thread is thrown away. Milliseconds. */
const longest = { 'page.look': 10_000, 'page.make': 60_000, 'page.read': 90_000 } as const satisfies Record<
  PageCall,
  number
>

/**
 * Two threads, each started by its first call: live frames never wait for a picture being made or read. An answer to a
 * cancelled call is dropped: CANCELLED.
 */
export function pagesInWorkers(clock: Clock, entry = workerPath()): Pages {
  const live = oneThread(entry, clock)
  const still = oneThread(entry, clock)
  return {
    async run(name, input, signal) {
      if (signal.aborted) throw new AppError('CANCELLED', name)
      const cancelled = Promise.withResolvers<never>()
      const cancel = () => cancelled.reject(new AppError('CANCELLED', name))
      signal.addEventListener('abort', cancel)
      const answer = (name === 'page.look' ? live : still).run(name, input)
      try {
        return (await Promise.race([answer, cancelled.promise])) as never
      } finally {
        answer.catch(() => undefined)
        signal.removeEventListener('abort', cancel)
      }
    },
    async close() {
      await Promise.all([live.close(), still.close()])
    },
  }
}

function oneThread(entry: string, clock: Clock) {
  type Pending = { readonly resolve: (value: unknown) => void; readonly fail: (failure: Failure) => void }
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let lastId = 0

  function started(): Worker {
    if (worker) return worker
    const thread = new Worker(entry, { execArgv: [] })
    thread.on('message', ({ id, result }: PageAnswer) => {
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
    const waiting = [...pending.values()]
    pending.clear()
    for (const task of waiting) task.fail(new AppError('INTERNAL', 'page').toFailure())
  }

  return {
    async run(name: PageCall, input: unknown): Promise<unknown> {
      const thread = started()
      const id = ++lastId
      const callOff = clock.after(longest[name], () => {
        drop(thread)
        void thread.terminate()
      })
      try {
        return await new Promise((resolve, reject) => {
          pending.set(id, { resolve, fail: (failure) => reject(AppError.fromFailure(failure)) })
          thread.postMessage({ id, name, input } satisfies PageTask)
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

/** `page-worker.js` beside the bundle or one above its chunks; from source, the file beside this one. */
function workerPath(): string {
  const here = import.meta.url
  if (here.endsWith('.ts')) return fileURLToPath(new URL('page-worker.ts', here))
  const candidates = ['page-worker.js', '../page-worker.js'].map((name) => fileURLToPath(new URL(name, here)))
  return candidates.find((path) => existsSync(path)) ?? candidates.join(' or ')
}
