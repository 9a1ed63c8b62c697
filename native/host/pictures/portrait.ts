import { parentPort, Worker } from 'node:worker_threads'
import { AppError, toFailure, type Failure, type Result } from '#domain/failure/index.ts'
import type { HostCalls } from '#native/capability/host.ts'
import type { FaceFinder } from '#native/imaging/face/index.ts'
import type { Clock } from '../clock.ts'
import { loadFaceModel } from './portrait-model.ts'
import { comparePortraits, lookAt, makePortrait } from './portrait-work.ts'

/** Pictures of people, judged somewhere that does not stop the event loop and with it the heartbeat. */
export type Portraits = {
  look(input: HostCalls['portrait.look']['input'], signal: AbortSignal): Promise<HostCalls['portrait.look']['output']>
  make(input: HostCalls['portrait.make']['input'], signal: AbortSignal): Promise<HostCalls['portrait.make']['output']>
  compare(
    input: HostCalls['portrait.compare']['input'],
    signal: AbortSignal,
  ): Promise<HostCalls['portrait.compare']['output']>
  close(): Promise<void>
}

/** What the thread is started with, so that it knows which of the threads of its file it is. */
export const PORTRAIT_THREAD = 'portrait'
/** A picture that takes longer than this never ends: the thread is thrown away. Milliseconds. */
const longestTask = 30_000
const STEP = 'portrait'

const tasks = { look: lookAt, make: makePortrait, compare: comparePortraits } as const
type Tasks = typeof tasks
type Task = { readonly id: number; readonly name: keyof Tasks; readonly input: unknown }
type Answer = { readonly id: number; readonly result: Result<unknown> }
type Pending = { readonly resolve: (value: unknown) => void; readonly fail: (failure: Failure) => void }

/** Runs it in a worker thread started at `entry`, which must call `servePortraits` when its worker data says so. */
export function portraitsInWorker(entry: URL, clock: Clock): Portraits {
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let lastId = 0

  function started(): Worker {
    if (worker) return worker
    const thread = new Worker(entry, { workerData: PORTRAIT_THREAD })
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
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<Tasks[Name]>>> {
    if (signal.aborted) throw new AppError('CANCELLED', STEP)
    const thread = started()
    const id = ++lastId
    const callOff = clock.after(longestTask, () => {
      void thread.terminate()
      if (worker === thread) drop()
    })
    try {
      const value = await new Promise((resolve, reject) => {
        pending.set(id, { resolve, fail: (failure) => reject(AppError.fromFailure(failure)) })
        thread.postMessage({ id, name, input } satisfies Task)
      })
      if (signal.aborted) throw new AppError('CANCELLED', STEP)
      return value as Awaited<ReturnType<Tasks[Name]>>
    } finally {
      callOff()
    }
  }

  return {
    look: (input, signal) => run('look', input, signal),
    make: (input, signal) => run('make', input, signal),
    compare: (input, signal) => run('compare', input, signal),
    async close() {
      await worker?.terminate()
    },
  }
}

/** The thread's side. The models are loaded with the first picture; one picture at a time. */
export function servePortraits(): void {
  const port = parentPort
  if (!port) throw new AppError('INTERNAL', STEP)
  let model: Promise<FaceFinder> | undefined
  let before: Promise<unknown> = Promise.resolve()

  async function answer({ id, name, input }: Task) {
    let result: Result<unknown>
    try {
      model ??= loadFaceModel()
      const finder = await model.catch((error: unknown) => {
        model = undefined
        throw error
      })
      const work = tasks[name] as (input: unknown, finder: FaceFinder) => Promise<unknown>
      result = { ok: true, value: await work(input, finder) }
    } catch (error) {
      result = { ok: false, error: toFailure(error, STEP) }
    }
    port!.postMessage({ id, result } satisfies Answer)
  }

  port.on('message', (task: Task) => {
    before = before.then(() => answer(task))
  })
}
