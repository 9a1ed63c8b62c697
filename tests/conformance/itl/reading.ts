import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What an independent reader says of each file: what it read, or its first fault. */
export function readAll(
  reader: 'read_itl.py' | 'read_fmr.py',
  files: readonly Uint8Array[],
  flags: readonly string[] = [],
): readonly unknown[] {
  const folder = mkdtempSync(join(tmpdir(), 'quay-itl-'))
  try {
    const paths = files.map((bytes, index) => {
      const path = join(folder, String(index))
      writeFileSync(path, bytes)
      return path
    })
    const { stdout, stderr, status } = spawnSync('python3', [join(import.meta.dirname, reader), ...flags, ...paths], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    if (status !== 0 && stderr !== '') throw new Error(stderr)
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readOne(reader: 'read_itl.py' | 'read_fmr.py', bytes: Uint8Array, flags: readonly string[] = []): unknown {
  const [read] = readAll(reader, [bytes], flags) as readonly { readonly fault?: string }[]
  if (read?.fault !== undefined) throw new Error(read.fault)
  return read
}

/** What `read_itl.py` prints of a print. */
export type PrintRead = {
  readonly idc: number
  readonly fgp: number
  readonly impression: number
  readonly absent: Readonly<Record<string, string>>
  readonly segments: Readonly<Record<string, readonly number[]>>
  readonly qualities: Readonly<Record<string, readonly [number, string, number]>>
  readonly width?: number
  readonly height?: number
  readonly dpi?: number
  readonly compression?: string
  readonly pixels?: string
}

export type TransactionRead = {
  readonly version: string
  readonly type: string
  readonly gmt: string
  readonly control: string
  readonly contents: readonly (readonly [number, number])[]
  readonly person: Readonly<Record<string, unknown>>
  readonly portrait?: Readonly<Record<string, unknown>>
  readonly prints: readonly PrintRead[]
}

/** `training`: files of the training program, and no others. */
export function readItl(bytes: Uint8Array, { training = false } = {}): TransactionRead {
  return readOne('read_itl.py', bytes, training ? ['--training'] : []) as TransactionRead
}

/** What `read_fmr.py` prints. */
export type TemplateRead = {
  readonly width: number
  readonly height: number
  readonly resolution: readonly [number, number]
  readonly views: readonly {
    readonly position: number
    readonly view: number
    readonly impression: number
    readonly quality: number
    readonly minutiae: readonly {
      readonly type: 'other' | 'ending' | 'bifurcation'
      readonly x: number
      readonly y: number
      readonly angle: number
      readonly quality: number
    }[]
    readonly extended: readonly unknown[]
  }[]
}

export function readFmr(bytes: Uint8Array): TemplateRead {
  return readOne('read_fmr.py', bytes) as TemplateRead
}
