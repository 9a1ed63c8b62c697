import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError } from '#domain/failure/index.ts'
import type { HostCalls } from '#native/capability/host.ts'
import type { Clock } from '../clock.ts'
import { workerThread } from '../worker-thread.ts'

export type PageCall = 'page.look' | 'page.make' | 'page.read'

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
  const pageThread = () => workerThread(() => new Worker(entry, { execArgv: [] }), 'page', clock)
  const live = pageThread()
  const still = pageThread()
  return {
    async run(name, input, signal) {
      if (signal.aborted) throw new AppError('CANCELLED', name)
      const cancelled = Promise.withResolvers<never>()
      const cancel = () => cancelled.reject(new AppError('CANCELLED', name))
      signal.addEventListener('abort', cancel)
      const answer = (name === 'page.look' ? live : still).run(name, input, longest[name])
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

/** `page-worker.js` beside the bundle or one above its chunks; from source, the file beside this one. */
function workerPath(): string {
  const here = import.meta.url
  if (here.endsWith('.ts')) return fileURLToPath(new URL('page-worker.ts', here))
  const candidates = ['page-worker.js', '../page-worker.js'].map((name) => fileURLToPath(new URL(name, here)))
  return candidates.find((path) => existsSync(path)) ?? candidates.join(' or ')
}
