import {
  _electron,
  chromium,
  type Browser,
  type BrowserContext,
  type ElectronApplication,
  type Page,
} from '@playwright/test'
import {
  electronBinary,
  launch,
  pickRuntime,
  projectRoot,
  type Launched,
  type RuntimeName,
} from '#build/launch/index.ts'

/** Longest wait for a window, in milliseconds. */
const patience = 20_000

export type ProgramOptions = {
  readonly dataFolder: string
  /** The built main script; the station's unless said otherwise. */
  readonly main?: string
  /** Further arguments of the program, such as `--one-screen`. */
  readonly args?: readonly string[]
  /** The devices.json of the simulators; none when empty. */
  readonly devices?: string
  /** A file which Chromium shows as the camera; none when empty. */
  readonly camera?: string
  readonly env?: Readonly<Record<string, string>>
}

/** The built program with its windows, on one data folder, held by Playwright; the same on both runtimes. */
export type Program = {
  readonly runtime: RuntimeName
  /** Of the runtime, in words; known once it runs. */
  readonly version: string
  readonly dataFolder: string
  /** Process id of main. */
  readonly mainPid: number
  /** The officer's page; another one after a restart. */
  readonly officer: Page
  readonly citizen: Page
  /** What the pages wrote as errors or threw, as `role: text`. */
  readonly consoleErrors: readonly string[]
  /** The window of any role, once it is there. */
  readonly window: (role: string) => Promise<Page>
  /** Plugs and unplugs displays, as `1366x768,1280x800`. The stand-in only. */
  readonly setDisplays: (displays: string) => Promise<void>
  /** Ends the main process with SIGKILL and waits until it is gone. */
  readonly kill: () => Promise<void>
  /** Starts the application on the same data folder, ending it first if it runs. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Takes hold of the windows anew, after one of them crashed. The stand-in only. */
  readonly reattach: () => Promise<void>
}

type Running = {
  readonly pid: number
  readonly context: BrowserContext
  readonly reattach: () => Promise<BrowserContext>
  readonly setDisplays: (displays: string) => Promise<void>
  readonly stop: () => Promise<void>
  readonly kill: () => Promise<void>
}

/** Starts the program and waits for the officer's and the citizen's windows. */
export async function openProgram({
  dataFolder,
  main,
  args = [],
  devices = '',
  camera = '',
  env = {},
}: ProgramOptions): Promise<Program> {
  const own = ['--data', dataFolder, ...(devices === '' ? [] : ['--devices', devices]), ...args]
  const all = { ...env, ...(camera !== '' && { QCC_FAKE_CAMERA: camera }) }
  const program = new RunningProgram(dataFolder, main, own, all)
  await program.restart()
  return program
}

class RunningProgram implements Program {
  readonly runtime = pickRuntime()
  readonly dataFolder: string
  readonly consoleErrors: string[] = []
  version = ''
  readonly #main: string | undefined
  readonly #args: readonly string[]
  readonly #env: Readonly<Record<string, string>>
  #running: Running | undefined
  #pages = new Map<string, Page>()

  constructor(
    dataFolder: string,
    main: string | undefined,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) {
    this.dataFolder = dataFolder
    this.#main = main
    this.#args = args
    this.#env = env
  }

  get mainPid(): number {
    return this.#running?.pid ?? 0
  }

  get officer(): Page {
    return this.#page('officer')
  }

  get citizen(): Page {
    return this.#page('citizen')
  }

  async window(role: string): Promise<Page> {
    const running = this.#running
    if (!running) throw new Error('the application does not run')
    // A window may be there already without its page, or may only come to be: whichever shows the role first.
    const { context } = running
    const arrived = context.pages().map(async (page) => {
      if (await arrives(page, role)) return page
      throw new Error(`another window than the ${role}'s`)
    })
    const page = await Promise.any([
      ...arrived,
      context.waitForEvent('page', { predicate: (opened) => arrives(opened, role), timeout: patience }),
    ])
    await page.waitForLoadState()
    return page
  }

  setDisplays(displays: string): Promise<void> {
    return this.#running?.setDisplays(displays) ?? Promise.reject(new Error('the application does not run'))
  }

  async restart(): Promise<void> {
    await this.stop()
    const running = this.runtime === 'electron' ? await this.#startElectron() : await this.#startStandin()
    this.#running = running
    await this.#hold(running)
  }

  async reattach(): Promise<void> {
    // A renderer that is just coming back may be attached too early to be told of: then once more.
    for (let left = 3; ; left--) {
      if (!this.#running) throw new Error('the application does not run')
      this.#running = { ...this.#running, context: await this.#running.reattach() }
      try {
        return await this.#hold(this.#running)
      } catch (error) {
        if (left === 1) throw error
      }
    }
  }

  async #hold({ context }: Running): Promise<void> {
    for (const page of context.pages()) this.#listen(page)
    context.on('page', (page) => this.#listen(page))
    for (const role of ['officer', 'citizen']) this.#pages.set(role, await this.window(role))
  }

  async kill(): Promise<void> {
    await this.#running?.kill()
    this.#running = undefined
  }

  async stop(): Promise<void> {
    await this.#running?.stop()
    this.#running = undefined
  }

  async #startStandin(): Promise<Running> {
    const launched: Launched = await launch({
      ...(this.#main !== undefined && { main: this.#main }),
      args: this.#args,
      env: this.#env,
      debug: true,
    })
    this.version = `${launched.version}, standing in for Electron`
    let browser = await chromium.connectOverCDP(launched.cdpEndpoint!)
    return {
      pid: launched.process.pid ?? 0,
      context: onlyContext(browser),
      reattach: async () => {
        await browser.close()
        browser = await chromium.connectOverCDP(launched.cdpEndpoint!)
        return onlyContext(browser)
      },
      setDisplays: launched.setDisplays,
      stop: async () => void (await launched.stop()),
      kill: async () => void (await launched.kill()),
    }
  }

  async #startElectron(): Promise<Running> {
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const { QCC_FAKE_CAMERA: camera, ...env } = this.#env
    if (camera !== undefined)
      flags.push('--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`)
    const application: ElectronApplication = await _electron.launch({
      executablePath: electronBinary()!,
      args: [...flags, this.#main ?? projectRoot, ...this.#args],
      env: { ...(process.env as Record<string, string>), ...env },
    })
    this.version = await application.evaluate(() => `Electron ${process.versions['electron']}`)
    const ended = new Promise<void>((resolve) => application.process().once('exit', () => resolve()))
    return {
      pid: application.process().pid ?? 0,
      context: application.context(),
      reattach: () => Promise.reject(new Error('only the stand-in lets go of its windows')),
      setDisplays: () => Promise.reject(new Error('real displays cannot be unplugged from here')),
      stop: () => application.close(),
      kill: async () => {
        application.process().kill('SIGKILL')
        await ended
      },
    }
  }

  #listen(page: Page): void {
    const add = (text: string): number => this.consoleErrors.push(`${roleOf(page) ?? 'window'}: ${text}`)
    page.on('console', (message) => message.type() === 'error' && add(message.text()))
    page.on('pageerror', (error) => add(String(error)))
    page.on('crash', () => add('crashed'))
  }

  #page(role: string): Page {
    const page = this.#pages.get(role)
    if (!page) throw new Error(`there is no ${role}'s window`)
    return page
  }
}

/** `app://officer/…` on Electron, `https://officer.app.internal/…` on the stand-in. */
const roleOf = (page: Page): string | undefined => roleAt(page.url())

function roleAt(address: string): string | undefined {
  return /^(?:app:\/\/|https:\/\/)(officer|citizen|technician)[./]/.exec(address)?.[1]
}

/** A page that is only being made, or has just crashed, stands at no window's address yet. */
async function arrives(page: Page, role: string): Promise<boolean> {
  await page.waitForURL((url) => roleAt(url.href) !== undefined, { timeout: patience })
  return roleOf(page) === role
}

function onlyContext(browser: Browser): BrowserContext {
  const [context] = browser.contexts()
  if (!context) throw new Error('the program has no windows')
  return context
}
