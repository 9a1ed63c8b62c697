import { fork } from 'node:child_process'
import type { HostMessage } from '#native/capability/host.ts'
import type { HostProcess } from './host-process.ts'

export type NodeForkOptions = {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly execArgv?: readonly string[]
}

/** Runs a device-host entry as a plain Node child process, for the command line and the tests. */
export function forkWithNode(entryPath: string, options: NodeForkOptions = {}): HostProcess {
  const child = fork(entryPath, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...options.env },
    // Not what this process was started with.
    execArgv: [...(options.execArgv ?? [])],
  })
  const exitListeners = new Set<(code: number | null) => void>()
  let over = false
  const ended = (code: number | null) => {
    if (over) return
    over = true
    for (const listener of exitListeners) listener(code)
  }
  child.on('exit', ended)
  // A process that could not be started has no exit event.
  child.on('error', () => {
    if (child.pid === undefined) ended(null)
  })

  return {
    send(message) {
      // A closed channel is followed by the exit, which tells all callers.
      if (child.connected) child.send(message, () => {})
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as HostMessage)),
    onExit: (listener) => void exitListeners.add(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
