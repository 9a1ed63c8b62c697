import { watch as watchFile, type FSWatcher } from 'node:fs'
import { scanNotices, readNoticePicture, nothingFound, type Found } from './scan.ts'

/** Milliseconds. */
export type NoticePace = {
  /** After the last news of a change, before it is looked at. */
  readonly settle: number
  /** Network folders and sticks tell nothing of themselves: they are looked at this often. */
  readonly recheck: number
}
export const usualPace: NoticePace = { settle: 700, recheck: 15_000 }

export type NoticeWatch = {
  /** What the last look found. */
  found(): Found
  /** The first look is done. */
  scanned(): Promise<void>
  picture(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  close(): Promise<void>
}

export function watchNotices({
  folder,
  pace,
  onChange,
}: {
  readonly folder: string
  readonly pace: NoticePace
  readonly onChange: () => void
}): NoticeWatch {
  let found = nothingFound
  let closed = false
  let watcher: FSWatcher | undefined
  let settling: NodeJS.Timeout | undefined
  let queue: Promise<void> = Promise.resolve()
  const look = () => (queue = queue.then(lookOnce))
  const first = look()
  const timer = setInterval(() => void look(), pace.recheck)
  timer.unref()

  async function lookOnce(): Promise<void> {
    if (closed) return
    if (!watcher) listen()
    const next = await scanNotices(folder, found)
    if (closed || next.version === found.version) return
    found = next
    onChange()
  }

  function listen(): void {
    try {
      watcher = watchFile(folder, { persistent: false }, () => {
        clearTimeout(settling)
        settling = setTimeout(() => void look(), pace.settle)
        settling.unref()
      })
      watcher.on('error', forget)
    } catch {
      forget() // not there, or a file system that tells nothing: the recheck finds it
    }
  }

  function forget(): void {
    watcher?.close()
    watcher = undefined
  }

  return {
    found: () => found,
    scanned: () => first,
    picture: (name) => readNoticePicture(folder, found, name),
    async close() {
      closed = true
      clearInterval(timer)
      clearTimeout(settling)
      forget()
      await queue
    },
  }
}
