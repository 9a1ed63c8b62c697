import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { createEvent } from './events.ts'
import { runtime } from './runtime.ts'

type Stdio = 'pipe' | 'ignore' | 'inherit'
const childScript = new URL('./utility-child.ts', import.meta.url).href

/** A child Node in the place of Electron's utility process. It ends when this process does. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  #running = false

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super()
    const { env, cwd, execArgv = [], serviceName = 'Node Utility Process', stdio = 'inherit' } = options
    const [, out = 'inherit', err = 'inherit'] = Array.isArray(stdio)
      ? stdio
      : [stdio, stdio, stdio].map((entry) => entry as Stdio)
    this.#child = fork(modulePath, [...args], {
      execArgv: ['--import', childScript, ...execArgv],
      env: { ...(env ?? process.env) },
      ...(cwd !== undefined && { cwd }),
      serialization: 'advanced',
      stdio: ['ignore', out, err, 'ipc'],
    })
    this.#child.once('spawn', () => {
      this.#running = true
      this.emit('spawn')
    })
    this.#child.on('message', (message: { data: unknown }) => this.emit('message', message.data))
    this.#child.once('error', () => this.#ended(1, null, serviceName))
    this.#child.once('exit', (code, signal) => this.#ended(code, signal, serviceName))
  }

  get pid(): number | undefined {
    return this.#running ? this.#child.pid : undefined
  }

  get stdout(): NodeJS.ReadableStream | null {
    return this.#child.stdout
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr
  }

  postMessage(message: unknown): void {
    // A message to a process that has just died is lost, which its 'exit' will tell.
    this.#child.send({ data: message }, () => undefined)
  }

  kill(): boolean {
    return this.#child.kill()
  }

  #ended(code: number | null, signal: NodeJS.Signals | null, serviceName: string): void {
    if (this.#child.pid !== undefined && !this.#running) return
    this.#running = false
    const exitCode = code ?? constants.signals[signal ?? 'SIGKILL']
    this.emit('exit', exitCode)
    if (exitCode === 0) return
    const byWish = signal === 'SIGTERM' || signal === 'SIGKILL'
    const reason = byWish ? 'killed' : signal === null ? 'abnormal-exit' : 'crashed'
    const details = { type: 'Utility', reason, exitCode, serviceName: 'node.mojom.NodeService', name: serviceName }
    runtime.events.emit('child-process-gone', createEvent({}), details)
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) =>
    new UtilityProcess(modulePath, args, options),
}
