import { registerHooks } from 'node:module'
import { applicationMark } from './settings.ts'

/** Lets `import 'electron'` and `require('electron')` find the stand-in: `node --import build/standin/register.ts main.js`. */
Object.assign(globalThis, { [applicationMark]: true })

const standin = new URL('./index.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' || specifier === 'electron/common'
      ? { url: standin, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
