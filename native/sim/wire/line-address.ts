import { createHash } from 'node:crypto'

/** Where a local socket of this path listens: Windows has none in the file system but named pipes, which have no folders. */
export function lineAddress(path: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return path
  return `\\\\.\\pipe\\qcc-${createHash('sha256').update(path).digest('hex').slice(0, 24)}`
}
