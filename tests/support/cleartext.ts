import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Traces = { readonly texts: readonly string[]; readonly pictures: readonly Uint8Array[] }

/** Needles by their first four bytes, so that one pass over a file looks for all of them. */
type Needles = {
  readonly byStart: ReadonlyMap<number, readonly Buffer[]>
  /** Marks where a needle may begin: what is encrypted begins none nearly everywhere. */
  readonly hints: Uint8Array
}

const placeOf = (start: number) => Math.imul(start, 0x9e3779b1) >>> 8

const known = new WeakMap<Traces, Needles>()

function needlesOf(traces: Traces): Needles {
  const needles = known.get(traces) ?? needlesIn(traces)
  known.set(traces, needles)
  return needles
}

/** Each text in every form in which a program may have written it, and every 16 bytes of each picture past its header. */
function needlesIn({ texts, pictures }: Traces): Needles {
  const written = texts.flatMap((text) =>
    ['NFC', 'NFD'].flatMap((form) => {
      const normal = text.normalize(form)
      return [normal, normal.toUpperCase()].flatMap((each) => {
        const wide = Buffer.from(each, 'utf16le')
        return [Buffer.from(each, 'utf8'), wide, Buffer.from(wide).swap16()]
      })
    }),
  )
  const slices = pictures.flatMap((picture) => {
    const length = Math.floor((picture.length - 96) / 16)
    return Array.from({ length }, (_, n) => Buffer.from(picture.subarray(64 + 16 * n, 80 + 16 * n)))
  })
  const byStart = new Map<number, Buffer[]>()
  const hints = new Uint8Array(1 << 21)
  for (const needle of [...written, ...slices]) {
    const start = needle.readUInt32LE(0)
    hints[placeOf(start) >>> 3]! |= 1 << (placeOf(start) & 7)
    const same = byStart.get(start)
    if (same) same.push(needle)
    else byStart.set(start, [needle])
  }
  return { byStart, hints }
}

/** The files under some folders that hold any trace in clear, in their content or their name. Throws if there is no file. */
export function filesInClear(folders: readonly string[], traces: Traces): readonly string[] {
  const needles = needlesOf(traces)
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => ({ name, path: join(folder, name) })),
  )
  const files = paths.filter(({ path }) => statSync(path).isFile())
  if (files.length === 0) throw new Error('no file to search')
  return files
    .filter(({ name, path }) => holds(Buffer.concat([Buffer.from(name), readFileSync(path)]), needles))
    .map(({ name }) => name)
}

/** Whether bytes hold any trace in clear. */
export function isInClear(bytes: Uint8Array, traces: Traces): boolean {
  return holds(Buffer.from(bytes), needlesOf(traces))
}

function holds(content: Buffer, { byStart, hints }: Needles): boolean {
  // The four bytes that end here, as little-endian.
  let start = 0
  for (let at = 0; at < content.length; at++) {
    start = (start >>> 8) | (content[at]! << 24)
    if (at < 3 || (hints[placeOf(start) >>> 3]! & (1 << (placeOf(start) & 7))) === 0) continue
    const found = byStart.get(start >>> 0)
    if (found?.some((needle) => needle.equals(content.subarray(at - 3, at - 3 + needle.length)))) return true
  }
  return false
}
