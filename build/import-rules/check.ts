import { readGraph, type Edge, type Graph } from './graph.ts'
import { electronPackage, outsideWorld, rooms as houseRooms, type Room } from './rules.ts'

export type Violation = {
  /** Path from the root. */
  readonly file: string
  readonly line: number
  /** What was broken, such as `renderer/officer → core`. */
  readonly rule: string
  readonly detail: string
  readonly allowed: string
}

export type Report = { readonly files: number; readonly imports: number; readonly violations: readonly Violation[] }

/** Checks every import under `root` against the rules of the house. */
export function checkImports(root: string, rooms: readonly Room[] = houseRooms): Report {
  const graph = readGraph(root)
  const violations = [...graph].flatMap(([file, edges]) => {
    const room = roomOf(file, rooms)
    if (room === undefined) return [homeless(file)]
    return [...edges.flatMap((edge) => breach(graph, rooms, room, file, edge)), ...reachOfElectron(graph, room, file)]
  })
  const imports = [...graph.values()].reduce((sum, edges) => sum + edges.length, 0)
  return { files: graph.size, imports, violations }
}

/** Every file and package that a room's code needs, directly or through others. */
export function reachFrom(root: string, start: (path: string) => boolean): ReadonlySet<string> {
  const graph = readGraph(root)
  const reached = new Set<string>([...graph.keys()].filter(start))
  for (const file of reached) {
    for (const { target } of graph.get(file) ?? []) reached.add(target.kind === 'file' ? target.path : target.name)
  }
  return reached
}

export function roomOf(path: string, rooms: readonly Room[] = houseRooms): Room | undefined {
  return rooms.find((room) => room.holds.test(path))
}

function breach(graph: Graph, rooms: readonly Room[], room: Room, file: string, edge: Edge): Violation[] {
  const { target, specifier, line } = edge
  const say = (rule: string): Violation[] => [
    { file, line, rule: `${room.name} → ${rule}`, detail: `imports '${specifier}'`, allowed: allowedFor(room) },
  ]
  switch (target.kind) {
    case 'node':
      return room.node ? [] : say(`Node (${target.name})`)
    case 'package':
      if (electronPackage.test(target.name)) return room.electron ? [] : say('electron')
      return room.name === 'domain' ? say(`package ${target.name}`) : []
    case 'file': {
      const other = roomOf(target.path, rooms)
      if (other === undefined) return say('a file of no room')
      return mayImport(graph, room, other, target.path, edge.typeOnly) ? [] : say(other.name)
    }
  }
}

function mayImport(graph: Graph, room: Room, other: Room, path: string, typeOnly: boolean): boolean {
  if (room.may === 'anything' || room.name === other.name || room.may.includes(other.name)) return true
  if (typeOnly && room.may.includes(`types of ${other.name}`)) return true
  return other.name === 'native/drivers' && room.may.includes('codecs') && isCodec(graph, path)
}

/** A driver's file that reaches neither a transport nor the outside world. */
function isCodec(graph: Graph, path: string): boolean {
  return (
    pathTo(graph, path, ({ target }) =>
      target.kind === 'file' ? target.path.startsWith('native/transport/') : outsideWorld.test(target.name),
    ) === undefined
  )
}

/** The direct import is reported by its own file; here only what leads there through another file. */
function reachOfElectron(graph: Graph, room: Room, file: string): Violation[] {
  if (room.electron) return []
  const chain = pathTo(graph, file, ({ target }) => target.kind === 'package' && electronPackage.test(target.name))
  const [first] = chain ?? []
  if (chain === undefined || first === undefined || chain.length < 2) return []
  const detail = `reaches electron through ${chain
    .slice(0, -1)
    .map(({ specifier }) => specifier)
    .join(' → ')}`
  return [{ file, line: first.line, rule: `${room.name} ⇢ electron`, detail, allowed: allowedFor(room) }]
}

/** The shortest chain of imports from a file to one that `wanted` accepts. */
function pathTo(graph: Graph, from: string, wanted: (edge: Edge) => boolean): readonly Edge[] | undefined {
  const seen = new Set([from])
  const queue: { file: string; chain: readonly Edge[] }[] = [{ file: from, chain: [] }]
  for (const { file, chain } of queue) {
    for (const edge of graph.get(file) ?? []) {
      if (wanted(edge)) return [...chain, edge]
      if (edge.target.kind !== 'file' || seen.has(edge.target.path)) continue
      seen.add(edge.target.path)
      queue.push({ file: edge.target.path, chain: [...chain, edge] })
    }
  }
  return undefined
}

function allowedFor(room: Room): string {
  if (room.may === 'anything') return `${room.name} may import anything`
  const names = [room.name, ...room.may, ...(room.electron ? ['electron'] : []), ...(room.node ? ['Node'] : [])]
  return `${room.name} may import: ${names.join(', ')}`
}

function homeless(file: string): Violation {
  return {
    file,
    line: 1,
    rule: 'no room',
    detail: 'belongs to no room of the house',
    allowed: 'put it into a room named in build/import-rules/rules.ts, or give it one',
  }
}
