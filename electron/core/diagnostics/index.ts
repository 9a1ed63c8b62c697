import { join } from 'node:path'
import type { Handlers } from '#core/answer.ts'
import type { Keystore } from '#core/access/index.ts'
import type { Station } from '#core/station/index.ts'
import type { CheckReport, Subject } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { readCentre } from './centre.ts'
import type { RunProgram } from './checks/run-program.ts'
import { keepChecks } from './kept-checks.ts'
import { checkStation, storeOf } from './station-checks.ts'

export { stationSubjects } from './station-checks.ts'

export type Diagnostics = {
  readonly handlers: Pick<Handlers, 'checkStation' | 'keepCheck' | 'checks' | 'centre' | 'setCentre'>
  /** Without `subjects` all that can be tested now. CANCELLED. */
  check(subjects?: readonly Subject[]): Promise<readonly CheckReport[]>
  /** The last outcome of each test. */
  reports(): Promise<readonly CheckReport[]>
  keep(reports: readonly CheckReport[]): Promise<void>
  /** Certificates (PEM) that are trusted at the centre beside the system's; '' for none. STATION_LOCKED. */
  setAuthorities(pem: string): void
  stop(): void
}

type Options = {
  readonly dataFolder: string
  readonly clock: () => Date
  readonly station: Pick<Station, 'folder' | 'view' | 'store'>
  /** `none`: the system has none that protects anything. Absent: it cannot be asked from here. */
  readonly keystore?: Keystore | 'none'
  /** In place of the station's own. Throws FIELD_FORMAT. */
  readonly centre?: string
  /** In place of the station's own (PEM). */
  readonly authorities?: readonly string[]
  /** False: outcomes are not kept in the data folder. */
  readonly keeps?: boolean
  readonly run?: RunProgram
  readonly patienceMs?: number
  /** No centre is asked and none can be set. */
  readonly training?: boolean
}

/** Settings of the store. */
const settings = { centre: 'centre.address', authorities: 'centre.authorities' }

/** The station's own tests: what they measured, what that means, and the last outcome of each. */
export function openDiagnostics(options: Options): Diagnostics {
  const { dataFolder, station, keeps = true } = options
  const ending = new AbortController()
  const kept = keepChecks(keeps ? join(dataFolder, 'checks.json') : undefined)
  let running: Promise<unknown> = Promise.resolve()

  const setting = (name: string) => {
    try {
      return storeOf(station)?.setting(name) ?? ''
    } catch {
      // The database does not answer: its own test says so.
      return ''
    }
  }

  function setSetting(name: string, value: string, act: string): void {
    const store = station.store()
    store.setSetting(name, value)
    store.recordAct({ actor: 'technician', window: 'technician', act })
  }

  function centre(): URL | undefined {
    const address = options.centre ?? setting(settings.centre)
    return options.training || address === '' ? undefined : readCentre(address)
  }

  async function measure(subjects: readonly Subject[] | undefined): Promise<readonly CheckReport[]> {
    const own = setting(settings.authorities)
    const authorities = options.authorities ?? (own === '' ? [] : [own])
    const reports = await checkStation(subjects, { ...options, centre: centre(), authorities, signal: ending.signal })
    await kept.keep(reports)
    return reports
  }

  /** One at a time: a second press of the button must not slow the first down. */
  function check(subjects?: readonly Subject[]): Promise<readonly CheckReport[]> {
    const turn = running.then(() => measure(subjects))
    running = turn.catch(() => undefined)
    return turn
  }

  return {
    check,
    reports: kept.all,
    keep: kept.keep,
    setAuthorities: (pem) => setSetting(settings.authorities, pem, 'centre.authorities-set'),
    stop: () => ending.abort(),
    handlers: {
      checkStation: ({ subjects }) => check(subjects),
      keepCheck: async ({ report }) => {
        await kept.keep([report])
        return {}
      },
      checks: () => kept.all(),
      centre: () => ({ address: station.store().setting(settings.centre) ?? '' }),
      setCentre: ({ address }) => {
        if (options.training) throw new AppError('TRAINING_ONLY', 'diagnostics.setCentre')
        const tidy = address.trim()
        if (tidy !== '') readCentre(tidy)
        setSetting(settings.centre, tidy, 'centre.set')
        return {}
      },
    },
  }
}
