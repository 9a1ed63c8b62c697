import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError, type Result } from '#domain/failure/index.ts'
import type { SealInput } from './seal.ts'

/** sealDossier in a thread of its own. Throws what it throws, SEAL_FAILED when the thread dies, CANCELLED. */
export async function sealInWorker(input: SealInput, signal?: AbortSignal): Promise<Uint8Array> {
  if (signal?.aborted) throw new AppError('CANCELLED', 'seal.worker')
  const worker = new Worker(workerPath(), { workerData: input, execArgv: [] })
  const stop = Promise.withResolvers<never>()
  const cancel = () => stop.reject(new AppError('CANCELLED', 'seal.worker'))
  signal?.addEventListener('abort', cancel)
  const answer = new Promise<Result<Uint8Array>>((resolve, reject) => {
    const died = (cause?: unknown) =>
      reject(new AppError('SEAL_FAILED', 'seal.worker', { context: { reason: 'thread' }, cause }))
    worker.once('message', resolve)
    worker.once('error', died)
    worker.once('exit', () => died())
  })
  try {
    const result = await Promise.race([answer, stop.promise])
    if (result.ok) return result.value
    throw AppError.fromFailure(result.error)
  } finally {
    signal?.removeEventListener('abort', cancel)
    answer.catch(() => undefined)
    await worker.terminate()
  }
}

/** `seal-worker.js` beside the bundle or one above its chunks; from source, the file beside this one. */
function workerPath(): string {
  const here = import.meta.url
  if (here.endsWith('.ts')) return fileURLToPath(new URL('worker.ts', here))
  const candidates = ['seal-worker.js', '../seal-worker.js'].map((name) => fileURLToPath(new URL(name, here)))
  return candidates.find((path) => existsSync(path)) ?? candidates.join(' or ')
}
