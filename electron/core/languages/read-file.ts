import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/**
 * The whole of a regular file of at most `most` bytes. Follows no link, waits for no pipe, reads nothing of what is
 * larger. Throws NoFile, TooLarge or the system's error.
 */
export async function readOwnFile(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new NoFile()
    if (stats.size > most) throw new TooLarge()
    const bytes = new Uint8Array(stats.size)
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, at)
      if (bytesRead === 0) throw new NoFile() // it shrank while it was read
      at += bytesRead
    }
    return bytes
  } finally {
    await file.close()
  }
}

export class NoFile extends Error {}
export class TooLarge extends Error {}
