import { access, constants, lstat, readFile, unlink } from 'node:fs/promises'
import { relative } from 'node:path'
import type { WatchedFolder } from '#contract/index.ts'
import { AppError, toFailure, type FailureCode } from '#domain/failure/index.ts'
import { watch } from 'chokidar'

/** Milliseconds. */
export type WatchPace = {
  /** A file that has not grown for this long is finished. */
  readonly stable: number
  readonly poll: number
  /** How often the folder itself and files that found no room are tried again. */
  readonly recheck: number
}

export const usualPace: WatchPace = { stable: 800, poll: 150, recheck: 3000 }

export type FolderWatch = {
  readonly status: Pick<WatchedFolder, 'problem' | 'left'>
  close(): Promise<void>
}

type Options = {
  readonly folder: string
  /** Files that are older were there before and stay. Milliseconds since 1970 by the clock of the file system. */
  readonly since: number
  /** Stores a picture for good. Throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE, DISK_FULL, STORE_DAMAGED. */
  readonly keep: (bytes: Uint8Array) => Promise<void>
  readonly onChange: () => void
  readonly pace?: WatchPace
}

const pictureName = /\.(?:jpe?g|png)$/iu
/** Not even read. */
const mostBytes = 64 * 1024 * 1024
/** Cameras' own programs make a folder for each day. */
const depth = 3
const mostNamed = 20
/** Times of files come from a coarser clock than the program's. */
const slack = 50

/** Takes every new picture of a folder: stored first, then deleted where it lay. What is no picture stays. */
export function watchFolder({ folder, since, keep, onChange, pace = usualPace }: Options): FolderWatch {
  const left = new Map<string, FailureCode>()
  let problem: WatchedFolder['problem']
  let queue = Promise.resolve()
  let closed = false

  const watcher = watch(folder, {
    depth,
    followSymlinks: false,
    awaitWriteFinish: { stabilityThreshold: pace.stable, pollInterval: pace.poll },
    ignored: (path, stats) => stats?.isFile() === true && !pictureName.test(path),
  })
  watcher.on('add', enqueue).on('change', enqueue)
  watcher.on('unlink', (path) => {
    if (left.delete(path)) onChange()
  })
  watcher.on('error', () => enqueueCheck())
  const timer = setInterval(enqueueCheck, pace.recheck)
  timer.unref()
  enqueueCheck()

  function enqueue(path: string): void {
    queue = queue.then(() => (closed ? undefined : take(path)))
  }

  function enqueueCheck(): void {
    queue = queue.then(() => (closed ? undefined : check()))
  }

  async function take(path: string): Promise<void> {
    const before = left.get(path)
    try {
      if (await takeOnce(path)) left.delete(path)
    } catch (error) {
      left.set(path, codeOf(error))
    }
    if (left.get(path) !== before) onChange()
  }

  /** False when it is not for us. */
  async function takeOnce(path: string): Promise<boolean> {
    const found = await lstat(path).catch(() => undefined)
    if (!found?.isFile() || Math.max(found.mtimeMs, found.ctimeMs) < since - slack) return false
    if (found.size > mostBytes) throw new AppError('IMAGE_TOO_LARGE', 'pictures.folder')
    const bytes = await readFile(path)
    await keep(bytes)
    const now = await lstat(path).catch(() => undefined)
    // What was written on since is another picture: it is told as a change and taken then.
    if (now?.size === bytes.length && now.mtimeMs === found.mtimeMs) await unlink(path)
    return true
  }

  async function check(): Promise<void> {
    const before = problem
    problem = await problemOf(folder)
    if (problem !== before) onChange()
    for (const [path, code] of left) if (!isLasting(code)) enqueue(path)
  }

  return {
    get status() {
      const named = [...left].slice(0, mostNamed)
      return {
        ...(problem && { problem }),
        left: named.map(([path, code]) => ({ file: relative(folder, path).slice(-300), code })),
      }
    },
    async close() {
      closed = true
      clearInterval(timer)
      await Promise.all([watcher.close(), queue])
    },
  }
}

async function problemOf(folder: string): Promise<WatchedFolder['problem']> {
  try {
    if (!(await lstat(folder)).isDirectory()) return 'unreadable'
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreadable'
  }
}

/** Stays as it is until the file changes. */
function isLasting(code: FailureCode): boolean {
  return code === 'IMAGE_UNREADABLE' || code === 'IMAGE_TOO_LARGE'
}

function codeOf(error: unknown): FailureCode {
  return error instanceof AppError ? toFailure(error, 'pictures.folder').code : 'IMAGE_UNREADABLE'
}
