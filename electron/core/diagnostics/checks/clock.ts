import { X509Certificate } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '#core/store/index.ts'
import type { ClockFigures } from '#domain/diagnosis/index.ts'
import { runProgram, type RunProgram } from './run-program.ts'

type Options = {
  readonly folder: string
  readonly clock: () => Date
  /** Absent while the station is locked. */
  readonly store?: Store | undefined
  /** From the network test, if the centre answered. */
  readonly centreAheadS?: number | undefined
  readonly signal: AbortSignal
  readonly run?: RunProgram
}

/** This clock against what it wrote itself, against the certificates and against others' clocks. */
export async function measureClock({ folder, clock, store, centreAheadS, signal, run = runProgram }: Options) {
  const now = clock().getTime()
  const aheadS = (at: number) => Math.round((at - now) / 1000)
  const act = store?.auditTail(1)[0]?.at
  const files = await Promise.all(
    ['store.db', 'store.db-wal', 'vault.json'].map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => -Infinity,
      ),
    ),
  )
  const newest = Math.max(...files)
  const begun = [store?.setting('station.certificate'), store?.setting('receiver.certificate')]
    .map(beginningOf)
    .filter((at) => at !== undefined)
  return {
    ...(act !== undefined && { lastActAheadS: aheadS(Date.parse(act)) }),
    ...(Number.isFinite(newest) && { lastFileAheadS: aheadS(newest) }),
    ...(begun.length > 0 && { certificateAheadS: aheadS(Math.max(...begun)) }),
    ...(centreAheadS !== undefined && { centreAheadS }),
    ...(await askNtp(run, signal)),
  } satisfies ClockFigures
}

function beginningOf(pem: string | undefined): number | undefined {
  try {
    return pem === undefined ? undefined : Date.parse(new X509Certificate(pem).validFrom)
  } catch {
    return undefined
  }
}

/** chrony tells how far the clock is off, systemd only whether it is kept; neither is on every machine. */
async function askNtp(run: RunProgram, signal: AbortSignal): Promise<ClockFigures> {
  const [chrony, systemd] = await Promise.all([
    run('chronyc', ['-c', 'tracking'], signal),
    run('timedatectl', ['show', '--property=NTPSynchronized', '--value'], signal),
  ])
  return { ...systemdFigures(systemd), ...chronyFigures(chrony) }
}

function systemdFigures(said: string | undefined): ClockFigures {
  const answer = said?.trim()
  return answer === 'yes' || answer === 'no' ? { ntpSynchronised: answer === 'yes' ? 1 : 0 } : {}
}

/** One line of 14 fields; the fifth is how many seconds this clock is slow (positive) or fast, the last the leap status. */
export function chronyFigures(said: string | undefined): ClockFigures {
  const fields = said?.trim().split(',') ?? []
  if (fields.length < 14) return {}
  if (fields.at(-1) === 'Not synchronised') return { ntpSynchronised: 0 }
  const offset = Number(fields[4])
  return { ntpSynchronised: 1, ...(Number.isFinite(offset) && { ntpAheadS: offset }) }
}
