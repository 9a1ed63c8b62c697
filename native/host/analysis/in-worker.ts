import { parentPort, Worker } from 'node:worker_threads'
import type { CaptureStep } from '#domain/biometrics/index.ts'
import { AppError, toFailure, type Failure, type Result } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { FingerCapture } from '#native/capability/host.ts'
import type { Clock } from '../clock.ts'
import type { Analysis, FingerPreview } from './index.ts'
import { finishCapture, judgePreview } from './work.ts'

/** A picture that takes longer than this to judge never ends: the thread is thrown away. Milliseconds. */
const longestTask = 20_000
const STEP = 'finger.analysis'

type Task = {
  readonly id: number
  readonly name: 'preview' | 'finish'
  readonly image: GrayImage
  readonly step: CaptureStep
}
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

  async function run<T>(name: Task['name'], image: GrayImage, step: CaptureStep): Promise<T> {
    const thread = started()
    const id = ++lastId
    const callOff = clock.after(longestTask, () => {
      void thread.terminate()
      if (worker === thread) drop()
    })
    try {
      return await new Promise<T>((resolve, reject) => {
        pending.set(id, {
          resolve: (value) => resolve(value as T),
          fail: (failure) => reject(AppError.fromFailure(failure)),
        })
        thread.postMessage({ id, name, image, step } satisfies Task)
      })
    } finally {
      callOff()
    }
  }

  return {
    preview: (image, step) => run<FingerPreview>('preview', image, step),
    async finish(image, step, signal) {
      if (signal.aborted) throw new AppError('CANCELLED', STEP)
      const capture = await run<FingerCapture>('finish', image, step)
      if (signal.aborted) throw new AppError('CANCELLED', STEP)
      return capture
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** The thread's side. */
export function serveAnalysis(): void {
  const port = parentPort
  if (!port) throw new AppError('INTERNAL', STEP)
  port.on('message', ({ id, name, image, step }: Task) => {
    let result: Result<unknown>
    try {
      result = { ok: true, value: name === 'preview' ? judgePreview(image, step) : finishCapture(image, step) }
    } catch (error) {
      result = { ok: false, error: toFailure(error, STEP) }
    }
    port.postMessage({ id, result } satisfies Answer)
  })
}
