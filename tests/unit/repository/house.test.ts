import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const wings = ['domain', 'native', 'electron', 'renderer', 'build'] as const

const rooms: Record<(typeof wings)[number], readonly string[]> = {
  domain: ['person', 'procedure', 'enrolment', 'biometrics', 'campaign'],
  native: ['capability', 'transport', 'drivers', 'chip', 'imaging', 'host', 'sim'],
  electron: ['contract', 'core', 'shell', 'preload'],
  renderer: ['officer', 'citizen', 'technician', 'ui', 'state'],
  build: ['standin', 'import-rules', 'launch', 'summary'],
}
const frontDoors = [
  ...wings,
  ...wings.flatMap((wing) => rooms[wing].map((room) => `${wing}/${room}`)),
  'resources',
  'tests',
  'docs/failure-codes',
]

/** Files that git keeps: a test that builds beside this one leaves others for a moment. Relative to the wing. */
function tracked(wing: string): readonly string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', wing], {
    cwd: root,
    encoding: 'utf8',
  })
  return list
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map((path) => path.slice(wing.length + 1))
}

it.each(frontDoors)('%s has a front door that says what is there', (folder) => {
  expect(
    readFileSync(join(root, folder, 'README.md'), 'utf8')
      .trim()
      .split('\n').length,
  ).toBeGreaterThanOrEqual(3)
})

describe.each(wings)('%s', (wing) => {
  const files = tracked(wing)
    .filter((name) => /\.(ts|tsx|css|html|bash|py)$/.test(name))
    .map((name) => ({
      name,
      lines: readFileSync(join(root, wing, name), 'utf8')
        .trimEnd()
        .split('\n').length,
    }))

  it('holds source files of at most 400 lines', () => {
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter(({ lines }) => lines > 400)).toEqual([])
  })

  it('names its files in kebab-case', () => {
    const odd = files.flatMap(({ name }) => name.split('/')).filter((part) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(part))
    expect(odd).toEqual([])
  })
})

describe('package-lock.json', () => {
  it('names no registry, so that it installs from any', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string; integrity?: string }>
    }
    expect(Object.keys(packages).length).toBeGreaterThan(300)
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })
})

it('carries the licence that package.json names', () => {
  const { license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { license: string }
  expect(license).toBe('Apache-2.0')
  expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/Apache License\s+Version 2\.0/)
})

it('has every script that package.json names', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const paths = Object.values(scripts).flatMap((script) => script.match(/\b(build|native|tests)\/[\w./-]+/g) ?? [])
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
