import { useEffect, useState } from 'react'
import type { CallOutput } from '#contract/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { desk } from '../desk.ts'

export type Trace = CallOutput<'deviceTrace'>
export type Entry = Trace['entries'][number]

/** Entries that the window keeps: about what the ring of a device holds. */
const mostKept = 5000
const every = 1000

export type Followed = {
  readonly trace: Omit<Trace, 'entries'> | undefined
  readonly entries: readonly Entry[]
  readonly failure: FailureCode | undefined
}

const nothing: Followed = { trace: undefined, entries: [], failure: undefined }

/**
 * What passes over a device's line, asked for every second while the page is seen and `live`. `asked` grows to ask at
 * once.
 */
export function useTrace(device: string | undefined, live: boolean, asked: number): Followed {
  const [followed, setFollowed] = useState<{ readonly device?: string; readonly what: Followed }>({ what: nothing })
  const known = followed.device === device ? followed.what : nothing
  const [reading] = useState(() => new Map<string, Followed>())

  useEffect(() => {
    if (device === undefined) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async () => {
      const before = reading.get(device) ?? nothing
      const next = await readOn(device, before)
      if (over) return
      reading.clear()
      reading.set(device, next)
      if (next !== before) setFollowed({ device, what: next })
      if (live) timer = setTimeout(() => void tick(), every)
    }
    const tick = async () => {
      if (document.visibilityState === 'visible') await read()
      else timer = setTimeout(() => void tick(), every)
    }
    void read()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [device, live, asked, reading])
  return known
}

/** Once more what came last: the same frame again counts up in it, without a number of its own. */
async function readOn(device: string, before: Followed): Promise<Followed> {
  const last = before.entries.at(-1)?.n ?? 0
  const result = await desk.call.deviceTrace({ device, after: Math.max(0, last - 1) })
  if (!result.ok) return { ...before, failure: result.error.code }
  const { entries, ...trace } = result.value
  // Bound anew: another line, other numbers.
  if (before.trace && before.trace.since !== trace.since) return readOn(device, nothing)
  return { trace, entries: joined(before.entries, entries), failure: undefined }
}

function joined(known: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  const [first] = fresh
  if (!first) return known
  return [...known.filter(({ n }) => n < first.n), ...fresh].slice(-mostKept)
}
