import { Worker } from 'node:worker_threads'
import { AppError } from '#domain/failure/index.ts'
import type { HostCalls } from '#native/capability/host.ts'
import type { FaceFinder } from '#native/imaging/face/index.ts'
import type { Clock } from '../clock.ts'
import { serveTasks, workerThread } from '../worker-thread.ts'
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
/** Runs it in a worker thread started at `entry`, which must call `servePortraits` when its worker data says so. */
export function portraitsInWorker(entry: URL, clock: Clock): Portraits {
  const thread = workerThread(() => new Worker(entry, { workerData: PORTRAIT_THREAD }), STEP, clock)

  async function run<Name extends keyof Tasks>(
    name: Name,
    input: Parameters<Tasks[Name]>[0],
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<Tasks[Name]>>> {
    if (signal.aborted) throw new AppError('CANCELLED', STEP)
    const value = await thread.run(name, input, longestTask)
    if (signal.aborted) throw new AppError('CANCELLED', STEP)
    return value as Awaited<ReturnType<Tasks[Name]>>
  }

  return {
    look: (input, signal) => run('look', input, signal),
    make: (input, signal) => run('make', input, signal),
    compare: (input, signal) => run('compare', input, signal),
    close: () => thread.close(),
  }
}

/** The thread's side. The models are loaded with the first picture; one picture at a time. */
export function servePortraits(): void {
  let model: Promise<FaceFinder> | undefined
  let before: Promise<unknown> = Promise.resolve()

  async function work(name: string, input: unknown): Promise<unknown> {
    model ??= loadFaceModel()
    const finder = await model.catch((error: unknown) => {
      model = undefined
      throw error
    })
    return (tasks[name as keyof Tasks] as (input: unknown, finder: FaceFinder) => Promise<unknown>)(input, finder)
  }

  serveTasks((name, input) => {
    const done = before.then(() => work(name, input))
    before = done.catch(() => {})
    return done
  }, STEP)
}
