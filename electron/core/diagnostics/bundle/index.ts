import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { arch, cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import type { StationView } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import { systemClock } from '#core/devices/clock.ts'
import type { Clock, DeviceHost } from '#core/devices/index.ts'
import { sha256Of } from '#core/outbox/sealed.ts'
import { parseCertificate } from '#core/seal/certificate.ts'
import { toBytes } from '#core/seal/der.ts'
import { signDetached } from '#core/seal/signed.ts'
import type { SigningKit, Station } from '#core/station/index.ts'
import { writeDurably } from '#core/store/durable-file.ts'
import type { Store } from '#core/store/index.ts'
import { subjects } from '#domain/diagnosis/index.ts'
import { AppError, toFailure } from '#domain/failure/index.ts'
import { configuration, deviceStates, linesOf, readTraces, storeFacts, type Left, type Sources } from './contents.ts'
import { openGate, type Searched } from './gate.ts'
import { secretsOf, type Secrets } from './personal.ts'
import { qrCode } from './qr.ts'
import { mainCause, summaryOf, worstOf } from './summary.ts'
import { encodeSupportCode } from './support-code.ts'
import { zipped } from './zip.ts'

export { decodeSupportCode, type SupportFacts } from './support-code.ts'

export type Bundle = {
  /** Absolute path of the ZIP; its signature, where there is one, lies beside it under the same name with `.p7s`. */
  readonly file: string
  readonly sha256: string
  readonly code: string
  /** The code as an SVG image. */
  readonly codeImage: string
  readonly summary: readonly string[]
  readonly signed: boolean
}

export type BundleOptions = Sources & {
  /** Must be there: a stick that was pulled out is not a folder to be made. */
  readonly folder: string
  readonly clock: () => Date
  readonly program: { readonly name: string; readonly version: string }
  readonly station: Pick<Station, 'view' | 'store' | 'signingKit'>
  /** Without, there are no traces. */
  readonly host?: Pick<DeviceHost, 'call'>
  /** Milliseconds for each trace. */
  readonly patience?: number
  readonly timer?: Clock
}

const step = 'bundle.make'

/** The call of the technician's window; `sources` is what there is at that moment. */
export function bundleHandlers(sources: () => Omit<BundleOptions, 'folder'>): Pick<Handlers, 'makeBundle'> {
  return {
    makeBundle: async ({ folder }) => {
      const { file, sha256: digest, code, codeImage, summary } = await makeBundle({ ...sources(), folder })
      return { file, sha256: digest, code, codeImage, summary }
    },
  }
}

/**
 * Makes the support bundle (docs/protocols/support-bundle.md) of whatever there is: also of a station that is locked, broken
 * or not set up, then without a signature. Throws EXPORT_FAILED (the folder cannot be written to; `reason` `personal`: a
 * file of the bundle, named in `file`, holds something about a person, and nothing was written) and DISK_FULL.
 */
export async function makeBundle(options: BundleOptions): Promise<Bundle> {
  const { folder, clock, program, station, host, patience = 10_000, timer = systemClock } = options
  await refuseMissing(folder)
  const at = clock()
  const view = safely(() => station.view(), { phase: 'failed' } as const)
  const store = view.phase === 'open' ? station.store() : undefined
  const left: Left[] = []
  const note = <T>(what: string, act: () => T): T | undefined => {
    try {
      return act()
    } catch (error) {
      left.push({ what, code: toFailure(error, step).code })
      return undefined
    }
  }
  const people = store && note('dossiers', () => secretsOf(store))
  const facts = store && note('store', () => storeFacts(store))
  const kit = store && note('signature', () => station.signingKit())
  if (!store && view.phase !== 'new') left.push({ what: 'store', code: view.failure ?? 'STATION_LOCKED' })

  const checked = view.phase === 'new' || people?.unread === 0
  const read = host && checked ? await readTraces(options.devices, host, timer, patience) : undefined
  left.push(...(read?.left ?? []))
  if (!checked) left.push({ what: 'traces', code: people ? 'STORE_DAMAGED' : (left.at(-1)?.code ?? 'STATION_LOCKED') })

  const { reports, health } = options
  const code = encodeSupportCode({
    version: program.version,
    subjects: subjects.flatMap((subject) => {
      const worst = worstOf(reports, subject)
      const cause = worst && mainCause(worst)
      return worst ? [{ subject, verdict: worst.verdict, ...(cause !== undefined && { cause }) }] : []
    }),
  })
  const codeImage = await qrCode(code)
  const versions = runtimeVersions()
  const signed = kit !== undefined
  const rows = health.rows()
  const warnings = health.warnings()
  const summary = summaryOf({
    at,
    station: view,
    versions: `${program.version}; ${Object.entries(versions)
      .map(([name, value]) => `${name} ${value}`)
      .join('; ')}`,
    code,
    signed,
    reports,
    rows,
    warnings,
    ...(facts && { store: facts }),
    unchecked: !checked,
  })

  const files: Entry[] = [
    page('summary.txt', `${summary.join('\n')}\n`),
    page('code.svg', codeImage),
    json('configuration.json', configuration(options, store)),
    json('devices.json', deviceStates(options)),
    json('checks.json', reports),
    json('health.json', { rows, warnings }),
    ...(facts ? [json('store.json', facts)] : []),
    ...(read?.traces ?? []).map((trace, index) =>
      json(`traces/${index + 1}-${safeName(trace.device.id)}.json`, trace, linesOf(trace)),
    ),
  ]
  const manifest = json('manifest.json', {
    format: 'quay-can-cuoc/bundle/1',
    created: at.toISOString(),
    program,
    versions,
    ...(view.phase === 'open' && { station: { code: view.code ?? '', name: view.name ?? '' } }),
    phase: view.phase,
    code,
    signed,
    /** How many dossiers the texts of this bundle were compared with; null where they could not be read. */
    comparedWith: checked ? (people?.read ?? 0) : null,
    left,
    files: files.map(({ path, bytes }) => ({ path, size: bytes.length, sha256: sha256(bytes) })),
  })
  const all = [manifest, ...files]
  const name = nameOf(view, at)
  await refusePersonal([...all, { path: 'name', texts: [name] }], people, store)

  const zip = await zipped(all, at)
  const signature = kit && sign(zip, kit, at)
  const file = await writeBoth(folder, name, zip, signature, (digest) => {
    store?.recordAct({ actor: 'technician', window: 'technician', act: `bundle.made:${digest}` })
  })
  return { file, sha256: sha256(zip), code, codeImage, summary, signed }
}

type Entry = Searched & { readonly bytes: Uint8Array }

function page(path: string, text: string): Entry {
  return { path, texts: [text], bytes: Buffer.from(text) }
}

function json(path: string, value: unknown, more: readonly string[] = []): Entry {
  return { path, texts: [...textsIn(value), ...more], bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`) }
}

/** Every key and every value, as text. */
function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)])
  return [String(value)]
}

async function refusePersonal(
  files: readonly Searched[],
  people: Secrets | undefined,
  store: Store | undefined,
): Promise<void> {
  if (!people || !store) return
  const own = ['station.code', 'station.name', 'station.contact'].map((name) => store.setting(name) ?? '')
  const file = await openGate(people.secrets, own).find(files)
  if (file === undefined) return
  // The id of a device can be what is personal in a path.
  const where = file.startsWith('traces/') ? 'traces' : file
  throw new AppError('EXPORT_FAILED', step, { context: { reason: 'personal', file: where } })
}

function sign(zip: Uint8Array, { stationKey, stationCertificate }: SigningKit, at: Date): Uint8Array {
  return toBytes(signDetached(zip, stationKey, parseCertificate(stationCertificate), at))
}

async function refuseMissing(folder: string): Promise<void> {
  const reason = await stat(folder).then(
    (found) => (found.isDirectory() ? undefined : 'ENOTDIR'),
    () => 'ENOENT',
  )
  if (reason !== undefined) throw new AppError('EXPORT_FAILED', step, { context: { reason } })
}

/** Both files, read back, or neither; `record` puts it on record. Gives the path of the ZIP. */
async function writeBoth(
  folder: string,
  name: string,
  zip: Uint8Array,
  signature: Uint8Array | undefined,
  record: (digest: string) => void,
): Promise<string> {
  const digest = sha256(zip)
  const taken = await stat(join(folder, name)).then(
    () => true,
    () => false,
  )
  const path = join(folder, taken ? name.replace(/\.zip$/u, `_${digest.slice(0, 8)}.zip`) : name)
  const beside = `${path}.p7s`
  try {
    if (signature) await writeDurably(beside, [signature], step)
    await writeDurably(path, [zip], step)
    if ((await sha256Of(path)) !== digest)
      throw new AppError('EXPORT_FAILED', step, { context: { reason: 'read-back' } })
    record(digest)
    return path
  } catch (cause) {
    for (const each of [path, beside]) await rm(each, { force: true }).catch(() => {})
    if (cause instanceof AppError && (cause.code === 'DISK_FULL' || cause.code === 'EXPORT_FAILED')) throw cause
    const reason = cause instanceof AppError ? String(cause.context['reason'] ?? '') : 'unknown'
    throw new AppError('EXPORT_FAILED', step, { context: { reason }, cause })
  }
}

function nameOf({ code }: Pick<StationView, 'code'>, at: Date): string {
  const time = at.toISOString().slice(0, 19).replaceAll(/[-:]/gu, '').replace('T', '-')
  return `quay-can-cuoc_${safeName(code ?? 'chua-mo')}_${time}.zip`
}

function safeName(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/gu, '_').slice(0, 60)
}

/** No name of the machine, no name of a user. */
function runtimeVersions(): Readonly<Record<string, string>> {
  const { electron, chrome, node } = process.versions
  return {
    ...(electron !== undefined && { electron }),
    ...(chrome !== undefined && { chrome }),
    node,
    system: `${type()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? '',
    memory: `${Math.round(totalmem() / 2 ** 20)} MB`,
  }
}

function safely<T>(act: () => T, otherwise: T): T {
  try {
    return act()
  } catch {
    return otherwise
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
