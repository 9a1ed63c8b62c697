import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

export type Traces = { readonly texts: readonly string[]; readonly pictures: readonly Uint8Array[] }

/** Each text in every form in which a program may have written it, and every 16 bytes of each picture past its header. */
function needlesOf({ texts, pictures }: Traces): readonly Buffer[] {
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
  return [...written, ...slices]
}

/** The files under some folders that hold any trace in clear, in their content or their name. Throws if there is no file. */
export function filesInClear(folders: readonly string[], traces: Traces): readonly string[] {
  const needles = needlesOf(traces)
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => ({ name, path: join(folder, name), folder })),
  )
  const whole = files.filter(({ path }) => statSync(path).isFile())
  if (whole.length === 0) throw new Error('no file to search')
  return whole.filter(({ name, path }) => holds(Buffer.concat([Buffer.from(name), readFileSync(path)]), needles)).map(({ path, folder }) => relative(folder, path))
}

/** Whether bytes hold any trace in clear. */
export function isInClear(bytes: Uint8Array, traces: Traces): boolean {
  return holds(Buffer.from(bytes), needlesOf(traces))
}

function holds(content: Buffer, needles: readonly Buffer[]): boolean {
  return needles.some((needle) => content.includes(needle))
}
