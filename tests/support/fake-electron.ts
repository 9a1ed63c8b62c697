/**
 * As much of Electron as the shell and the preloads touch, in memory: what unit tests get for Electron. It decides nothing:
 * tests read what the program asked of it, and emit the events that Electron would.
 */
import { EventEmitter } from 'node:events'

type Listener = (...args: never[]) => unknown

export class FakeContents extends EventEmitter {
  static last = 0
  readonly id = ++FakeContents.last
  readonly mainFrame = { url: '' }
  readonly sent: (readonly [channel: string, data: unknown])[] = []
  reloads = 0
  crashesAsked = 0
  histories = 0
  zooms: number[] = []
  zoomLimits: (readonly [number, number])[] = []
  /** What `capturePage` sees: a picture of this width, or nothing when it fails. */
  pictureWidth = 0
  readonly navigationHistory = { clear: () => void this.histories++ }
  windowOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  getURL(): string {
    return this.mainFrame.url
  }
  send(channel: string, data: unknown): void {
    this.sent.push([channel, data])
  }
  reload(): void {
    this.reloads++
  }
  forcefullyCrashRenderer(): void {
    this.crashesAsked++
  }
  setZoomFactor(factor: number): void {
    this.zooms.push(factor)
  }
  setVisualZoomLevelLimits(least: number, most: number): Promise<void> {
    this.zoomLimits.push([least, most])
    return Promise.resolve()
  }
  capturePage(): Promise<FakeImage> {
    return this.pictureWidth < 0
      ? Promise.reject(new Error('the page is gone'))
      : Promise.resolve(new FakeImage(this.pictureWidth))
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler
  }
}

export class FakeImage {
  readonly width: number
  constructor(width: number) {
    this.width = width
  }
  isEmpty(): boolean {
    return this.width === 0
  }
  getSize(): { width: number; height: number } {
    return { width: this.width, height: this.width }
  }
  resize({ width }: { width: number }): FakeImage {
    return new FakeImage(width)
  }
  toPNG(): Buffer {
    return Buffer.from(`a picture ${this.width} wide`)
  }
}

export class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = []
  readonly webContents = new FakeContents()
  readonly options: Record<string, unknown>
  bounds: unknown
  destroyed = false
  visible = true
  kiosk: boolean
  focused = 0

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    const { x, y, width, height } = options
    this.bounds = { x, y, width, height }
    this.kiosk = options['kiosk'] === true
    FakeWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url
    return Promise.resolve()
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  destroy(): void {
    this.destroyed = true
    this.emit('closed')
  }
  setBounds(bounds: unknown): void {
    // As on Linux and Windows: a window in full screen stays where it is.
    if (!this.kiosk) this.bounds = bounds
  }
  getBounds(): unknown {
    return this.bounds
  }
  setKiosk(flag: boolean): void {
    this.kiosk = flag
  }
  isKiosk(): boolean {
    return this.kiosk
  }
  isVisible(): boolean {
    return this.visible && !this.destroyed
  }
  hide(): void {
    this.visible = false
  }
  show(): void {
    this.visible = true
  }
  focus(): void {
    this.focused++
  }
}

export class FakeSession extends EventEmitter {
  cleared: string[] = []
  clearing: Promise<void> = Promise.resolve()
  request: Listener = () => {}
  check: Listener = () => {}
  beforeRequest: Listener = () => {}
  serve: (request: Request) => Promise<Response> = () => Promise.reject(new Error('no page is served'))
  readonly protocol = {
    handle: (_scheme: string, serve: (request: Request) => Promise<Response>) => {
      this.serve = serve
    },
  }
  readonly webRequest = {
    onBeforeRequest: (listener: Listener) => {
      this.beforeRequest = listener
    },
  }
  setPermissionRequestHandler(handler: Listener): void {
    this.request = handler
  }
  setPermissionCheckHandler(handler: Listener): void {
    this.check = handler
  }
  clearCache(): Promise<void> {
    this.cleared.push('cache')
    return this.clearing
  }
  clearStorageData(): Promise<void> {
    this.cleared.push('storage')
    return this.clearing
  }
}

class FakeApp extends EventEmitter {
  isPackaged = false
  quits = 0
  exits: number[] = []
  switches: string[] = []
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) =>
      void this.switches.push(value === undefined ? name : `${name}=${value}`),
  }
  quit(): void {
    this.quits++
  }
  exit(code: number): void {
    this.exits.push(code)
  }
}

export type FakeDisplay = {
  readonly id: number
  readonly bounds: { x: number; y: number; width: number; height: number }
  readonly label: string
  readonly internal: boolean
  readonly size: { width: number; height: number }
  readonly scaleFactor: number
  readonly touchSupport: 'available' | 'unavailable' | 'unknown'
}

/** A display of 1024 by 600 points, told apart by its id and label. */
export function fakeDisplay(
  id: number,
  x: number,
  more: Partial<Omit<FakeDisplay, 'bounds' | 'size'>> & { width?: number; height?: number } = {},
): FakeDisplay {
  const { width = 1024, height = 600, ...rest } = more
  return {
    id,
    bounds: { x, y: 0, width, height },
    size: { width, height },
    label: `Display ${id}`,
    internal: false,
    scaleFactor: 1,
    touchSupport: 'unknown',
    ...rest,
  }
}

class FakeScreen extends EventEmitter {
  displays: FakeDisplay[] = []
  getPrimaryDisplay(): FakeDisplay | undefined {
    return this.displays[0]
  }
  getAllDisplays(): FakeDisplay[] {
    return this.displays
  }
}

class FakeGlobalShortcut {
  readonly heard = new Map<string, () => void>()
  register(accelerator: string, callback: () => void): boolean {
    this.heard.set(accelerator, callback)
    return true
  }
  unregister(accelerator: string): void {
    this.heard.delete(accelerator)
  }
  isRegistered(accelerator: string): boolean {
    return this.heard.has(accelerator)
  }
}

export class FakeChild extends EventEmitter {
  readonly posted: unknown[] = []
  kills = 0
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  kill(): boolean {
    this.kills++
    return true
  }
}

export const app = new FakeApp()
export const screen = new FakeScreen()
export const globalShortcut = new FakeGlobalShortcut()
export const sessions = new Map<string, FakeSession>()
export const session = {
  fromPartition(name: string): FakeSession {
    const known = sessions.get(name) ?? new FakeSession()
    sessions.set(name, known)
    return known
  },
}
export const privileged: unknown[] = []
export const protocol = { registerSchemesAsPrivileged: (schemes: unknown) => void privileged.push(schemes) }
export const served = new Map<string, (event: unknown, input: unknown) => Promise<unknown>>()
export const ipcMain = {
  handle: (channel: string, handle: (event: unknown, input: unknown) => Promise<unknown>) =>
    void served.set(channel, handle),
}
export const forks: { readonly entry: string; readonly options: unknown; readonly child: FakeChild }[] = []
export const utilityProcess = {
  fork(entry: string, _args: readonly string[], options: unknown): FakeChild {
    const child = new FakeChild()
    forks.push({ entry, options, child })
    return child
  },
}
export const safeStorage = {
  available: true,
  backend: 'gnome_libsecret',
  isEncryptionAvailable: () => safeStorage.available,
  getSelectedStorageBackend: () => safeStorage.backend,
  encryptString: (text: string) => Buffer.from(text, 'utf8').map((byte) => byte ^ 0x5a),
  decryptString: (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString('utf8'),
}
export const exposed = new Map<string, unknown>()
export const contextBridge = { exposeInMainWorld: (name: string, api: unknown) => void exposed.set(name, api) }

class FakeIpcRenderer extends EventEmitter {
  answer: (channel: string, input: unknown) => Promise<unknown> = () => Promise.resolve()
  invoke(channel: string, input: unknown): Promise<unknown> {
    return this.answer(channel, input)
  }
}
export const ipcRenderer = new FakeIpcRenderer()

export { FakeWindow as BrowserWindow }

/** As before anything was started. */
export function resetElectron(): void {
  for (const emitter of [app, screen, ipcRenderer]) emitter.removeAllListeners()
  app.isPackaged = false
  app.quits = 0
  app.exits = []
  app.switches = []
  screen.displays = []
  globalShortcut.heard.clear()
  FakeWindow.all = []
  sessions.clear()
  privileged.length = 0
  served.clear()
  forks.length = 0
  exposed.clear()
  safeStorage.available = true
  safeStorage.backend = 'gnome_libsecret'
  ipcRenderer.answer = () => Promise.resolve()
}
