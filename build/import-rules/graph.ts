import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { posix, join } from 'node:path'
import { parseImports, type Import } from './parse.ts'

/** Where an import leads: a file of the project (path from the root, slashes), a package, or a module of Node. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }

export type Edge = Import & { readonly target: Target }

export type Graph = ReadonlyMap<string, readonly Edge[]>

const leftOut = new Set(['node_modules', 'out', 'dist', 'artifacts', '.git'])

/** All imports of all TypeScript files under `root`. */
export function readGraph(root: string): Graph {
  const aliases = readAliases(root)
  const graph = new Map<string, readonly Edge[]>()
  for (const path of sourceFiles(root)) {
    const imports = parseImports(path, readFileSync(join(root, path), 'utf8'))
    graph.set(
      path,
      imports.map((each) => ({ ...each, target: resolve(root, aliases, path, each.specifier) })),
    )
  }
  return graph
}

function sourceFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : sourceFiles(root, path)
    return /\.[cm]?tsx?$/.test(entry.name) ? [path] : []
  })
}

/** The `imports` field of package.json as prefixes: `#domain/` → `domain/`. */
function readAliases(root: string): ReadonlyMap<string, string> {
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    imports?: Record<string, string>
  }
  return new Map(
    Object.entries(imports).map(([from, to]) => [from.replace(/\*$/, ''), posix.normalize(to.replace(/\*$/, ''))]),
  )
}

function resolve(root: string, aliases: ReadonlyMap<string, string>, from: string, specifier: string): Target {
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) return file(root, posix.join(posix.dirname(from), bare))
  const alias = [...aliases].find(([prefix]) => bare.startsWith(prefix))
  if (alias !== undefined) return file(root, posix.join(alias[1], bare.slice(alias[0].length)))
  if (isBuiltin(bare)) return { kind: 'node', name: bare }
  const [scope = '', name = ''] = bare.split('/')
  return { kind: 'package', name: scope.startsWith('@') ? `${scope}/${name}` : scope }
}

/** A path that leads nowhere keeps its name: its room is known, and the compiler reports it. */
function file(root: string, path: string): Target {
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`]
  const found = candidates.find((each) => existsSync(join(root, each)) && statSync(join(root, each)).isFile())
  return { kind: 'file', path: found ?? path }
}
