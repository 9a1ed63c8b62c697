import { createHash } from 'node:crypto'
import { lstat, mkdir, rename, rm, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { SigningKit } from '#core/station/index.ts'
import { syncFolder, writeDurably } from '#core/store/durable-file.ts'
import { asStoreError } from '#core/store/disk-errors.ts'
import { AppError } from '#domain/failure/index.ts'
import { isWritten } from './bundled.ts'
import { packFiles, packFormat, type Manifest, type ManifestFile } from './manifest.ts'
import { readPack } from './pack-source.ts'
import { inSentenceOrder, nameOf, type Pack } from './pack.ts'
import { signManifest } from './signature.ts'

const step = 'language.export'

/**
 * Writes a pack into a new folder below `folder`, reads it back as another station would, and only then gives it its
 * name. Throws EXPORT_FAILED (the folder is gone, read-only, nothing to export …), DISK_FULL.
 */
export async function exportPack(options: {
  readonly pack: Pack
  readonly recording: (key: string) => Promise<Uint8Array | undefined>
  readonly font: (name: string) => Promise<Uint8Array | undefined>
  readonly folder: string
  readonly kit: SigningKit
  readonly now: Date
  /** `2026-11-21`, in the time zone of the station. */
  readonly day: string
}): Promise<{ readonly folder: string; readonly recordings: number }> {
  const { pack, folder, kit, day } = options
  if (pack.texts.size + pack.recordings.size === 0) throw failed('empty')
  if (!isAbsolute(folder) || !(await stat(folder).catch(() => undefined))?.isDirectory()) throw failed('folder')
  const code = kit.station.code.replace(/[^A-Za-z0-9-]+/gu, '-')
  const name = await freeName(folder, `tieng-${pack.id}-${code}-${day}`)
  const draft = join(folder, `.${name}.part`)
  try {
    const { manifest, recordings } = await writePack(draft, options)
    const back = await readPack(draft)
    if (back.manifestSha256 !== sha256(manifest)) throw failed('read-back')
    const target = join(folder, name)
    await rename(draft, target)
    await syncFolder(folder)
    return { folder: target, recordings }
  } catch (cause) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined)
    throw asExportFailure(cause)
  }
}

async function writePack(
  draft: string,
  {
    pack,
    recording,
    font,
    kit,
    now,
  }: Pick<Parameters<typeof exportPack>[0], 'pack' | 'recording' | 'font' | 'kit' | 'now'>,
) {
  await rm(draft, { recursive: true, force: true })
  // Not with its parents: Node never comes back from that where a file system denies that they are there.
  await mkdir(draft)
  await mkdir(join(draft, packFiles.audio))
  const files: ManifestFile[] = []
  const put = async (file: string, bytes: Uint8Array, at?: string) => {
    await writeDurably(join(draft, file), [bytes], step)
    files.push({ file, size: bytes.length, sha256: sha256(bytes), ...(at !== undefined && { at }) })
  }
  const texts = isWritten(pack.id) ? {} : Object.fromEntries(inSentenceOrder(pack.texts))
  await put(packFiles.texts, lines(texts))
  let whole = true
  for (const [key, { at }] of inSentenceOrder(pack.recordings)) {
    const bytes = await recording(key)
    if (bytes) await put(`${packFiles.audio}/${key}.webm`, bytes, at)
    else whole = false
  }
  const recordings = files.length - 1
  const fonts = isWritten(pack.id) ? [] : pack.fonts
  if (fonts.length > 0) await mkdir(join(draft, packFiles.fonts))
  for (const name of fonts) {
    const bytes = await font(name)
    if (bytes) await put(`${packFiles.fonts}/${name}.woff2`, bytes)
    else whole = false
  }
  const { id, direction, date, reviewed } = pack
  const manifest: Manifest = {
    format: packFormat,
    language: { id, name: nameOf(pack), direction, date: [...date] },
    station: kit.station,
    created: now.toISOString(),
    // What was found right is no longer what is there when a recording was lost.
    ...(reviewed && whole && { reviewed }),
    files,
  }
  const bytes = lines(manifest)
  await writeDurably(join(draft, packFiles.manifest), [bytes], step)
  await writeDurably(join(draft, packFiles.signature), [signManifest(bytes, kit, now)], step)
  return { manifest: bytes, recordings }
}

async function freeName(folder: string, plain: string): Promise<string> {
  for (let n = 1; n < 100; n++) {
    const name = n === 1 ? plain : `${plain}-${n}`
    if (!(await lstat(join(folder, name)).catch(() => undefined))) return name
  }
  throw failed('name')
}

/** The folder is not this station's disk: its faults are EXPORT_FAILED, but full is full. */
function asExportFailure(cause: unknown): AppError {
  const error = asStoreError(cause, step)
  if (error.code === 'DISK_FULL' || error.code === 'EXPORT_FAILED') return error
  const reason = String(error.context['reason'] ?? error.code)
  return new AppError('EXPORT_FAILED', step, { context: { reason }, cause })
}

const lines = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const failed = (reason: string) => new AppError('EXPORT_FAILED', step, { context: { reason } })
