import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Traces = { readonly texts: readonly string[]; readonly pictures: readonly Uint8Array[] }

/** Needles by their first four bytes, so that one pass over a file looks for all of them. */
type Needles = ReadonlyMap<number, readonly Buffer[]>

/** Each text in every form in which a program may have written it, and every 16 bytes of each picture past its header. */
function needlesOf({ texts, pictures }: Traces): Needles {
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
  const needles = new Map<number, Buffer[]>()
  for (const needle of [...written, ...slices]) {
    const start = needle.readUInt32LE(0)
    const known = needles.get(start)
    if (known) known.push(needle)
    else needles.set(start, [needle])
  }
  return needles
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

function holds(content: Buffer, needles: Needles): boolean {
  for (let at = 0; at + 4 <= content.length; at++) {
    const found = needles.get(content.readUInt32LE(at))
    if (found?.some((needle) => needle.equals(content.subarray(at, at + needle.length)))) return true
  }
  return false
}
