import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#domain/failure/index.ts'
import type { AuditInput, OutboxRow, Store } from '#core/store/index.ts'
import { makeFolder, writeDurably } from '#core/store/durable-file.ts'
import { sha256Of } from './sealed.ts'

export type ExportedFile = {
  readonly number: string
  readonly file: string
  readonly sha256: string
  readonly size: number
}

export type ExportResult = {
  /** Copied now, read back, and recorded as exported. */
  readonly copied: readonly ExportedFile[]
  /** Found whole in the folder from an earlier export. */
  readonly alreadyThere: readonly ExportedFile[]
  /** Numbers whose sealed file on this disk is no longer what was sealed. */
  readonly damaged: readonly string[]
}

const entry = z.object({ number: z.string(), file: z.string(), sha256: z.string(), size: z.int() })
const manifestShape = z.object({ format: z.literal('quay-can-cuoc/export/1'), files: z.array(entry) })

/**
 * Copies the sealed dossiers (all, or those of `numbers`) into a folder such as a USB stick, with a `manifest.json` of
 * numbers, hashes and sizes. Each copy is read back. May be repeated after any interruption: what is there is not
 * copied again. A file of another content under the same name is left alone; ours then carries a part of its hash.
 * Throws EXPORT_FAILED (the folder is gone, read-only …), DISK_FULL, CANCELLED; what was copied before stays recorded.
 */
export async function exportSealed(options: {
  store: Store
  /** The data folder. */
  dataFolder: string
  /** The folder to copy to; made when missing. */
  folder: string
  audit: AuditInput
  numbers?: readonly string[]
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}): Promise<ExportResult> {
  const { store, dataFolder, folder, audit, numbers, signal, onProgress } = options
  const rows = store.outbox().filter(({ number }) => !numbers || numbers.includes(number))
  const copied: { row: OutboxRow; listed: ExportedFile }[] = []
  const alreadyThere: { row: OutboxRow; listed: ExportedFile }[] = []
  const damaged: string[] = []
  await toTarget(makeFolder(folder, 'outbox.export'))
  const manifest = await readManifest(folder)

  const conclude = async () => {
    const done = [...alreadyThere, ...copied]
    if (done.length === 0) return
    await toTarget(
      writeManifest(
        folder,
        manifest,
        done.map(({ listed }) => listed),
      ),
    )
    const fresh = [...copied, ...alreadyThere.filter(({ row }) => row.exportedAt === undefined)]
    for (const { row } of fresh) store.markExported(row.dossier, row.sha256, audit)
  }

  try {
    for (const [index, row] of rows.entries()) {
      signal?.throwIfAborted()
      const outcome = await copyOne(row, dataFolder, folder)
      if (outcome === 'damaged') damaged.push(row.number)
      else (outcome.fresh ? copied : alreadyThere).push({ row, listed: outcome.listed })
      onProgress?.(index + 1, rows.length)
    }
  } catch (error) {
    // What arrived before the stick filled up or was pulled out counts, if the manifest can still say so.
    await conclude().catch(() => undefined)
    throw signal?.aborted ? new AppError('CANCELLED', 'outbox.export', { cause: error }) : error
  }
  await conclude()
  return { copied: copied.map(({ listed }) => listed), alreadyThere: alreadyThere.map(({ listed }) => listed), damaged }
}

type Outcome = { readonly fresh: boolean; readonly listed: ExportedFile }

async function copyOne(row: OutboxRow, dataFolder: string, folder: string): Promise<Outcome | 'damaged'> {
  const { number, sha256, size } = row
  const plain = basename(row.file)
  const isOurs = async (name: string) => (await sha256Of(join(folder, name))) === sha256
  const taken = existsSync(join(folder, plain)) && !(await isOurs(plain))
  const file = taken ? plain.replace(/\.p7m$/u, `-${sha256.slice(0, 8)}.p7m`) : plain
  const listed = { number, file, sha256, size }
  if (await isOurs(file)) return { fresh: false, listed }

  const bytes = await readFile(join(dataFolder, row.file)).catch(() => undefined)
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) return 'damaged'
  await toTarget(writeDurably(join(folder, file), [bytes], 'outbox.export'))
  if (!(await isOurs(file))) throw new AppError('EXPORT_FAILED', 'outbox.export', { context: { reason: 'read-back' } })
  return { fresh: true, listed }
}

/** The list as it is in the folder; one that cannot be read is set aside, not overwritten. */
async function readManifest(folder: string): Promise<readonly ExportedFile[]> {
  const path = join(folder, 'manifest.json')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return []
  try {
    return manifestShape.parse(JSON.parse(text)).files
  } catch {
    await toTarget(writeDurably(join(folder, 'manifest.unreadable.json'), [Buffer.from(text)], 'outbox.export'))
    return []
  }
}

/** Keeps the lines of other exports; a line about the same file is replaced. */
async function writeManifest(
  folder: string,
  known: readonly ExportedFile[],
  done: readonly ExportedFile[],
): Promise<void> {
  const ours = new Set(done.map(({ file }) => file))
  const files = [...known.filter(({ file }) => !ours.has(file)), ...done].toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const text = JSON.stringify({ format: 'quay-can-cuoc/export/1', files }, null, 2)
  await writeDurably(join(folder, 'manifest.json'), [Buffer.from(`${text}\n`)], 'outbox.export')
}

/** The folder is not this station's disk: its faults are EXPORT_FAILED, but full is full. */
async function toTarget<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'DISK_FULL') throw cause
    const reason = cause instanceof AppError ? String(cause.context['reason'] ?? '') : 'unknown'
    throw new AppError('EXPORT_FAILED', 'outbox.export', { context: { reason }, cause })
  }
}
