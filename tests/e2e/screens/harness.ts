import { chromium, expect, test as base, type Browser, type Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  callsFrom,
  contract,
  eventsTo,
  type CallInput,
  type CallName,
  type CallOutput,
  type EventData,
  type EventName,
  type Role,
} from '#contract/index.ts'
import { AppError, type FailureCode, type FailureContext, type Result } from '#domain/failure/index.ts'
import { barriers } from '../barriers.ts'
import { startScreens, type Screens } from './serve.ts'

/** What main would answer to a call: a value, a failure, or `never` to leave it under way. */
export type Reply<Name extends CallName> = Result<CallOutput<Name>> | 'never'
type Answerer<Name extends CallName> = (input: CallInput<Name>) => Reply<Name> | Promise<Reply<Name>>
export type Answers = { [Name in CallName]?: Answerer<Name> }

/** A call as the window made it; bytes are recorded as `{ bytes: <how many> }`. */
export type RecordedCall = { readonly name: CallName; readonly input: Record<string, unknown> }

export type Screen = {
  readonly page: Page
  /** Sends an event as main would; checked against the contract. */
  readonly emit: <Name extends EventName>(name: Name, data: EventData<Name>) => Promise<void>
  /** The calls made so far, all or those of one name. */
  readonly calls: (name?: CallName) => readonly RecordedCall[]
  /** Changes what a call answers from now on. */
  readonly answer: <Name extends CallName>(name: Name, answerer: Answerer<Name>) => void
  /** Fails when axe finds a violation or something reaches out of the window. */
  readonly expectSound: () => Promise<void>
  /** The same once it is night, of a screen that was sound by day: only colours are other ones. */
  readonly expectSoundByNight: () => Promise<void>
  /** Fails when something reaches out of its place or of the window. */
  readonly expectFits: () => Promise<void>
  /** artifacts/screens/<name>.png, for people to look at: only with QCC_PICTURES=1. */
  readonly picture: (name: string) => Promise<void>
}

export type ScreenOptions = {
  readonly role: Role
  readonly answers: Answers
  readonly size?: { readonly width: number; readonly height: number }
  readonly dark?: boolean
  /** What `/blob/…`, `/live/…` show and `/audio/…`, `/notice/…` hold, by path; other blobs are a grey picture. */
  readonly pictures?: Readonly<Record<string, Uint8Array>>
  /** The page as main marks it in the training program. */
  readonly training?: boolean
  /** None of the page's scripts runs. */
  readonly scriptless?: boolean
  /** The page's longer waits are so many times shorter. */
  readonly hurry?: number
  /** Runs in the page before its own scripts, for example to take the camera away. */
  readonly before?: () => void
}

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const failed = (code: FailureCode, context: FailureContext = {}): Result<never> => ({
  ok: false,
  error: new AppError(code, 'test', { context }).toFailure(),
})

/** Debian's Chromium without a window of its own: the same engine, half the work. */
export const openBrowser = (args: readonly string[] = []) =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      // As Electron's windows do.
      '--autoplay-policy=no-user-gesture-required',
      ...args,
    ],
  })

const root = resolve(import.meta.dirname, '../../..')

export const test = base.extend<
  { openScreen: (options: ScreenOptions) => Promise<Screen> },
  { screens: Screens; debian: Browser }
>({
  screens: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const screens = await startScreens()
      await use(screens)
      await screens.stop()
    },
    { scope: 'worker' },
  ],
  debian: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const browser = await openBrowser()
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  openScreen: async ({ screens, debian }, use) => {
    const opened: { page: Page; complaints: string[] }[] = []
    await use(async (options) => {
      const { page, screen, complaints } = await openScreen(debian, screens, options)
      opened.push({ page, complaints })
      return screen
    })
    for (const { page } of opened) await page.context().close()
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
  },
})

async function openScreen(browser: Browser, screens: Screens, options: ScreenOptions) {
  const { role, answers, dark = false, size = { width: 1366, height: 768 } } = options
  const address = await screens.address(role, options.pictures ?? {})
  const context = await browser.newContext({
    viewport: size,
    colorScheme: dark ? 'dark' : 'light',
    permissions: ['camera', 'microphone'],
    reducedMotion: 'reduce',
    javaScriptEnabled: !options.scriptless,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  })
  const page = await context.newPage()
  const complaints = listen(page)
  pressWhatIsAwake(page)
  const calls: RecordedCall[] = []
  const scripted: Answers = { ...answers }

  await page.exposeFunction('deskCall', async (name: CallName, input: Record<string, unknown>) => {
    calls.push({ name, input })
    const checked = contract[name].input.safeParse(withBytes(input))
    if (!checked.success)
      complaints.push(`${name} was called with what the contract does not allow: ${checked.error.message}`)
    const answerer = scripted[name] as
      | ((input: unknown) => Result<unknown> | 'never' | Promise<Result<unknown> | 'never'>)
      | undefined
    const reply = answerer ? await answerer(checked.data) : ok({})
    if (reply === 'never') return new Promise<never>(() => {})
    const fits = reply.ok ? contract[name].output.safeParse(reply.value) : undefined
    if (fits?.success === false)
      complaints.push(`the test answers ${name} with what main could not: ${fits.error.message}`)
    return reply
  })
  await page.addInitScript(putDesk, { calls: callsFrom(role), events: eventsTo(role) })
  if (options.hurry) await page.addInitScript(hurryWaits, options.hurry)
  if (options.before) await page.addInitScript(options.before)
  await page.goto(options.training ? `${address}?training` : address)

  const screen: Screen = {
    page,
    emit: async (name, data) => {
      const checked = contract[name].data.safeParse(data)
      if (!checked.success) throw new Error(`the test emits ${name} with what main could not: ${checked.error.message}`)
      await page.evaluate(([event, value]) => (window as never as FakeWindow).deskEmit(event as string, value), [
        name,
        data,
      ] as const)
    },
    calls: (name) => (name === undefined ? calls : calls.filter((each) => each.name === name)),
    answer: (name, answerer) => {
      scripted[name] = answerer as never
    },
    expectSound: async () => {
      await settled(page)
      expect(await barriers(page)).toEqual([])
      expect(await page.evaluate(reachingOut)).toEqual([])
    },
    expectSoundByNight: async () => {
      await page.emulateMedia({ colorScheme: 'dark' })
      await settled(page)
      expect(await barriers(page, 'colours')).toEqual([])
      expect(await page.evaluate(reachingOut)).toEqual([])
    },
    expectFits: async () => expect(await page.evaluate(reachingOut)).toEqual([]),
    picture: async (name) => {
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      if (process.env['QCC_PICTURES'] !== '1') return
      const folder = resolve(root, 'artifacts/screens')
      mkdirSync(folder, { recursive: true })
      await page.screenshot({ path: resolve(folder, `${name}.png`) })
    },
  }
  return { page, screen, complaints }
}

/** The green act sleeps for a moment, and a person is slower than that; whoever is quicker uses `keyboard.down`. */
function pressWhatIsAwake(page: Page): void {
  const press = page.keyboard.press.bind(page.keyboard)
  page.keyboard.press = async (key, options) => {
    if (key === 'Enter') await expect(page.locator('[data-settling]')).toHaveCount(0)
    await press(key, options)
  }
}

/** What is just coming in is neither there nor not. */
const settled = (page: Page) =>
  page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))))

/** Errors of the page, refusals of its content security policy among them. */
function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error in the page: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} ${message.location().url}`)
  })
  return complaints
}

type FakeWindow = {
  deskCall: (name: string, input: unknown) => Promise<unknown>
  deskEmit: (name: string, data: unknown) => void
  desk: unknown
}

/** In the page: a `window.desk` with exactly the channels of its role. */
function putDesk(channels: { readonly calls: readonly string[]; readonly events: readonly string[] }) {
  const here = window as never as FakeWindow
  const listeners = new Map<string, Set<(data: unknown) => void>>()
  const plain = (input: unknown): unknown =>
    Object.fromEntries(
      Object.entries(input as Record<string, unknown>).map(([key, value]) => [
        key,
        value instanceof Uint8Array ? { bytes: value.length } : value,
      ]),
    )
  here.deskEmit = (name, data) => {
    for (const listener of listeners.get(name) ?? []) listener(data)
  }
  here.desk = {
    call: Object.fromEntries(
      channels.calls.map((name) => [name, (input: unknown) => here.deskCall(name, plain(input))]),
    ),
    on: Object.fromEntries(
      channels.events.map((name) => [
        name,
        (listener: (data: unknown) => void) => {
          const own = listeners.get(name) ?? new Set()
          listeners.set(name, own.add(listener))
          return () => own.delete(listener)
        },
      ]),
    ),
  }
}

/** In the page: waits that people notice pass sooner, and the pulse of anything that repeats stays. */
function hurryWaits(times: number) {
  const real = window.setTimeout.bind(window)
  const hurried = (act: () => void, ms = 0) => real(act, ms >= 500 ? ms / times : ms)
  window.setTimeout = hurried as typeof window.setTimeout
}

function withBytes(input: Record<string, unknown>): Record<string, unknown> {
  const isBytes = (value: unknown): value is { bytes: number } =>
    typeof value === 'object' && value !== null && 'bytes' in value
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, isBytes(value) ? new Uint8Array(value.bytes) : value]),
  )
}

/** In the page: what is wider than its place, or lies outside of the window. */
function reachingOut(): string[] {
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`)
  if (root.scrollHeight > root.clientHeight) found.push(`the page is ${root.scrollHeight} px high`)
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(element)
    if (clipPath !== 'none' || element.closest('svg')) continue
    const allowed = overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis'
    if (!allowed && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) {
      found.push(`${element.tagName}.${element.className} holds ${element.scrollWidth} px in ${element.clientWidth} px`)
    }
    const box = element.getBoundingClientRect()
    if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1))
      found.push(`${element.tagName}.${element.className} lies outside of the window`)
  }
  return found
}
