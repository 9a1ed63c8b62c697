import { parseSync } from 'vite'

/** One import of one file, as written. */
export type Import = {
  readonly specifier: string
  /** 1-based */
  readonly line: number
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean
}

type Node = { readonly type: string; readonly start: number } & { readonly [key: string]: unknown }

/** Every import of a TypeScript source: static, type, re-export, dynamic, `import('…')` types, require and import.meta.resolve. */
export function parseImports(fileName: string, source: string): readonly Import[] {
  const { program, errors } = parseSync(fileName, source, { sourceType: 'module' })
  const fatal = errors.find((error) => error.severity === 'Error')
  if (fatal !== undefined) throw new Error(`${fileName}: ${fatal.message}`)
  const imports: Import[] = []
  const add = (node: Node, specifier: unknown, typeOnly: boolean) => {
    if (typeof specifier !== 'string') return
    imports.push({ specifier, line: source.slice(0, node.start).split('\n').length, typeOnly })
  }
  walk(program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        return add(node, literal(node['source']), isTypeOnly(node, 'importKind'))
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        return add(node, literal(node['source']), isTypeOnly(node, 'exportKind'))
      case 'ImportExpression':
        return add(node, literal(node['source']), false)
      case 'TSImportType':
        return add(node, literal(node['source'] ?? node['argument']), true)
      case 'CallExpression':
        if (loadsModule(node['callee'])) add(node, literal((node['arguments'] as unknown[])[0]), false)
    }
  })
  return imports
}

function isTypeOnly(node: Node, kind: string): boolean {
  if (node[kind] === 'type') return true
  const specifiers = node['specifiers']
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false
  return specifiers.every((specifier: Node) => specifier[kind] === 'type')
}

function loadsModule(callee: unknown): boolean {
  if (!isNode(callee)) return false
  if (callee.type === 'Identifier') return callee['name'] === 'require'
  if (callee.type !== 'MemberExpression') return false
  const object = callee['object']
  const property = callee['property']
  if (!isNode(object) || !isNode(property)) return false
  const isMeta = object.type === 'MetaProperty' && property['name'] === 'resolve'
  return isMeta || (object['name'] === 'require' && property['name'] === 'resolve')
}

function literal(node: unknown): unknown {
  if (!isNode(node)) return undefined
  if (node.type === 'TSLiteralType') return literal(node['literal'])
  if (node.type === 'TemplateLiteral') return plainTemplate(node)
  return node['value']
}

function plainTemplate(node: Node): unknown {
  const quasis = node['quasis'] as readonly { value: { cooked: string } }[]
  return quasis.length === 1 ? quasis[0]?.value.cooked : undefined
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit)
  } else if (isNode(value)) {
    visit(value)
    for (const each of Object.values(value)) if (typeof each === 'object') walk(each, visit)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
