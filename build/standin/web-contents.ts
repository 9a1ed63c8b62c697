import { EventEmitter } from 'node:events'
import type { CdpPipe, Json } from './cdp-pipe.ts'
import type { Page } from './chromium.ts'
import { codec } from './codec.ts'
import { createEvent, emitEvent } from './events.ts'
import { receive, type Reply } from './ipc.ts'
import { createMainFrame, type MainFrame } from './main-frame.ts'
import { createImage } from './native-image.ts'
import { listenToConsole } from './page-console.ts'
import { applyPermissions } from './permissions.ts'
import { loadEnd, preparePage } from './page-load.ts'
import { composePreload, preloadWorld } from './preload-script.ts'
import { listPrinters, printPdf } from './printing.ts'
import { runtime } from './runtime.ts'
import type { Session } from './session.ts'
import { log } from './settings.ts'
import { fromChromium, schemeOf, toChromium } from './urls.ts'

type Parts = {
  readonly session: Session
  readonly preload: string | undefined
  readonly page: Promise<Page>
  /** Whether a user's attempt to close the window must be asked about. */
  readonly confirmClose: () => boolean
}
let lastId = 0

/** One window's page. Everything asked of it waits for the page to be open; what it reports is emitted as Electron does. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session: Session
  readonly mainFrame: MainFrame
  readonly preloadPath: string
  readonly navigationHistory = { clear: (): void => void this.command('Page.resetNavigationHistory') }
  targetId = ''
  zoomFactor = 1
  readonly #confirmClose: () => boolean
  #receiver = ''
  readonly #opened: Promise<Page>
  #sessionId = ''
  #url = ''
  #title = ''
  #loaderId = ''
  #finished = ''
  #expected: string | undefined
  #context: string | undefined
  #crashed = false
  #destroyed = false
  #windowOpenHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | undefined

  constructor({ session, preload, page: opening, confirmClose }: Parts) {
    super()
    this.setMaxListeners(0)
    this.session = session
    this.preloadPath = preload ?? ''
    this.#confirmClose = confirmClose
    this.mainFrame = createMainFrame(this)
    runtime.contents.set(this.id, this)
    this.#opened = opening.then(async (page) => {
      if (!this.#destroyed) await this.#attach(page)
      return page
    })
    this.#opened.catch((error: unknown) => log(`a window could not be opened: ${String(error)}`))
  }

  loadURL(url: string): Promise<void> {
    const loaded = this.#load(url)
    // As in Electron, nobody has to look at the promise.
    loaded.catch(() => undefined)
    return loaded
  }

  async #load(url: string): Promise<void> {
    const page = await this.#opened
    applyPermissions(this, url)
    this.#expected = url
    this.#started(url)
    const result = await this.cdp.send('Page.navigate', { url: toChromium(url) }, page.sessionId)
    if (typeof result['errorText'] === 'string') {
      const error = Object.assign(new Error(`${result['errorText'].replace('net::', '')} (-2) loading '${url}'`), {
        url,
      })
      emitEvent(this, 'did-fail-load', {}, -2, result['errorText'], url, true)
      throw error
    }
    const loaderId = result['loaderId']
    if (typeof loaderId !== 'string' || this.#finished === loaderId) return
    await loadEnd(this, url)
  }

  reload(): void {
    this.#expected = this.#url
    this.#started(this.#url)
    void this.command('Page.reload')
  }

  reloadIgnoringCache(): void {
    this.reload()
  }

  stop(): void {
    void this.command('Page.stopLoading')
  }

  /** @throws Error when an argument cannot be cloned */
  send(channel: string, ...args: unknown[]): void {
    this.#deliver(this.#context, { t: 'event', channel, args: codec.encode(args) })
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const params = { expression: code, awaitPromise: true, returnByValue: true, userGesture: true }
    const { result, exceptionDetails } = (await this.ask('Runtime.evaluate', params)) as {
      result: { value?: unknown }
      exceptionDetails?: { text: string; exception?: { description?: string } }
    }
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  async capturePage(): Promise<ReturnType<typeof createImage>> {
    const { data } = await this.ask('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
    return createImage(Buffer.from(String(data), 'base64'))
  }

  async printToPDF(options: Electron.PrintToPDFOptions = {}): Promise<Buffer> {
    const { landscape = false, printBackground = false, preferCSSPageSize = false } = options
    const { data } = await this.ask('Page.printToPDF', { landscape, printBackground, preferCSSPageSize })
    return Buffer.from(String(data), 'base64')
  }

  getPrintersAsync(): Promise<Electron.PrinterInfo[]> {
    return listPrinters()
  }

  /** Chromium lays the page out for paper; the system's spooler, or a folder, takes it. There is no dialog. */
  print(
    options: Electron.WebContentsPrintOptions = {},
    done: (taken: boolean, reason: string) => void = () => {},
  ): void {
    const { printBackground = false, landscape = false, deviceName = '' } = options
    // A4, as the shell wants it; Chromium takes inches.
    const paper = { paperWidth: 8.27, paperHeight: 11.69 }
    this.ask('Page.printToPDF', { printBackground, landscape, ...paper })
      .then(({ data }) => printPdf(Buffer.from(String(data), 'base64'), deviceName))
      .then(
        () => done(true, ''),
        (error: unknown) => done(false, error instanceof Error ? error.message : 'failed'),
      )
  }

  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void {
    this.#windowOpenHandler = handler
  }

  setZoomFactor(factor: number): void {
    this.zoomFactor = factor
    void this.command('Emulation.setPageScaleFactor', { pageScaleFactor: factor })
  }

  /** Chromium enlarges by fingers only where its command line lets it, and the stand-in's does not. */
  async setVisualZoomLevelLimits(_minimum: number, _maximum: number): Promise<void> {}

  forcefullyCrashRenderer(): void {
    void this.command('Page.crash')
  }

  getURL(): string {
    return this.#url
  }

  getTitle(): string {
    return this.#title
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isCrashed(): boolean {
    return this.#crashed
  }

  isLoading(): boolean {
    return this.#loaderId !== this.#finished
  }

  openDevTools(): void {
    log('openDevTools: set QCC_STANDIN_CDP_PORT and connect from another browser')
  }

  focus(): void {
    void this.command('Page.bringToFront')
  }

  get cdp(): CdpPipe {
    return runtime.chromium!.cdp
  }

  /** A DevTools command to the page, in order with all others; what fails because the page is gone is of no interest. */
  async command(method: string, params: Json = {}): Promise<void> {
    await this.ask(method, params).catch(() => undefined)
  }

  async ask(method: string, params: Json = {}): Promise<Json> {
    const page = await this.#opened
    return this.cdp.send(method, params, page.sessionId)
  }

  /** Whether a document request may go on. Those of `loadURL` and `reload` always may. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    const mine = isMainFrame && this.#expected !== undefined && toChromium(this.#expected) === toChromium(url)
    if (mine) {
      this.#expected = undefined
      return true
    }
    const frame = isMainFrame ? this.mainFrame : null
    const details = { url, isSameDocument: false, isMainFrame, frame, initiator: this.mainFrame }
    if (!emitEvent(this, 'will-frame-navigate', { ...details })) return false
    if (isMainFrame && !emitEvent(this, 'will-navigate', { ...details }, url, false, true)) return false
    if (isMainFrame) {
      applyPermissions(this, url)
      this.#started(url)
    }
    return true
  }

  /** The window is gone: says so once. */
  markDestroyed(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#context = undefined
    runtime.contents.delete(this.id)
    for (const [frameId, contents] of runtime.frames) if (contents === this) runtime.frames.delete(frameId)
    if (this.#sessionId !== '') this.cdp.forget(this.#sessionId)
    this.emit('destroyed')
  }

  async #attach({ sessionId, targetId }: Page): Promise<void> {
    const { config, page, isolated, error } = composePreload(this.preloadPath, this.#confirmClose())
    this.#receiver = config.receiver
    this.#sessionId = sessionId
    this.targetId = targetId
    runtime.frames.set(targetId, this)
    const on = (method: string, listener: (params: Json) => void): void => void this.cdp.on(method, listener, sessionId)
    on('Page.frameAttached', ({ frameId }) => runtime.frames.set(String(frameId), this))
    on('Page.frameDetached', ({ frameId, reason }) => reason === 'remove' && runtime.frames.delete(String(frameId)))
    on('Page.frameNavigated', (params) => this.#navigated(params['frame'] as Json))
    on(
      'Page.navigatedWithinDocument',
      ({ frameId, url }) => frameId === targetId && (this.#url = fromChromium(String(url))),
    )
    on('Page.lifecycleEvent', (params) => this.#lived(params))
    on('Page.javascriptDialogOpening', ({ type }) => this.#dialog(String(type)))
    on('Page.windowOpen', (params) => this.#refuseWindow(params))
    on('Runtime.executionContextCreated', (params) => this.#contextCreated(params['context'] as Json))
    on('Runtime.executionContextDestroyed', ({ executionContextUniqueId: gone }) => {
      if (gone === this.#context) this.#context = undefined
    })
    on('Runtime.executionContextsCleared', () => (this.#context = undefined))
    on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name !== config.binding) return
      const context = this.#context
      receive(this, String(payload), (reply) => this.#deliver(context, reply))
    })
    listenToConsole(this, on)
    await preparePage((method, params) => this.cdp.send(method, params, sessionId), { config, page, isolated })
    if (error) {
      log(`${this.preloadPath} cannot be read: ${error.message}`)
      emitEvent(this, 'preload-error', {}, this.preloadPath, error)
    }
  }

  #started(url: string): void {
    const details = { url, isSameDocument: false, isMainFrame: true, frame: this.mainFrame }
    emitEvent(this, 'did-start-navigation', details, url, false, true)
  }

  #navigated(frame: Json): void {
    if (frame['id'] !== this.targetId) return
    this.#crashed = false
    this.#loaderId = String(frame['loaderId'])
    this.#url = fromChromium(String(frame['url']))
    emitEvent(this, 'did-navigate', {}, this.#url, 200, 'OK')
  }

  #lived({ frameId, loaderId, name }: Json): void {
    if (frameId !== this.targetId || loaderId !== this.#loaderId) return
    if (name === 'DOMContentLoaded') emitEvent(this, 'dom-ready')
    if (name !== 'load') return
    this.#finished = this.#loaderId
    emitEvent(this, 'did-finish-load')
  }

  #contextCreated({ name, uniqueId, auxData }: Json): void {
    if (name === preloadWorld && (auxData as Json)['frameId'] === this.targetId) this.#context = String(uniqueId)
  }

  #deliver(context: string | undefined, message: Reply | { t: 'event'; channel: string; args: unknown }): void {
    if (context === undefined || this.#destroyed) return
    const params = {
      functionDeclaration: `function (text) { globalThis['${this.#receiver}']?.(text) }`,
      uniqueContextId: context,
      arguments: [{ value: JSON.stringify(message) }],
    }
    this.cdp.post('Runtime.callFunctionOn', params, this.#sessionId)
  }

  /** Pages have no dialogs here; the one before unloading is how a user's wish to close the window shows itself. */
  #dialog(type: string): void {
    const answer = (accept: boolean): void => this.cdp.post('Page.handleJavaScriptDialog', { accept }, this.#sessionId)
    if (type !== 'beforeunload') answer(type === 'alert')
    else if (this.#expected !== undefined || this.#destroyed) answer(true)
    else this.emit('leave-asked', answer)
  }

  /** Chromium has already opened it; the opener of unknown pages closes it again. */
  #refuseWindow({ url, windowName, windowFeatures }: Json): void {
    const details = {
      url: fromChromium(String(url)),
      frameName: String(windowName),
      features: (windowFeatures as string[]).join(','),
      disposition: 'new-window' as const,
      referrer: { url: this.#url, policy: 'default' as const },
    }
    const answer = this.#windowOpenHandler?.(details)
    if (answer?.action !== 'deny')
      log(`window.open of a ${schemeOf(details.url)} page refused: windows of pages are not built here`)
  }

  /** Called by the window when Chromium reports the crash of its renderer. */
  crashed(status: string, exitCode: number): void {
    this.#crashed = true
    this.#context = undefined
    const reason = status === 'crashed' || status === 'killed' || status === 'oom' ? status : 'abnormal-exit'
    const details = { reason, exitCode }
    emitEvent(this, 'render-process-gone', {}, details)
    runtime.events.emit('render-process-gone', createEvent({}), this, details)
  }

  setTitle(title: string): void {
    this.#title = title
    void this.command('Runtime.evaluate', { expression: `document.title = ${JSON.stringify(title)}` })
  }
}
