import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkImports, reachFrom, roomOf } from '#build/import-rules/check.ts'

const house = resolve(import.meta.dirname, '../../..')

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'import-rules-'))
  const imports = {
    '#domain/*': './domain/*',
    '#native/*': './native/*',
    '#contract/*': './electron/contract/*',
    '#core/*': './electron/core/*',
    '#electron/*': './electron/*',
    '#build/*': './build/*',
  }
  write('package.json', JSON.stringify({ imports }))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, source: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), source)
}

/** Violations as `file:line rule`. */
function broken(): string[] {
  return checkImports(root).violations.map(({ file, line, rule }) => `${file}:${line} ${rule}`)
}

describe('a forbidden import', () => {
  const forbidden: readonly (readonly [file: string, source: string, rule: string])[] = [
    ['domain/person/a.ts', `import { x } from '#native/capability/x.ts'`, 'domain → native/capability'],
    ['domain/person/a.ts', `import { x } from '../../electron/core/x.ts'`, 'domain → core'],
    ['domain/person/a.ts', `import { readFileSync } from 'node:fs'`, 'domain → Node (node:fs)'],
    ['domain/person/a.ts', `import { z } from 'zod'`, 'domain → package zod'],
    [
      'native/capability/a.ts',
      `import type { X } from '#native/drivers/x/driver.ts'`,
      'native/capability → native/drivers',
    ],
    ['native/transport/a.ts', `import { x } from '../drivers/x/codec.ts'`, 'native/transport → native/drivers'],
    ['native/chip/a.ts', `import type { Transport } from '#native/transport/x.ts'`, 'native/chip → native/transport'],
    ['native/imaging/a.ts', `import { x } from '#native/chip/x.ts'`, 'native/imaging → native/chip'],
    ['native/drivers/x/a.ts', `import { x } from '#native/host/x.ts'`, 'native/drivers → native/host'],
    ['native/drivers/x/a.ts', `import { x } from '#native/sim/x.ts'`, 'native/drivers → native/sim'],
    ['native/host/a.ts', `import { x } from '#core/x.ts'`, 'native/host → core'],
    ['native/host/a.ts', `import { x } from '../sim/x.ts'`, 'native/host → native/sim'],
    ['native/host/a.ts', `import { app } from 'electron'`, 'native/host → electron'],
    ['native/sim/a.ts', `import { x } from '#native/host/x.ts'`, 'native/sim → native/host'],
    ['electron/contract/a.ts', `import { x } from '#core/x.ts'`, 'contract → core'],
    ['electron/contract/a.ts', `import { x } from '#native/capability/x.ts'`, 'contract → native/capability'],
    ['electron/contract/a.ts', `import { join } from 'node:path'`, 'contract → Node (node:path)'],
    ['electron/core/a.ts', `import { x } from '#native/host/x.ts'`, 'core → native/host'],
    ['electron/core/a.ts', `import { app } from 'electron'`, 'core → electron'],
    ['electron/core/a.ts', `import type { App } from 'electron'`, 'core → electron'],
    ['electron/core/a.ts', `import { x } from '#electron/shell/x.ts'`, 'core → shell'],
    ['electron/shell/a.ts', `import { x } from '#native/host/x.ts'`, 'shell → native/host'],
    ['electron/shell/a.ts', `import { x } from '#build/standin/x.ts'`, 'shell → build'],
    ['electron/preload/a.ts', `import { x } from '#core/x.ts'`, 'preload → core'],
    ['electron/preload/a.ts', `import { x } from 'node:fs'`, 'preload → Node (node:fs)'],
    ['renderer/officer/a.tsx', `import { x } from '#core/x.ts'`, 'renderer/officer → core'],
    ['renderer/officer/a.tsx', `import { x } from '../citizen/x.ts'`, 'renderer/officer → renderer/citizen'],
    ['renderer/citizen/a.tsx', `import { x } from '../officer/x.ts'`, 'renderer/citizen → renderer/officer'],
    ['renderer/citizen/a.tsx', `import { ipcRenderer } from 'electron'`, 'renderer/citizen → electron'],
    ['renderer/ui/a.tsx', `import { x } from '../officer/x.ts'`, 'renderer/ui → renderer/officer'],
    ['renderer/state/a.ts', `import { readFile } from 'fs/promises'`, 'renderer/state → Node (fs/promises)'],
  ]

  it.each(forbidden)('from %s, written %s, is reported as %s', (file, source, rule) => {
    write(file, `// a comment first\n${source}\n`)
    expect(broken()).toEqual([`${file}:2 ${rule}`])
  })

  it.each([
    ['a re-export', `export { x } from '#core/x.ts'`],
    ['a star re-export', `export * from '#core/x.ts'`],
    ['a type-only import', `import type { X } from '#core/x.ts'`],
    ['an import() type', `export type X = import('#core/x.ts').X`],
    ['a dynamic import', `export const x = await import('#core/x.ts')`],
    ['a template string', 'export const x = await import(`#core/x.ts`)'],
    ['a require', `export const x = require('../../electron/core/x.ts')`],
    ['import.meta.resolve', `export const x = import.meta.resolve('#core/x.ts')`],
    ['a query behind the path', `import x from '#core/x.ts?worker'`],
    ['a side effect', `import '#core/x.ts'`],
  ])('is found when it is %s', (_, source) => {
    write('renderer/officer/a.tsx', source)
    expect(broken()).toEqual(['renderer/officer/a.tsx:1 renderer/officer → core'])
  })

  it('says what is allowed instead', () => {
    write('renderer/officer/a.tsx', `import { x } from '#core/x.ts'`)
    expect(checkImports(root).violations[0]?.allowed).toBe(
      'renderer/officer may import: renderer/officer, domain, contract, renderer/ui, renderer/state, resources',
    )
  })
})

describe('electron', () => {
  it('is reported to each file that reaches it through others, with the chain', () => {
    write('electron/core/a.ts', `import { b } from './b.ts'`)
    write('electron/core/b.ts', `import { c } from '../shell/c.ts'\nexport const b = c`)
    write('electron/shell/c.ts', `import { app } from 'electron'\nexport const c = app`)
    const chains = checkImports(root).violations.filter(({ rule }) => rule === 'core ⇢ electron')
    expect(chains.map(({ file, detail }) => `${file} ${detail}`)).toEqual([
      'electron/core/a.ts reaches electron through ./b.ts → ../shell/c.ts',
      'electron/core/b.ts reaches electron through ../shell/c.ts',
    ])
  })

  it('may be imported by shell, preload and the stand-in', () => {
    for (const file of ['electron/shell/a.ts', 'electron/preload/a.ts', 'build/standin/a.ts']) {
      write(file, `import { app } from 'electron'`)
    }
    expect(broken()).toEqual([])
  })
})

describe('a simulator', () => {
  it('may import a codec, its pure neighbours and the transports', () => {
    write('native/drivers/x/codec.ts', `import { t } from './t1.ts'\nimport { d } from '#domain/d.ts'`)
    write('native/drivers/x/t1.ts', 'export const t = 1')
    write('domain/d.ts', 'export const d = 1')
    write('native/sim/a.ts', `import { c } from '#native/drivers/x/codec.ts'\nimport '#native/transport/socket.ts'`)
    expect(broken()).toEqual([])
  })

  it('may not import a driver that talks to a transport, even through another file', () => {
    write('native/drivers/x/driver.ts', `import { s } from './session.ts'`)
    write('native/drivers/x/session.ts', `import type { Transport } from '#native/transport/transport.ts'`)
    write('native/sim/a.ts', `import { d } from '#native/drivers/x/driver.ts'`)
    expect(broken()).toEqual(['native/sim/a.ts:1 native/sim → native/drivers'])
  })

  it('may not import a driver that opens a device itself', () => {
    write('native/drivers/x/driver.ts', `import { SerialPort } from 'serialport'`)
    write('native/sim/a.ts', `import { d } from '#native/drivers/x/driver.ts'`)
    expect(broken()).toEqual(['native/sim/a.ts:1 native/sim → native/drivers'])
  })
})

it('lets the contract use types of the capabilities', () => {
  write('electron/contract/a.ts', `import { type X } from '#native/capability/x.ts'`)
  expect(broken()).toEqual([])
})

it('reports a file that belongs to no room', () => {
  write('native/gadgets/a.ts', 'export {}')
  expect(broken()).toEqual(['native/gadgets/a.ts:1 no room'])
})

it('refuses to pass over a file that it cannot parse', () => {
  write('domain/a.ts', 'import { from')
  expect(() => checkImports(root)).toThrow(/domain\/a\.ts/)
})

describe('the house itself', () => {
  const report = checkImports(house)

  it('keeps the rules', () => {
    expect(report.violations).toEqual([])
  })

  it('is really looked at', () => {
    expect(report.files).toBeGreaterThan(100)
    expect(report.imports).toBeGreaterThan(300)
  })

  it('reaches no simulator, test or build file from production code', () => {
    const reached = [...reachFrom(house, (path) => roomOf(path)?.production === true)]
    expect(reached.length).toBeGreaterThan(50)
    expect(reached.filter((path) => /^(native\/sim|tests|build)\//.test(path))).toEqual([])
  })
})
