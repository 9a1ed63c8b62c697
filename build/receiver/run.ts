import { spawnSync } from 'node:child_process'

/** Runs an outside program; its output, or an error that names it and says what it said. */
export function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 24 })
  if (error) throw new Error(`${program} does not start`, { cause: error })
  if (status !== 0) throw new Error(`${program} ${args[0]} ${args[1] ?? ''}: exit ${status}\n${stderr}`.trim())
  return stdout
}
