import { join } from 'node:path'
import { makePackFolder, readMissed, writeMissed, writeMissedAtOnce } from './at-rest.ts'
import { sentenceKeys } from './bundled.ts'

const most = 1_000_000

export type Missed = {
  of(id: string): ReadonlyMap<string, number>
  report(id: string, keys: readonly string[]): void
  /** What is there now is not missed any more. */
  forget(id: string, keys: readonly string[]): void
  /** All is on the disk when it returns, unless other writing is under way: then when it resolves. */
  close(): Promise<void>
}

/** How often citizens needed a sentence that was not there: counts of sentences, nothing of the people. */
export function openMissed({
  home,
  after,
  inTurn,
  isBusy,
}: {
  readonly home: string
  /** Milliseconds until what was reported is written. */
  readonly after: number
  /** A pack that is being put in place must not be written into. */
  readonly inTurn: (act: () => Promise<void>) => Promise<void>
  readonly isBusy: () => boolean
}): Missed {
  const counts = new Map<string, Map<string, number>>()
  const unwritten = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function of(id: string): Map<string, number> {
    const known = counts.get(id) ?? new Map(readMissed(home, id))
    counts.set(id, known)
    return known
  }

  function toBeWritten(id: string): void {
    unwritten.add(id)
    timer ??= setTimeout(() => void write(), after)
    timer.unref()
  }

  function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    return inTurn(async () => {
      const due = [...unwritten]
      unwritten.clear()
      for (const id of due) {
        await writeOne(id).catch(() => unwritten.add(id)) // a full disk: with the next report, or on close
      }
    })
  }

  async function writeOne(id: string): Promise<void> {
    await makePackFolder(join(home, id), 'language.missed')
    await writeMissed(join(home, id), of(id), 'language.missed')
  }

  return {
    of,
    report(id, keys) {
      const known = of(id)
      for (const key of keys) if (sentenceKeys.has(key)) known.set(key, Math.min(most, (known.get(key) ?? 0) + 1))
      toBeWritten(id)
    },
    forget(id, keys) {
      const known = of(id)
      if (keys.filter((key) => known.delete(key)).length > 0) toBeWritten(id)
    },
    close() {
      if (isBusy()) return write()
      clearTimeout(timer)
      timer = undefined
      for (const id of unwritten) {
        try {
          writeMissedAtOnce(join(home, id), of(id))
        } catch {
          // A full disk: these counts are lost, the ones before stay.
        }
      }
      unwritten.clear()
      return Promise.resolve()
    },
  }
}
