import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Script } from 'node:vm'
import { createCodec } from './codec.ts'
import { runPreload, type WorldConfig } from './preload-world.ts'
import { titleSuffix } from './settings.ts'
import { createBridge } from './world-bridge.ts'

/** The name of the isolated world in which preloads run. */
export const preloadWorld = 'standin-preload'

export type PreloadScripts = {
  readonly config: WorldConfig
  /** For the page's own world. */
  readonly page: string
  /** For the isolated world. */
  readonly isolated: string
  /** Why the preload cannot run at all, if so. */
  readonly error: Error | undefined
}

/** The two scripts which Chromium runs before any other in each new document of a window. */
export function composePreload(path: string, confirmClose: boolean): PreloadScripts {
  const random = (): string => `s${randomBytes(12).toString('hex')}`
  const config: WorldConfig = {
    secret: random(),
    binding: random(),
    receiver: random(),
    titleSuffix,
    platform: process.platform,
    confirmClose,
  }
  let wrapped = 'undefined'
  let error: Error | undefined
  if (path !== '') {
    try {
      const text = `(function (require, module, exports, process) {${readFileSync(path, 'utf8')}\n})`
      void new Script(text, { filename: path })
      wrapped = text
    } catch (cause) {
      error = cause as Error
    }
  }
  const name = path === '' ? 'none' : basename(path)
  return {
    config,
    error,
    page: `(${String(createBridge)})(${JSON.stringify(config.secret)}, true)`,
    isolated: `(${String(runPreload)})(${JSON.stringify(config)}, ${String(createCodec)}, ${String(createBridge)}, ${wrapped})\n//# sourceURL=standin-preload/${name}`,
  }
}
