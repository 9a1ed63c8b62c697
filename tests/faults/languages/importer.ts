import { mkdirSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { openLanguages } from '#core/languages/index.ts'
import type { Store } from '#core/store/index.ts'

export type Said = 'begin' | 'taken'

const say = (said: Said) => process.stdout.write(`${said}\n`)

/** node importer.ts DATA_FOLDER PACK: takes the pack over again and again and says so, until it is killed. */
const [dataFolder = '', folder = ''] = process.argv.slice(2)
mkdirSync(join(dataFolder, 'languages'), { recursive: true })
const settings = new Map<string, string>()
// The store has its own tests of being killed; here it only must not be in the way.
const store = {
  setting: (name: string) => settings.get(name),
  setSetting: (name: string, value: string) => settings.set(name, value),
  recordAct: () => ({}),
} as unknown as Store
const languages = openLanguages({ dataFolder, clock: () => new Date(), onChange: () => {} })
languages.open(store, () => {
  throw new Error('no export here')
})
const { fingerprint } = await languages.handlers.inspectLanguage({ folder })
// Killed, it keeps nothing that would make the next start cheaper.
flushCompileCache()
for (;;) {
  say('begin')
  await languages.handlers.importLanguage({ folder, fingerprint })
  say('taken')
}
