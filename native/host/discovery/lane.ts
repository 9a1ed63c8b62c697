import { toFailure, type FailureCode } from '#domain/failure/index.ts'
import type { Clock } from '../clock.ts'
import { orCancelled } from '../waiting.ts'
import type { Found, Listing } from './found.ts'

/** Milliseconds. */
const pace = {
  /** A listing that takes longer hangs; it is not asked again before it has answered. */
  patience: 5000,
  /** Between two looks for services. */
  onDemand: 30_000,
} as const
/** Polls that list once more after a change: the system learns the names of a device a little later than its node. */
const settling = 2
/** Polls without a change after which it is listed all the same. */
const idle = 20

/** `poll`: only if something has changed; `fresh`: now, because a person asks; `services`: also what is only on demand. */
export type How = 'poll' | 'fresh' | 'services'

export type Lane = {
  readonly transport: Listing['transport']
  readonly found: readonly Found[]
  readonly problem: FailureCode | undefined
  /** Whether there may be something new. Never rejects, and ends within some seconds. */
  look(how: How): Promise<boolean>
}

/** What is known of one transport, listed no more often than needed and never twice at once. */
export function createLane(listing: Listing, clock: Clock): Lane {
  let found: readonly Found[] = []
  let problem: FailureCode | undefined
  let mark: string | undefined
  let settle = 0
  let unchanged = 0
  let lastAsked = -Infinity
  let running: Promise<void> | undefined
  let hangs = false
  let reported: { readonly found: readonly Found[]; readonly problem: FailureCode | undefined } = { found, problem }

  async function list(how: How): Promise<void> {
    try {
      const current = await listing.mark?.()
      const same = current !== undefined && current === mark
      if (!same) settle = settling
      else if (how === 'poll' && settle === 0 && ++unchanged < idle) return
      else settle = Math.max(0, settle - 1)
      mark = current
      unchanged = 0
      found = await listing.list()
      problem = undefined
    } catch (error) {
      problem = toFailure(error, 'devices.discover').code
      if (problem === 'TRANSPORT_MISSING') found = []
    }
  }

  async function inTime(looking: Promise<void>): Promise<void> {
    const late = new AbortController()
    const callOff = clock.after(pace.patience, () => late.abort())
    try {
      await orCancelled(looking, late.signal, 'devices.discover')
    } catch {
      hangs = true
      problem = 'DEVICE_SILENT'
      void looking.finally(() => (hangs = false))
    } finally {
      callOff()
    }
  }

  function wanted(how: How): boolean {
    if (listing.onDemand) return how === 'services' && clock.now().getTime() >= lastAsked + pace.onDemand
    // A library that is not there does not come back by itself.
    return how !== 'poll' || problem !== 'TRANSPORT_MISSING'
  }

  return {
    transport: listing.transport,
    get found() {
      return found
    },
    get problem() {
      return problem
    },
    async look(how) {
      if (!wanted(how)) return false
      lastAsked = clock.now().getTime()
      // One that hangs is not waited for twice; what it says in the end is heard at a later look.
      if (!hangs) await inTime((running ??= list(how).finally(() => (running = undefined))))
      const news = found !== reported.found || problem !== reported.problem
      reported = { found, problem }
      return news
    },
  }
}
