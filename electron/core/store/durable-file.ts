import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { asStoreError, errorCode } from './disk-errors.ts'

const temporary = /\.[0-9a-f]{12}\.tmp$/u

/**
 * Writes a file that is either wholly there or not at all: temporary name, fsync, rename, fsync of the folder.
 * An existing file is replaced. Readable by its owner only. `draftFolder` is on the same file system.
 * Throws DISK_FULL or STORE_DAMAGED.
 */
export async function writeDurably(
  path: string,
  parts: readonly Uint8Array[],
  step: string,
  draftFolder = dirname(path),
): Promise<void> {
  const draft = join(draftFolder, `${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      for (const part of parts) await file.writeFile(part)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw asStoreError(error, step)
  }
}

/** Makes a folder, and its name in its parent, durable. */
export async function makeFolder(path: string, step: string): Promise<void> {
  try {
    const made = await mkdir(path, { recursive: true, mode: 0o700 })
    if (made !== undefined) await syncFolder(dirname(path))
  } catch (error) {
    throw asStoreError(error, step)
  }
}

/** Removes what a killed writeDurably left in a folder. A folder that is not there has nothing to sweep. */
export function sweepTemporaries(folder: string): void {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) if (temporary.test(name)) rmSync(join(folder, name), { force: true })
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder for fsync; NTFS journals the rename itself.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } catch (error) {
    // Some file systems of USB sticks know no fsync of folders.
    if (!['EINVAL', 'ENOTSUP'].includes(errorCode(error))) throw error
  } finally {
    await folder.close()
  }
}
