import { existsSync } from 'node:fs'
import type { Keystore } from '#core/access/index.ts'
import type { Station } from '#core/station/index.ts'
import type { Store } from '#core/store/index.ts'
import {
  judgeBacklog,
  judgeClock,
  judgeDatabase,
  judgeDisk,
  judgeKeys,
  judgeNetwork,
  verdictOf,
  type CheckReport,
  type Found,
  type NetworkFigures,
  type Subject,
} from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { measureBacklog } from './checks/backlog.ts'
import { measureClock } from './checks/clock.ts'
import { measureDatabase } from './checks/database.ts'
import { measureDisk } from './checks/disk.ts'
import { measureKeys } from './checks/keys.ts'
import { measureNetwork } from './checks/network.ts'
import type { RunProgram } from './checks/run-program.ts'

export const stationSubjects = ['disk', 'clock', 'network', 'keys', 'database', 'backlog'] as const satisfies Subject[]
type StationSubject = (typeof stationSubjects)[number]

export type StationToCheck = {
  readonly dataFolder: string
  readonly station: Pick<Station, 'folder' | 'view' | 'store'>
  readonly clock: () => Date
  readonly keystore?: Keystore | 'none' | undefined
  readonly centre?: URL | undefined
  /** PEM */
  readonly authorities: readonly string[]
  readonly signal: AbortSignal
  readonly run?: RunProgram
  /** Nothing is asked of the network. */
  readonly training?: boolean | undefined
  /** Milliseconds that each step of the network may take. */
  readonly patienceMs?: number
}

type Outcome = { readonly figures: CheckReport['figures']; readonly found: Found[] }

/**
 * One test after the other, so that none spoils the figures of the next. Keys, database and backlog are left out while
 * the station is locked, unless it is because its database cannot be opened.
 */
export async function checkStation(
  subjects: readonly Subject[] | undefined,
  on: StationToCheck,
): Promise<readonly CheckReport[]> {
  const wanted = stationSubjects.filter((each) => !subjects || subjects.includes(each))
  let network: Promise<NetworkFigures> | undefined
  const askNetwork = () => (network ??= measureNetwork(on))
  const reports: CheckReport[] = []
  for (const subject of wanted) {
    on.signal.throwIfAborted()
    const begun = performance.now()
    const outcome = await checkOne(subject, on, askNetwork).catch(asDamage)
    // What was called off half way would look like a fault.
    on.signal.throwIfAborted()
    if (!outcome) continue
    const took = Math.round(performance.now() - begun)
    reports.push({ subject, verdict: verdictOf(outcome.found), ...outcome, at: on.clock().toISOString(), took })
  }
  return reports
}

async function checkOne(
  subject: StationSubject,
  on: StationToCheck,
  askNetwork: () => Promise<NetworkFigures>,
): Promise<Outcome | undefined> {
  const { station, clock } = on
  const store = storeOf(station)
  const failure = store ? undefined : station.view().failure
  switch (subject) {
    case 'disk': {
      const folder = existsSync(station.folder) ? station.folder : on.dataFolder
      const figures = await measureDisk({ ...on, folder })
      return { figures, found: judgeDisk(figures) }
    }
    case 'clock': {
      const { centreAheadS } = on.training ? {} : await askNetwork()
      const figures = await measureClock({ ...on, folder: station.folder, store, centreAheadS })
      return { figures, found: judgeClock(figures) }
    }
    case 'network': {
      if (on.training) return undefined
      const figures = await askNetwork()
      return { figures, found: judgeNetwork(figures) }
    }
    case 'keys': {
      const figures = store && (await measureKeys({ ...on, folder: station.folder, store }))
      return figures && { figures, found: judgeKeys(figures) }
    }
    case 'database': {
      const figures = failure === 'STORE_DAMAGED' ? { unopenable: 1 } : store && measureDatabase(store)
      return figures && { figures, found: judgeDatabase(figures) }
    }
    case 'backlog': {
      const figures = store && measureBacklog(store, clock)
      return figures && { figures, found: judgeBacklog(figures) }
    }
  }
}

/** Undefined while the station is locked. */
export function storeOf(station: Pick<Station, 'store'>): Store | undefined {
  try {
    return station.store()
  } catch {
    return undefined
  }
}

/** A test that needed the database and could not read it. */
function asDamage(error: unknown): Outcome {
  if (!(error instanceof AppError) || error.code !== 'STORE_DAMAGED') throw error
  return { figures: {}, found: [{ cause: 'database-damaged' }] }
}
