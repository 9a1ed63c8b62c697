import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { vaultExists } from '#core/access/index.ts'
import { openDiagnostics, stationSubjects, type Diagnostics } from '#core/diagnostics/index.ts'
import { readCentre } from '#core/diagnostics/centre.ts'
import { openStation } from '#core/station/index.ts'
import { subjects, type CheckReport } from '#domain/diagnosis/index.ts'
import { AppError, toFailure } from '#domain/failure/index.ts'
import { given, readWords, UsageError, wanted, type Words } from './command-line.ts'
import { devices } from './devices.ts'
import { diagnosisText, subjectLines } from './diagnosis-text.ts'
import { failureText } from './failure-text.ts'
import type { Command } from './index.ts'
import { askPassphrase, passphraseComes, passphraseWanted } from './passphrase.ts'

const stationWords = ['data', 'centre', 'ca'] as const
const largestCa = 65_536

/** `diagnose`: what can be tested, the station's own tests and what is bound. Devices are tested by `diagnose device ID`. */
export const diagnose: Command = async (args, signal) => {
  const words = readWords(args, [...stationWords, 'devices'])
  const reports = await withStation(words, signal, (diagnostics) => diagnostics.check())
  const bound = join(dataFolderOf(words), 'devices.json')
  const file = given(words, 'devices') ?? (existsSync(bound) ? bound : undefined)
  const listed = await devices(file === undefined ? [] : ['--devices', file], signal).catch(async (error: unknown) => {
    if (error instanceof UsageError || signal.aborted) throw error
    return { value: [], text: await failureText(toFailure(error, 'diagnose.devices')) }
  })
  return {
    value: { subjects, reports, devices: listed.value },
    text: [...(await subjectLines()), '', ...(await diagnosisText(reports)), ...listed.text],
    failed: anyFails(reports),
  }
}

/** `diagnose station` */
export const diagnoseStation: Command = async (args, signal) => {
  const words = readWords(args, [...stationWords, 'only'])
  const only = given(words, 'only')?.split(',')
  const known = stationSubjects.filter((each) => only?.includes(each) ?? true)
  if (only && known.length !== new Set(only).size)
    throw new UsageError(`--only wants some of ${stationSubjects.join(',')}`)
  const reports = await withStation(words, signal, (diagnostics) => diagnostics.check(known))
  return { value: reports, text: await diagnosisText(reports), failed: anyFails(reports) }
}

/** `diagnose centre`: tells, or sets, where files will go and whose certificates are trusted there. */
export const diagnoseCentre: Command = async (args, signal) => {
  const [first] = args
  const address = first === undefined || first.startsWith('-') ? undefined : first
  const words = readWords(address === undefined ? args : args.slice(1), ['data', 'ca'])
  const folder = wanted(words, 'data')
  if (!vaultExists(join(folder, 'station'))) throw new UsageError(`${folder} holds no station`)
  // Kept in the store: without the passphrase there is nothing to tell.
  if (!passphraseComes()) throw new UsageError(passphraseWanted)
  const value = await withStation({ ...words, ca: undefined }, signal, async ({ handlers, setAuthorities }) => {
    const ca = await readCa(words)
    if (address !== undefined) await handlers.setCentre({ address: address === 'none' ? '' : checked(address) })
    if (ca !== undefined) setAuthorities(ca)
    return handlers.centre({})
  })
  return { value, text: [value.address === '' ? 'no centre is set' : value.address] }
}

const anyFails = (reports: readonly CheckReport[]) => reports.some(({ verdict }) => verdict === 'fails')

function checked(address: string): string {
  try {
    readCentre(address)
    return address
  } catch {
    throw new UsageError('a centre is https://host[:port]/path, without a name, a password or a query')
  }
}

function dataFolderOf(words: Words): string {
  return given(words, 'data') ?? process.cwd()
}

async function withStation<T>(words: Words, signal: AbortSignal, act: (on: Diagnostics) => Promise<T>): Promise<T> {
  const dataFolder = dataFolderOf(words)
  if (!(await stat(dataFolder).catch(() => undefined))?.isDirectory())
    throw new UsageError(`${dataFolder} is not a folder`)
  const clock = () => new Date()
  const ca = await readCa(words)
  const centre = given(words, 'centre')
  const station = openStation({ dataFolder, clock, onOpen: () => {} })
  const diagnostics = openDiagnostics({
    dataFolder,
    clock,
    station,
    keeps: vaultExists(station.folder),
    ...(centre !== undefined && { centre: checked(centre) }),
    ...(ca !== undefined && { authorities: [ca] }),
  })
  const stop = () => diagnostics.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await unlock(station, signal)
    return await act(diagnostics)
  } finally {
    signal.removeEventListener('abort', stop)
    station.close()
  }
}

/** Without the passphrase, and beside a running program, some tests are left out: said on standard error. */
async function unlock(station: ReturnType<typeof openStation>, signal: AbortSignal): Promise<void> {
  if (!vaultExists(station.folder)) return
  if (!passphraseComes()) return tell('no passphrase: keys, database and backlog are not tested')
  try {
    await station.unlock(await askPassphrase(signal))
  } catch (error) {
    if (station.view().phase !== 'failed') throw error
    tell(`the store does not open (${toFailure(error, 'diagnose').code}): keys and backlog are not tested`)
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function readCa(words: Words): Promise<string | undefined> {
  const path = given(words, 'ca')
  if (path === undefined || path === 'none') return path === undefined ? undefined : ''
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined || text.length > largestCa) throw new UsageError(`${path} cannot be read`)
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new AppError('CERTIFICATE_UNREADABLE', 'diagnose.ca', { context: { what: 'form' } })
  return text
}
