import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#domain/failure/index.ts'
import type { SealedFile } from '#core/store/index.ts'
import { makeFolder, writeDurably } from '#core/store/durable-file.ts'

/** Station code and counter; also a safe file name. */
const numberShape = /^[A-Z0-9][A-Z0-9-]{0,63}$/u

/**
 * Keeps a sealed dossier as `sealed/<number>.p7m` in the data folder. When it resolves the file is on the disk and was
 * read back. A file that a killed attempt left under the number is replaced. Throws DISK_FULL, SEAL_FAILED, STORE_DAMAGED.
 */
export async function writeSealed(options: { folder: string; number: string; bytes: Uint8Array }): Promise<SealedFile> {
  const { folder, number, bytes } = options
  if (!numberShape.test(number)) throw new AppError('SEAL_FAILED', 'outbox.write', { context: { reason: 'number' } })
  const file = `sealed/${number}.p7m`
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await makeFolder(join(folder, 'sealed'), 'outbox.write')
  await writeDurably(join(folder, file), [bytes], 'outbox.write')
  if ((await sha256Of(join(folder, file))) !== sha256) {
    throw new AppError('SEAL_FAILED', 'outbox.write', { context: { reason: 'read-back' } })
  }
  return { file, sha256, size: bytes.length }
}

/** Hexadecimal SHA-256 of a file, or undefined when it cannot be read. */
export async function sha256Of(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
  } catch {
    return undefined
  }
}
