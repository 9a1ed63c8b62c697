import { launch, projectRoot } from '#build/launch/index.ts'
import { join } from 'node:path'

/** The built training program. */
export const trainingMain = join(projectRoot, 'out-training/main/index.js')

if (import.meta.main) {
  try {
    const launched = await launch({ main: trainingMain, args: process.argv.slice(2) })
    process.stderr.write(`the training program is running on ${launched.version}\n`)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => launched.process.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
    }
    process.exitCode = await launched.ended
  } catch (error) {
    const { message, exitCode } = error as Error & { exitCode?: number }
    if (exitCode === undefined) process.stderr.write(`${message} (npm run build:training)\n`)
    process.exitCode = exitCode ?? 1
  }
}
