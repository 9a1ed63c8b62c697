import { setImmediate as nextTurn } from 'node:timers/promises'
import { runtime } from './runtime.ts'
import { screen } from './screen.ts'
import type { WebContents } from './web-contents.ts'

type Command = { standin: 'displays'; id: number; value: string }

/**
 * What the launcher may ask, over Node's channel to its child, when there is one: plug and unplug displays. It is told
 * in turn when the application's first windows have loaded, with the DevTools address if a port was asked for. Who
 * attaches earlier meets pages that are still being prepared.
 */
export function listenToLauncher(ready: Promise<void>): void {
  if (!process.send) return
  process.on('message', (message: Partial<Command> | null) => {
    if (message?.standin !== 'displays') return
    let error: string | undefined
    try {
      screen.change(String(message.value))
    } catch (cause) {
      error = String(cause)
    }
    process.send?.({ standin: 'done', id: message.id, error })
  })
  // The channel alone must not keep the application alive.
  process.channel?.unref()
  // Whoever started us is gone, perhaps a test runner that was killed: leave no application behind.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  void ready.then(async () => {
    // The windows which the application opens as soon as it is ready, or when it has prepared for them.
    await nextTurn()
    if (runtime.windows.size === 0)
      await new Promise((resolve) => runtime.events.once('browser-window-created', resolve))
    await nextTurn()
    await Promise.all([...runtime.contents.values()].map(firstLoad))
    process.send?.({ standin: 'ready', version: runtime.chromium?.version, cdpEndpoint: runtime.chromium?.cdpEndpoint })
  })
}

/** Resolves when a page has loaded, or will not. */
function firstLoad(contents: WebContents): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['did-finish-load', 'did-fail-load', 'destroyed']) contents.once(name, () => resolve())
  })
}
