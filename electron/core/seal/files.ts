import { createHash } from 'node:crypto'
import type { BlobRef, PictureRef } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { SealEntry } from './seal.ts'

type Picture = {
  readonly file: string
  readonly sha256: string
  readonly size: number
  readonly mediaType: string
  readonly width?: number
  readonly height?: number
}

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/jp2': 'jp2',
  'image/svg+xml': 'svg',
  'application/json': 'json',
  'application/vnd.iso.19794-2': 'fmr',
}

/** The captures that are described, and where in the sealed file each lies. */
export class Files {
  private readonly wanted = new Map<string, BlobRef>()
  private readonly loaded = new Map<string, Uint8Array>()
  private readonly getBlob: (ref: BlobRef) => Promise<Uint8Array>

  constructor(getBlob: (ref: BlobRef) => Promise<Uint8Array>) {
    this.getBlob = getBlob
  }

  add(base: string, ref: BlobRef | PictureRef): Picture {
    const extension = extensions[ref.mediaType]
    if (extension === undefined)
      throw new AppError('SEAL_FAILED', 'seal.compose', { context: { reason: 'media-type' } })
    const file = `${base}.${extension}`
    this.wanted.set(file, ref)
    const { sha256, size, mediaType } = ref
    return { file, sha256, size, mediaType, ...('width' in ref && { width: ref.width, height: ref.height }) }
  }

  async load(): Promise<readonly SealEntry[]> {
    const entries: SealEntry[] = []
    for (const [name, ref] of this.wanted) {
      const bytes = await this.getBlob(ref)
      if (createHash('sha256').update(bytes).digest('hex') !== ref.sha256) {
        throw new AppError('BLOB_DAMAGED', 'seal.compose', { context: { reason: 'sha256' } })
      }
      entries.push({ name, bytes })
      this.loaded.set(ref.name, bytes)
    }
    return entries
  }

  /** Of a capture that was loaded. */
  bytesOf(ref: BlobRef): Uint8Array {
    const bytes = this.loaded.get(ref.name)
    if (!bytes) throw new AppError('SEAL_FAILED', 'seal.compose', { context: { reason: 'not-described' } })
    return bytes
  }
}
