import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../../unit/core/store/fixtures.ts'

/** A file system of its own of so many bytes, or undefined where mounting is not allowed (an unprivileged container). */
export function smallDisk(bytes: number): string | undefined {
  const folder = join(temporaryFolder(), 'disk')
  mkdirSync(folder)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder])
  if (status !== 0) return undefined
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]))
  return folder
}

/** Limits the size of each file that this process may write, as a full disk would: `undefined` takes the limit away. */
export function limitFileSize(bytes: number | undefined): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes ?? 'unlimited'}:`])
}
