import { basename } from 'node:path'
import type { DisplayView } from '#contract/index.ts'
import type { Clock, DeviceHost } from '#core/devices/index.ts'
import type { Health } from '#core/diagnostics/health/index.ts'
import { migrations } from '#core/store/migrations/index.ts'
import type { Store } from '#core/store/index.ts'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import type { DossierStatus } from '#domain/enrolment/index.ts'
import { AppError, toFailure, type FailureCode } from '#domain/failure/index.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'

export type Sources = {
  readonly bindings: readonly DeviceBinding[]
  readonly devices: readonly DeviceStatus[]
  readonly displays: readonly DisplayView[]
  readonly reports: readonly CheckReport[]
  readonly health: Pick<Health, 'rows' | 'warnings'>
}

/** What the store says of itself; nothing of what is in it. */
export type StoreFacts = {
  readonly audit:
    | { readonly entries: number; readonly head: string }
    | { readonly failure: FailureCode; readonly entry?: number }
  readonly dossiers: Readonly<Partial<Record<DossierStatus, number>>>
  readonly outbox: { readonly sealed: number; readonly waiting: number; readonly oldest?: string }
  readonly migrations: readonly string[]
}

/** Something that should be in the bundle and is not. */
export type Left = { readonly what: string; readonly code: FailureCode }

/** Which devices and displays, how they are set, and which folders are set at all: not where they are. */
export function configuration({ bindings, displays }: Sources, store: Store | undefined) {
  const folders = ['pictures.folder.portrait-camera', 'pictures.folder.document-camera', 'notices.folder']
  return {
    devices: bindings.map(({ settings = {}, ...binding }) => ({
      ...plain(binding),
      settings: Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [name, name === 'env' ? value : 'set']),
      ),
    })),
    displays: displays.map(({ label, width, height, touch, use }) => ({ label, width, height, touch, use })),
    ...(store && {
      policy: { shortForChildren: store.setting('policy.short-for-children') ?? 'false' },
      folders: Object.fromEntries(folders.map((name) => [name, isSet(store.setting(name))])),
      centre: store.setting('centre.address') ?? '',
    }),
  }
}

export function deviceStates({ devices }: Sources) {
  return devices.map(plain)
}

/** A path under somebody's home may carry their name; under /dev it says which port. */
function plain<T extends { readonly address: string }>(device: T): T {
  const { address } = device
  const isPath = /^(?:\/|[A-Za-z]:[\\/])/u.test(address) && !address.startsWith('/dev/')
  return isPath ? { ...device, address: `…/${basename(address.replaceAll('\\', '/'))}` } : device
}

/** A folder is kept as `{"folder":…}` or as it is. */
function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '' && !text.startsWith('{"folder":""')
}

/** Throws what the store throws; a broken chain is a finding, not a failure. */
export function storeFacts(store: Store): StoreFacts {
  const dossiers: Partial<Record<DossierStatus, number>> = {}
  for (const { status } of store.dossiers()) dossiers[status] = (dossiers[status] ?? 0) + 1
  const rows = store.outbox()
  const waiting = rows.filter(({ exportedAt }) => exportedAt === undefined)
  const oldest = waiting[0]?.addedAt
  return {
    audit: verified(store),
    dossiers,
    outbox: { sealed: rows.length, waiting: waiting.length, ...(oldest !== undefined && { oldest }) },
    migrations: migrations.map(({ name }) => name),
  }
}

function verified(store: Store): StoreFacts['audit'] {
  try {
    return store.verifyAudit()
  } catch (error) {
    const { code, context } = toFailure(error, 'bundle.audit')
    return { failure: code, ...(typeof context['entry'] === 'number' && { entry: context['entry'] }) }
  }
}

/** The traces of all devices that have one; a device process that does not answer costs its trace only. */
export async function readTraces(
  devices: readonly DeviceStatus[],
  host: Pick<DeviceHost, 'call'>,
  timer: Clock,
  patience: number,
): Promise<{ readonly traces: readonly DeviceTrace[]; readonly left: readonly Left[] }> {
  const traces: DeviceTrace[] = []
  const left: Left[] = []
  // Cameras are the windows' own: the device process knows nothing of them.
  const asked = devices.filter(({ transport }) => transport !== 'browser')
  const reads = asked.map(async ({ id }) => {
    const stop = new AbortController()
    const callOff = timer.after(patience, () => stop.abort())
    try {
      traces.push(wellFormed(await host.call('trace.read', { device: id }, stop.signal)))
    } catch (error) {
      left.push({ what: `trace ${id}`, code: toFailure(error, 'bundle.trace').code })
    } finally {
      callOff()
    }
  })
  await Promise.all(reads)
  return { traces: traces.toSorted((a, b) => (a.device.id < b.device.id ? -1 : 1)), left }
}

/** The device process is not trusted to have kept to the form. */
function wellFormed(trace: DeviceTrace): DeviceTrace {
  if (!Array.isArray(trace?.entries) || typeof trace.device?.id !== 'string')
    throw new AppError('DEVICE_GARBLED', 'bundle.trace')
  return trace
}

/** Frames follow each other on the line: what is cut into two is looked at as one, too. */
export function linesOf({ entries }: DeviceTrace): readonly string[] {
  return (['in', 'out'] as const).map((way) =>
    entries.map((entry) => ('way' in entry && entry.way === way ? entry.hex : '')).join(''),
  )
}
