import { isMainThread, workerData } from 'node:worker_threads'
import type { Drivers } from '#native/drivers/index.ts'
import { analyseInWorker, serveAnalysis } from './analysis/index.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Listing } from './discovery/found.ts'
import { PORTRAIT_THREAD, portraitsInWorker, servePortraits } from './pictures/portrait.ts'
import { processPort } from './process-port.ts'
import type { Transports } from './registry.ts'

/** How long the devices may take to be let go when the program is gone. Milliseconds. */
const farewell = 2000
/** A process that is younger than this does not end for a line that hangs: the last end has not helped. Milliseconds. */
const youngest = 10 * 60_000

/**
 * The whole life of a device-host process. `entry` is the entry's own `import.meta.url`: the analysis thread starts
 * from the same file, so that a bundle needs no second one.
 */
export function runHost(
  entry: string,
  transports: Transports,
  moreListings: readonly Listing[] = [],
  drivers?: Drivers,
  clock: Clock = systemClock,
): void {
  if (!isMainThread) return workerData === PORTRAIT_THREAD ? servePortraits() : serveAnalysis()
  void serve(entry, transports, moreListings, drivers, clock)
}

/** The devices' own code is loaded by this thread only: most of it is drivers. */
async function serve(
  entry: string,
  transports: Transports,
  moreListings: readonly Listing[],
  drivers: Drivers | undefined,
  clock: Clock,
): Promise<void> {
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
  const started = Promise.withResolvers<{ stop(): Promise<void> }>()
  const port = processPort(() => {
    setTimeout(() => process.exit(0), farewell).unref()
    void started.promise.then((host) => host.stop()).finally(() => process.exit(0))
  })
  const { startHost } = await import('./start-host.ts')
  const own = new URL(entry)
  const host = startHost({
    port,
    transports,
    clock,
    moreListings,
    onStuck: () => performance.now() > youngest && endAtOnce(),
    ...(drivers && { drivers }),
    analysis: analyseInWorker(own, systemClock),
    portraits: portraitsInWorker(own, systemClock),
  })
  started.resolve(host)
}

/** An orderly exit would wait for the thread in which the line hangs. The supervisor starts a new process. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** What broke, without its message, which may quote what was being read. The supervisor starts a new process. */
function end(error: unknown): never {
  const trace = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  process.stderr.write(['device-host: ended by an error it did not expect', ...trace].join('\n') + '\n')
  process.exit(70)
}
