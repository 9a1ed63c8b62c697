import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createEvent, emitEvent } from './events.ts'
import { serveRequests } from './requests.ts'
import { runtime, startRuntime, stopRuntime } from './runtime.ts'
import { log, readManifest } from './settings.ts'
import { InstanceLock } from './single-instance.ts'

const manifest = readManifest(process.argv[1] ?? '.')

class CommandLine {
  readonly #switches = new Map<string, string>()

  appendSwitch(name: string, value = ''): void {
    if (runtime.chromium) log(`the switch --${name} comes too late: Chromium is running`)
    this.#switches.set(name, value)
    runtime.switches = [...this.#switches].map(([key, text]) => (text === '' ? `--${key}` : `--${key}=${text}`))
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name) || this.#given(name) !== undefined
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? this.#given(name) ?? ''
  }

  #given(name: string): string | undefined {
    const found = process.argv.slice(2).find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
    return found?.slice(name.length + 3)
  }
}

class App extends EventEmitter {
  readonly commandLine = new CommandLine()
  readonly isPackaged = false
  #name = manifest.name
  readonly #paths = new Map<string, string>()
  #lock: InstanceLock | undefined
  #ready = false
  #quitting = false
  readonly #whenReady: Promise<void>
  #markReady: () => void = () => undefined

  constructor() {
    super()
    this.setMaxListeners(0)
    this.#whenReady = new Promise((ready) => (this.#markReady = ready))
    const forward = ['web-contents-created', 'browser-window-created']
    for (const name of forward) runtime.events.on(name, (subject: unknown) => emitEvent(this, name, {}, subject))
    runtime.events.on('session-created', (session: unknown) => this.emit('session-created', session))
    for (const name of ['render-process-gone', 'child-process-gone']) {
      runtime.events.on(name, (...args: unknown[]) => this.emit(name, ...args))
    }
    runtime.events.on('window-all-closed', () => this.#allClosed())
  }

  /** Starts what is behind the API. Where the stand-in is only imported, as in a unit test, nothing happens. */
  begin(): void {
    process.once('SIGINT', () => this.quit())
    process.once('SIGTERM', () => this.quit())
    // After the main script has run, as in Electron: schemes and switches are set by then.
    setImmediate(() => void this.#start())
  }

  whenReady(): Promise<void> {
    return this.#whenReady
  }

  isReady(): boolean {
    return this.#ready
  }

  quit(): void {
    if (runtime.ending) return
    this.#quitting = true
    if (!emitEvent(this, 'before-quit')) {
      this.#quitting = false
      return
    }
    const windows = [...runtime.windows.values()]
    for (const window of windows) window.close()
    if (runtime.windows.size > 0) this.#quitting = false
    else if (windows.length === 0) this.#leave()
  }

  /** Ends at once: no window is asked. */
  exit(exitCode = 0): void {
    if (runtime.ending) return
    runtime.ending = true
    for (const window of runtime.windows.values()) window.destroy()
    emitEvent(this, 'quit', {}, exitCode)
    this.#lock?.release()
    void stopRuntime().finally(() => process.exit(exitCode))
  }

  relaunch(): void {
    log('app.relaunch is left to whoever started this process')
  }

  getName(): string {
    return this.#name
  }

  setName(name: string): void {
    this.#name = name
  }

  getVersion(): string {
    return manifest.version
  }

  getAppPath(): string {
    return manifest.folder
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale
  }

  getPath(name: string): string {
    const set = this.#paths.get(name)
    if (set !== undefined) return set
    const appData = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
    switch (name) {
      case 'home':
        return homedir()
      case 'temp':
        return tmpdir()
      case 'appData':
        return this.#paths.get('appData') ?? appData
      case 'userData':
      case 'sessionData':
        return join(this.getPath('appData'), this.#name)
      case 'logs':
        return join(this.getPath('userData'), 'logs')
      case 'exe':
        return process.execPath
      default:
        throw new Error(`Failed to get '${name}' path`)
    }
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, resolve(path))
    mkdirSync(resolve(path), { recursive: true })
  }

  setAppLogsPath(path?: string): void {
    this.setPath('logs', path ?? join(this.getPath('userData'), 'logs'))
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    this.#lock ??= new InstanceLock(this.getPath('userData'))
    const start = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    return this.#lock.acquire(start, ({ argv, workingDirectory, additionalData: data }) =>
      emitEvent(this, 'second-instance', {}, argv, workingDirectory, data),
    )
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release()
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.held ?? false
  }

  /** Every renderer is sandboxed here anyway, as far as the machine lets Chromium. */
  enableSandbox(): void {}

  disableHardwareAcceleration(): void {
    this.commandLine.appendSwitch('disable-gpu')
  }

  setAppUserModelId(): void {}

  setAboutPanelOptions(): void {}

  getAppMetrics(): Electron.ProcessMetric[] {
    return []
  }

  async #start(): Promise<void> {
    if (runtime.ending || this.#quitting) return
    try {
      await startRuntime()
    } catch (error) {
      log(error instanceof Error ? error.message : String(error))
      process.exit(1)
    }
    serveRequests()
    this.#ready = true
    this.#markReady()
    this.emit('ready', createEvent({}), {})
  }

  #allClosed(): void {
    if (runtime.ending) return
    if (this.#quitting) this.#leave()
    else if (!this.emit('window-all-closed')) this.quit()
  }

  #leave(): void {
    if (emitEvent(this, 'will-quit')) this.exit(0)
    else this.#quitting = false
  }
}

export const app = new App()
