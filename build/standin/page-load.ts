import type { EventEmitter } from 'node:events'
import type { Json } from './cdp-pipe.ts'
import { preloadWorld, type PreloadScripts } from './preload-script.ts'

/**
 * Sets up a page that still waits for its first document, then lets it go. All of it is answered before the page may
 * navigate: a navigation would start in the browser while the rest still waits for the renderer.
 */
export async function preparePage(
  send: (method: string, params?: Json) => Promise<Json>,
  { config, page, isolated }: Omit<PreloadScripts, 'error'>,
): Promise<void> {
  await Promise.all([
    send('Page.enable'),
    send('Page.setLifecycleEventsEnabled', { enabled: true }),
    send('Runtime.addBinding', { name: config.binding, executionContextName: preloadWorld }),
    send('Page.addScriptToEvaluateOnNewDocument', { source: page }),
    send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: preloadWorld }),
    send('Runtime.enable'),
    send('Log.enable'),
    send('Runtime.runIfWaitingForDebugger'),
  ])
}

/** How loading a page ends: resolves with 'did-finish-load', rejects when the page or its renderer goes first. */
export function loadEnd(contents: EventEmitter, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => (): void => {
      for (const [name, listener] of ends) contents.off(name, listener)
      if (error) reject(error)
      else resolve()
    }
    const ends: [string, () => void][] = [
      ['did-finish-load', settle()],
      ['destroyed', settle(new Error(`ERR_FAILED (-2) loading '${url}'`))],
      ['render-process-gone', settle(new Error(`ERR_FAILED (-2) loading '${url}'`))],
    ]
    for (const [name, listener] of ends) contents.on(name, listener)
  })
}
