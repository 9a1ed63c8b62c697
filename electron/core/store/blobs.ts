import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#domain/failure/index.ts'
import type { BlobRef } from '#domain/enrolment/index.ts'
import { makeFolder, syncFolder, writeDurably } from './durable-file.ts'

/**
 * File: magic 4, length of the media type 1, media type, nonce 12, ciphertext, tag 16.
 * AES-256-GCM; additional data = name, line feed, media type.
 */
const magic = Buffer.from('QCB1')
const nonceLength = 12
const tagLength = 16

export type BlobStore = {
  put(bytes: Uint8Array, mediaType: string): Promise<BlobRef>
  get(ref: { readonly name: string; readonly sha256?: string }): Promise<Uint8Array>
}

/** Content-addressed encrypted files under `folder`, unfinished ones in `drafts`. The names come from a keyed hash and tell nothing. */
export function openBlobs(folder: string, key: Uint8Array): BlobStore {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', key, '', `quay-can-cuoc/${purpose}/1`, 32))
  const cipherKey = derive('blob-content')
  const nameKey = derive('blob-name')
  const nameOf = (bytes: Uint8Array, mediaType: string) =>
    createHmac('sha256', nameKey).update(`${mediaType}\n`).update(bytes).digest('hex')
  const drafts = join(folder, 'drafts')
  const pathOf = (name: string) => join(folder, name.slice(0, 2), `${name}.blob`)

  async function put(bytes: Uint8Array, mediaType: string): Promise<BlobRef> {
    const name = nameOf(bytes, mediaType)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const ref = { name, sha256, size: bytes.length, mediaType }
    const known =
      existsSync(pathOf(name)) &&
      (await get(ref).then(
        () => true,
        () => false,
      ))
    if (known) {
      await syncFolder(dirname(pathOf(name))) // another put of the same content may not have come so far
      return ref
    }
    const type = Buffer.from(mediaType, 'latin1')
    const nonce = randomBytes(nonceLength)
    const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(Buffer.from(`${name}\n${mediaType}`))
    const content = cipher.update(bytes)
    const end = Buffer.concat([cipher.final(), cipher.getAuthTag()])
    await makeFolder(join(folder, name.slice(0, 2)), 'store.putBlob')
    const parts = [magic, Buffer.from([type.length]), type, nonce, content, end]
    await makeFolder(drafts, 'store.putBlob')
    await writeDurably(pathOf(name), parts, 'store.putBlob', drafts)
    return ref
  }

  async function get(ref: { readonly name: string; readonly sha256?: string }): Promise<Uint8Array> {
    const broken = (reason: string, cause?: unknown) =>
      new AppError('BLOB_DAMAGED', 'store.getBlob', { context: { reason }, ...(cause !== undefined && { cause }) })
    if (!/^[0-9a-f]{64}$/u.test(ref.name)) throw broken('name')
    let file: Buffer
    try {
      file = await readFile(pathOf(ref.name))
    } catch (cause) {
      throw broken('missing', cause)
    }
    const content = decrypt(file, ref.name)
    if (!content) throw broken('content')
    if (nameOf(content.bytes, content.mediaType) !== ref.name) throw broken('name')
    const sha256 = ref.sha256 && createHash('sha256').update(content.bytes).digest('hex')
    if (sha256 !== ref.sha256) throw broken('sha256')
    return content.bytes
  }

  function decrypt(file: Buffer, name: string): { bytes: Uint8Array; mediaType: string } | undefined {
    const typeEnd = 5 + (file[4] ?? 0)
    const start = typeEnd + nonceLength
    if (!file.subarray(0, 4).equals(magic) || file.length < start + tagLength) return undefined
    const mediaType = file.toString('latin1', 5, typeEnd)
    const decipher = createDecipheriv('aes-256-gcm', cipherKey, file.subarray(typeEnd, start), {
      authTagLength: tagLength,
    })
    decipher.setAAD(Buffer.from(`${name}\n${mediaType}`)).setAuthTag(file.subarray(file.length - tagLength))
    try {
      const bytes = decipher.update(file.subarray(start, file.length - tagLength))
      decipher.final()
      return { bytes, mediaType }
    } catch {
      return undefined
    }
  }

  return { put, get }
}
