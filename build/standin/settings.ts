import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What the stand-in adds to every window title, so that nobody takes it for the product. */
export const titleSuffix = ' — bản thay thế Electron (stand-in)'

/** Set where the process is an application on the stand-in, and not a test which merely imports it. */
export const applicationMark: unique symbol = Symbol.for('standin.application')

/** The stand-in's own switches; README.md lists them. */
export const settings = {
  chromium: process.env['QCC_CHROMIUM'] ?? '/usr/bin/chromium',
  headless: process.env['QCC_STANDIN_HEADLESS'] === '1' || (process.env['DISPLAY'] ?? '') === '',
  displays: process.env['QCC_STANDIN_DISPLAYS'] ?? '1366x768,1280x800',
  fakeCamera: process.env['QCC_FAKE_CAMERA'] ?? '',
  fakeMicrophone: process.env['QCC_FAKE_MICROPHONE'] ?? '',
  still: process.env['QCC_STANDIN_STILL'] === '1',
  prints: process.env['QCC_STANDIN_PRINTS'] ?? '',
  cdpPort: process.env['QCC_STANDIN_CDP_PORT'] ?? '',
} as const

export type Manifest = { readonly folder: string; readonly name: string; readonly version: string }

/** The nearest package.json above the main script, which is what Electron takes name and version from. */
export function readManifest(mainScript: string): Manifest {
  for (let folder = dirname(resolve(mainScript)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) {
      const { productName, name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<
        string,
        string | undefined
      >
      return { folder, name: productName ?? name ?? 'Electron', version: version ?? '0.0.0' }
    }
    if (folder === dirname(folder)) return { folder: dirname(resolve(mainScript)), name: 'Electron', version: '0.0.0' }
  }
}

export function log(text: string): void {
  process.stderr.write(`[stand-in] ${text}\n`)
}
