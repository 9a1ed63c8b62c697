import { execFileSync } from 'node:child_process'

/**
 * While `act` runs, no file of this process can be written to, as on a full disk: the kernel's limit on the size of a
 * file is put to nothing, which any user may do and undo. Node ignores the signal that comes with it, so the write
 * fails with EFBIG where a full disk gives ENOSPC; SQLite knows neither from the other.
 */
export async function onFullDisk<T>(act: () => T | Promise<T>): Promise<T> {
  fillDisk()
  try {
    return await act()
  } finally {
    freeDisk()
  }
}

export function fillDisk(): void {
  setLimit('0')
}

export function freeDisk(): void {
  setLimit('unlimited')
}

function setLimit(bytes: string): void {
  // The soft limit alone: the hard one could not be taken back.
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
}
