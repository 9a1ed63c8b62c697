import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync, type FSWatcher } from 'node:fs'
import { join } from 'node:path'

export type SecondStart = {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/** When a process started, in clock ticks since boot: a pid alone may have been given to another one. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/**
 * One instance per data folder. The owner's pid and start time lie in a file; a later instance leaves its command line
 * as a file beside it, which the owner watches for, and all of that is synchronous, since the later one quits at once.
 */
export class InstanceLock {
  readonly #folder: string
  readonly #owner: string
  readonly #inbox: string
  #watcher: FSWatcher | undefined

  constructor(userData: string) {
    this.#folder = join(userData, 'standin-instance')
    this.#owner = join(this.#folder, 'owner')
    this.#inbox = join(this.#folder, 'inbox')
  }

  /** True when this process now is the instance; otherwise `start` has been handed to the one that is. */
  acquire(start: SecondStart, notify: (start: SecondStart) => void): boolean {
    if (this.#watcher) return true
    mkdirSync(this.#inbox, { recursive: true })
    for (;;) {
      try {
        writeFileSync(this.#owner, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' })
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const [pid, since] = readFileSync(this.#owner, 'utf8').split(' ')
      if (startOf(Number(pid)) === since) {
        const draft = join(this.#folder, `draft-${process.pid}`)
        writeFileSync(draft, JSON.stringify(start))
        renameSync(draft, join(this.#inbox, `${process.pid}-${Date.now()}`))
        return false
      }
      rmSync(this.#owner, { force: true })
    }
    const collect = (): void => {
      for (const name of readdirSync(this.#inbox)) {
        const file = join(this.#inbox, name)
        const text = readFileSync(file, 'utf8')
        rmSync(file)
        notify(JSON.parse(text) as SecondStart)
      }
    }
    for (const name of readdirSync(this.#inbox)) rmSync(join(this.#inbox, name))
    this.#watcher = watch(this.#inbox, collect).unref()
    return true
  }

  get held(): boolean {
    return this.#watcher !== undefined
  }

  release(): void {
    if (!this.#watcher) return
    this.#watcher.close()
    this.#watcher = undefined
    rmSync(this.#owner, { force: true })
  }
}
