import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Acknowledged } from './writer.ts'

/**
 * Runs the writer and kills it with SIGKILL when `enough` says so of what it acknowledged; all that it acknowledged,
 * what was still in the pipe included.
 */
export async function killWriter(
  folder: string,
  args: readonly string[],
  enough: (count: number) => boolean,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Acknowledged[]> {
  const script = join(import.meta.dirname, 'writer.ts')
  const child = spawn(process.execPath, [script, folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const ended = once(child, 'exit')
  const facts: Acknowledged[] = []
  for await (const line of createInterface(child.stdout)) {
    facts.push(JSON.parse(line) as Acknowledged)
    if (enough(facts.length)) child.kill('SIGKILL')
  }
  const [, signal] = (await ended) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself after ${facts.length} lines`)
  return facts
}
