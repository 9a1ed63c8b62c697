import { registerHooks } from 'node:module'
import { startEarly } from './chromium.ts'
import { applicationMark } from './settings.ts'

/** Lets `import 'electron'` and `require('electron')` find the stand-in: `node --import build/standin/register.ts main.js`. */
Object.assign(globalThis, { [applicationMark]: true })
// Chromium takes longer to start than the application to load: both at once.
startEarly()

const standin = new URL('./index.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' || specifier === 'electron/common'
      ? { url: standin, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
