import { mkdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { vaultExists } from '#core/access/index.ts'
import { readBindings } from '#core/devices/bindings.ts'
import type { DeviceHost } from '#core/devices/index.ts'
import { decodeSupportCode, makeBundle, type SupportFacts } from '#core/diagnostics/bundle/index.ts'
import { keepChecks, ofStation } from '#core/diagnostics/kept-checks.ts'
import { readHealth } from '#core/diagnostics/health/index.ts'
import { openStation, type Station } from '#core/station/index.ts'
import { AppError, toFailure } from '#domain/failure/index.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import { given, readWords, UsageError, wanted } from './command-line.ts'
import { readBindings as readNamed } from './devices.ts'
import { verdictText } from './diagnosis-text.ts'
import type { Command } from './index.ts'
import { askPassphrase, passphraseComes } from './passphrase.ts'
import { withHost } from './with-host.ts'

/** A device that is still being opened after so long is told as that. Milliseconds. */
const patience = 15_000

/** `diagnose bundle --out DIR [--data DIR] [--devices FILE]` */
export const diagnoseBundle: Command = async (args, signal) => {
  const words = readWords(args, ['out', 'data', 'devices'])
  const folder = resolve(wanted(words, 'out'))
  const dataFolder = resolve(given(words, 'data') ?? process.cwd())
  if (!(await stat(dataFolder).catch(() => undefined))?.isDirectory())
    throw new UsageError(`${dataFolder} is not a folder`)
  await mkdir(folder, { recursive: true }).catch(() => {
    throw new UsageError(`${folder} cannot be made`)
  })
  const clock = () => new Date()
  const named = given(words, 'devices')
  const bindings =
    named === undefined ? readBindings(join(dataFolder, 'devices.json')) : await readNamed(named, undefined)
  const reports = ofStation(await keepChecks(join(dataFolder, 'checks.json')).all(), bindings)
  const program = { name: 'quay-can-cuoc (desk)', version: await ownVersion() }
  const health = readHealth(dataFolder, clock())
  const station = openStation({ dataFolder, clock, onOpen: () => {} })
  try {
    await unlock(station, signal)
    const value = await withDevices(bindings, signal, (host, devices) =>
      makeBundle({ folder, clock, program, station, bindings, devices, displays: [], reports, health, host }),
    ).catch((error: unknown) => {
      // Which file of the bundle, for a technician to look at what its text comes from; the text itself is not told.
      if (error instanceof AppError && error.context['reason'] === 'personal')
        process.stderr.write(
          `${String(error.context['file'])} would hold something about a person: nothing was written\n`,
        )
      throw error
    })
    const { file, sha256, signed, summary } = value
    return {
      value,
      text: [...summary, '', file, `SHA-256 ${sha256}`, signed ? `${file}.p7s` : 'Không có chữ ký (not signed)'],
    }
  } finally {
    station.close()
  }
}

/** `diagnose code CODE`: what a code that was read over the phone tells. */
export const diagnoseCode: Command = async (args) => {
  const unknown = args.find((word) => word.startsWith('--') && word !== '--json')
  if (unknown !== undefined) throw new UsageError('only --json goes with a CODE')
  const code = args.filter((word) => !word.startsWith('--')).join('')
  if (code === '') throw new UsageError('a CODE is wanted')
  const value = decoded(code)
  const verdictOf = await verdictText()
  const told = value.subjects.flatMap(({ subject, verdict, cause }) =>
    verdictOf({ subject, verdict, found: cause === undefined ? [] : [{ cause }] }),
  )
  return {
    value,
    text: [`quay-can-cuoc ${value.version}`, ...(told.length > 0 ? told : ['Chưa kiểm tra gì (nothing was tested)'])],
  }
}

function decoded(code: string): SupportFacts {
  try {
    return decodeSupportCode(code)
  } catch (error) {
    const reason = error instanceof AppError ? String(error.context['reason']) : ''
    throw new UsageError(`${refusals[reason] ?? 'this is no code'}: please have it read once more`)
  }
}

const refusals: Readonly<Record<string, string>> = {
  letter: 'there are no such letters in a code (I, L, O and U are none)',
  length: 'letters are missing, or there are too many',
  check: 'a letter was heard wrongly',
  format: 'the code is of another version of the program',
}

/** Without a passphrase, and beside a running program, the bundle is made without the store. */
async function unlock(station: Station, signal: AbortSignal): Promise<void> {
  if (!vaultExists(station.folder)) return
  if (!passphraseComes()) return tell('no passphrase: the bundle will not be signed, and without traces')
  try {
    await station.unlock(await askPassphrase(signal))
  } catch (error) {
    if (station.view().phase !== 'failed') throw error
    tell(`the store does not open (${toFailure(error, 'diagnose').code}): the bundle will not be signed`)
  }
}

async function withDevices<T>(
  bindings: readonly DeviceBinding[],
  signal: AbortSignal,
  act: (host: DeviceHost, devices: readonly DeviceStatus[]) => Promise<T>,
): Promise<T> {
  const seen = new Map<string, DeviceStatus>()
  let look = () => {}
  return withHost(
    async (host) => {
      const bound = bindings.filter(({ transport }) => transport !== 'browser')
      for (const status of await host.call('devices.bind', { bindings: bound }, signal))
        if (!seen.has(status.id)) seen.set(status.id, status)
      await new Promise<void>((done, reject) => {
        const timer = setTimeout(done, patience)
        look = () => {
          if ([...seen.values()].some(({ state }) => state === 'opening')) return
          clearTimeout(timer)
          done()
        }
        look()
        signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'diagnose.bundle')), { once: true })
      })
      return act(host, [...seen.values()])
    },
    (event) => {
      if (event.name !== 'deviceChanged') return
      seen.set(event.data.id, event.data)
      look()
    },
  )
}

async function ownVersion(): Promise<string> {
  const path = join(import.meta.dirname, '../../package.json')
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
