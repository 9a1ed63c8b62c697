import { chromium, type Browser, type Page } from '@playwright/test'
import { launch, type Launched } from '#build/launch/index.ts'
import { citizenAt, officerAt, type Citizen, type Officer } from './people.ts'

export type OpenedProgram = {
  readonly app: Launched
  readonly officer: Officer
  readonly citizen: Citizen
  /** Lets go of the windows and ends the program. */
  close(): Promise<void>
}

/** Starts the built program with both windows and takes hold of them. `env` may name a display and a filmed camera. */
export async function openProgram(options: { readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> }): Promise<OpenedProgram> {
  const app = await launch({ ...options, debug: true })
  if (app.cdpEndpoint === undefined) throw new Error('the program was started without a DevTools address')
  const browser = await chromium.connectOverCDP(app.cdpEndpoint)
  const [officer, citizen] = [await pageOf(browser, 'officer'), await pageOf(browser, 'citizen')]
  return {
    app,
    officer: officerAt(officer),
    citizen: citizenAt(citizen),
    async close() {
      await browser.close()
      await app.stop()
    },
  }
}

/** The window of a role: its host starts with the role's name on both runtimes. */
export async function pageOf(browser: Browser, role: string): Promise<Page> {
  const isOwn = (page: Page) => {
    try {
      return new URL(page.url()).host.split('.')[0] === role
    } catch {
      return false
    }
  }
  const context = browser.contexts()[0]
  if (!context) throw new Error('the program has no windows')
  return context.pages().find(isOwn) ?? context.waitForEvent('page', { predicate: async (page) => (await page.waitForLoadState('domcontentloaded'), isOwn(page)) })
}
