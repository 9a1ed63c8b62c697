import { EventEmitter } from 'node:events'
import type { BrowserWindow } from './browser-window.ts'
import { startChromium, type Chromium } from './chromium.ts'
import { log, settings } from './settings.ts'
import type { WebContents } from './web-contents.ts'

/** What the modules of the stand-in share: the one Chromium, the windows, and who lives in which frame. */
export const runtime = {
  chromium: undefined as Chromium | undefined,
  switches: [] as string[],
  windows: new Map<number, BrowserWindow>(),
  contents: new Map<number, WebContents>(),
  frames: new Map<string, WebContents>(),
  /** What Electron would do inside itself: 'window-all-closed', and app events forwarded by the windows. */
  events: new EventEmitter().setMaxListeners(0),
  ending: false,
}

/** Chromium, once the application is ready. @throws Error before that */
export function readyChromium(what: string): Chromium {
  if (!runtime.chromium) throw new Error(`Cannot create ${what} before app is ready`)
  return runtime.chromium
}

export async function startRuntime(): Promise<void> {
  const chromium = await startChromium(runtime.switches)
  runtime.chromium = chromium
  chromium.cdp.onClose(() => {
    // In Electron both are one process: the application cannot go on without its windows.
    if (runtime.ending) return
    log('Chromium ended unexpectedly')
    process.exit(1)
  })
  chromium.cdp.post('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page' }, { exclude: true }] })
  const view = settings.headless ? 'headless' : `on display ${process.env['DISPLAY']}`
  const port = chromium.cdpEndpoint === undefined ? '' : `, DevTools at ${chromium.cdpEndpoint}`
  log(`no Electron here: ${chromium.version} ${view} stands in for it${port}. For development and tests only.`)
}

export async function stopRuntime(): Promise<void> {
  runtime.ending = true
  await runtime.chromium?.close()
}
