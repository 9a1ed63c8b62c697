import { EventEmitter } from 'node:events'
import type { Page } from './chromium.ts'
import { emitEvent } from './events.ts'
import { readyChromium, runtime } from './runtime.ts'
import { watchResponses } from './responses.ts'
import { screen } from './screen.ts'
import { Session, sessionOf } from './session.ts'
import { WebContents } from './web-contents.ts'

type Options = Electron.BrowserWindowConstructorOptions

/** Where hidden windows stay: Chromium cannot hide one, but it goes on painting there. */
const offScreen = { left: -4000, top: -4000 }

let lastId = 0
let watching = false

/** Reports of Chromium about windows, for all of them at once. */
function watchTargets(): void {
  if (watching) return
  watching = true
  const { cdp } = readyChromium('BrowserWindow')
  const windowOf = (targetId: unknown): BrowserWindow | undefined =>
    [...runtime.windows.values()].find(({ webContents }) => webContents.targetId === targetId)
  cdp.on('Target.targetDestroyed', ({ targetId }) => windowOf(targetId)?.gone())
  cdp.on('Target.targetCrashed', ({ targetId, status, errorCode }) =>
    windowOf(targetId)?.webContents.crashed(String(status), Number(errorCode)),
  )
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows(): BrowserWindow[] {
    return [...runtime.windows.values()]
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return runtime.windows.get(id) ?? null
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isVisible()) ?? null
  }

  readonly id = ++lastId
  readonly webContents: WebContents
  #bounds: Electron.Rectangle
  #title: string
  #visible: boolean
  #fullScreen: boolean
  #kiosk: boolean
  #destroyed = false
  readonly #page: Promise<Page>
  readonly #windowId: Promise<unknown>

  constructor(options: Options = {}) {
    super()
    this.setMaxListeners(0)
    const chromium = readyChromium('BrowserWindow')
    watchTargets()
    const { width = 800, height = 600 } = options
    const area = screen.getPrimaryDisplay().workArea
    this.#bounds = {
      x: options.x ?? area.x + Math.max(0, Math.round((area.width - width) / 2)),
      y: options.y ?? area.y + Math.max(0, Math.round((area.height - height) / 2)),
      width,
      height,
    }
    this.#title = options.title ?? ''
    this.#visible = options.show !== false
    this.#kiosk = options.kiosk === true
    this.#fullScreen = options.fullscreen === true || options.kiosk === true
    const { preload, session, partition } = options.webPreferences ?? {}
    const own = session as unknown
    this.#page = chromium.openPage()
    this.webContents = new WebContents({
      session: own instanceof Session ? own : sessionOf(partition ?? ''),
      preload,
      page: this.#page,
      confirmClose: () => this.listenerCount('close') > 0,
    })
    this.#windowId = this.#page.then(async ({ targetId }) => {
      const { windowId } = await chromium.cdp.send('Browser.getWindowForTarget', { targetId })
      return windowId
    })
    this.#windowId.catch(() => undefined)
    runtime.windows.set(this.id, this)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.webContents.on('titled', (title: string) => this.#titled(title))
    this.webContents.on('leave-asked', (answer: (accept: boolean) => void) => answer(emitEvent(this, 'close')))
    watchResponses(this)
    this.#place()
    runtime.events.emit('web-contents-created', this.webContents)
    runtime.events.emit('browser-window-created', this)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.#setVisible(true)
    this.focus()
  }

  showInactive(): void {
    this.#setVisible(true)
  }

  hide(): void {
    this.#setVisible(false)
  }

  close(): void {
    if (this.#destroyed || !emitEvent(this, 'close')) return
    this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    const close = ({ sessionId, targetId }: Page): void => {
      runtime.chromium?.cdp.post('Runtime.runIfWaitingForDebugger', {}, sessionId)
      runtime.chromium?.cdp.post('Target.closeTarget', { targetId })
    }
    this.#page.then(close, () => undefined)
    this.gone()
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isVisible(): boolean {
    return this.#visible && !this.#destroyed
  }

  isFocused(): boolean {
    return BrowserWindow.getFocusedWindow() === this
  }

  focus(): void {
    this.webContents.focus()
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.#place()
    this.emit('resize')
  }

  getBounds(): Electron.Rectangle {
    return this.#fullScreen ? screen.getDisplayMatching(this.#bounds).bounds : { ...this.#bounds }
  }

  setFullScreen(flag: boolean): void {
    if (flag === this.#fullScreen) return
    this.#fullScreen = flag
    this.#place()
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen')
  }

  isFullScreen(): boolean {
    return this.#fullScreen
  }

  setKiosk(flag: boolean): void {
    this.#kiosk = flag
    this.setFullScreen(flag)
  }

  isKiosk(): boolean {
    return this.#kiosk
  }

  setTitle(title: string): void {
    this.#title = title
    this.webContents.setTitle(title)
  }

  /** The page gave itself a title, which is the window's here: one that is refused is put back. */
  #titled(title: string): void {
    if (title === this.#title || this.#destroyed) return
    if (emitEvent(this, 'page-title-updated', {}, title, true)) this.#title = title
    else this.webContents.setTitle(this.#title)
  }

  getTitle(): string {
    return this.webContents.getTitle()
  }

  setMenu(): void {}

  removeMenu(): void {}

  setMenuBarVisibility(): void {}

  /** Chromium's window is no more: by us, by the user or by the page itself. */
  gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    runtime.windows.delete(this.id)
    this.webContents.markDestroyed()
    this.emit('closed')
    if (runtime.windows.size === 0) runtime.events.emit('window-all-closed')
  }

  #setVisible(visible: boolean): void {
    if (visible === this.#visible) return
    this.#visible = visible
    this.#place()
    this.emit(visible ? 'show' : 'hide')
  }

  #place(): void {
    const { x: left, y: top, width, height } = this.getBounds()
    const bounds = { width, height, ...(this.#visible ? { left, top } : offScreen) }
    const set = (windowId: unknown): void => runtime.chromium?.cdp.post('Browser.setWindowBounds', { windowId, bounds })
    this.#windowId.then(set, () => undefined)
  }
}
