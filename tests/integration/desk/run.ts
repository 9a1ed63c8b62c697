import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** Runs an entry of the repository with the same Node, and collects what it says. */
export function run(
  entry: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
) {
  const child = spawn(process.execPath, [join(root, entry), ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const watchers = new Set<() => void>()
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString()
    for (const watcher of watchers) watcher()
  })
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  )
  return {
    child,
    ended,
    /** Resolves when the line has been said on standard output. */
    said: (line: string) =>
      new Promise<void>((resolve, reject) => {
        const watcher = () => stdout.split('\n').includes(line) && resolve()
        watchers.add(watcher)
        watcher()
        void ended.then(() => reject(new Error(`ended without saying '${line}': ${stderr}`)))
      }),
  }
}

export const desk = (...args: string[]) => run('build/desk/index.ts', args).ended
