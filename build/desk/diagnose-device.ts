import { dirname, resolve } from 'node:path'
import { stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { DeviceHost, HostEvent } from '#core/devices/index.ts'
import { reportOfDevice } from '#core/diagnostics/device-report.ts'
import { writeTrace } from '#core/diagnostics/trace-export.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { AppError } from '#domain/failure/index.ts'
import { given, numberWithin, readWords, UsageError, wanted, type Words } from './command-line.ts'
import { readBindings } from './devices.ts'
import { diagnosisText, promptText } from './diagnosis-text.ts'
import type { Command } from './index.ts'
import { withHost } from './with-host.ts'

const deviceWords = ['devices', 'device'] as const
const attempt = 'desk'

/**
 * The guided test of one device: `ID [--devices FILE] [--trace FILE]`, or `--device DRIVER:ADDRESS`. What a person must
 * do is said on standard error; an empty line from standard input says that it was done.
 */
export const diagnoseDevice: Command = async (args, signal) => {
  const { id, words } = read(args, [...deviceWords, 'trace'])
  const device = await bindingOf(id, words)
  const file = await fileIn(given(words, 'trace'))
  const sentences = await promptText()
  let host: DeviceHost | undefined
  const stopListening = onEnter(() => void host?.call('device.checkOn', { attempt }).catch(() => {}))
  const show = ({ name, data }: HostEvent) => {
    if (name === 'checkProgress' && data.prompt !== 'nothing') tell(sentences(data.prompt))
  }
  try {
    const report = await withHost(async (started) => {
      host = started
      await started.call('devices.bind', { bindings: [device] }, signal)
      const done = await reportOfDevice({ host: started, clock: () => new Date(), attempt, device, signal })
      if (file !== undefined) await writeTrace(await started.call('trace.read', { device: device.id }, signal), file)
      return done
    }, show)
    return { value: report, text: await diagnosisText([report]), failed: report.verdict === 'fails' }
  } finally {
    stopListening()
  }
}

/** What goes over the line of one device for so many seconds, or until an empty line, into a file. */
export const diagnoseTrace: Command = async (args, signal) => {
  const { id, words } = read(args, [...deviceWords, 'seconds', 'out'])
  const device = await bindingOf(id, words)
  const seconds = numberWithin(words, 'seconds', 1, 3600, 10)
  const file = (await fileIn(wanted(words, 'out'))) ?? ''
  const enough = new AbortController()
  const stopListening = onEnter(() => enough.abort())
  try {
    const trace = await withHost(async (host) => {
      await host.call('devices.bind', { bindings: [device] }, signal)
      await elapsed(seconds * 1000, enough.signal, signal)
      const read = await host.call('trace.read', { device: device.id }, signal)
      await writeTrace(read, file)
      return read
    })
    const entries = trace.entries.length
    return { value: { file, device: trace.device, since: trace.since, entries }, text: [`${file}  ${entries}`] }
  } finally {
    stopListening()
  }
}

function read(args: readonly string[], names: readonly string[]): { readonly id?: string; readonly words: Words } {
  const [first] = args
  const named = first !== undefined && !first.startsWith('-')
  const words = readWords(named ? args.slice(1) : args, names)
  return { ...(named && { id: first }), words }
}

/** Without an id the only one there is. Cameras of the browser are tested by the window. */
async function bindingOf(id: string | undefined, words: Words): Promise<DeviceBinding> {
  const all = await readBindings(given(words, 'devices'), given(words, 'device'))
  const mine = all.filter(({ transport }) => transport !== 'browser')
  const [found, ...more] = id === undefined ? mine : mine.filter((each) => each.id === id)
  if (found && more.length === 0) return found
  const known = mine.map((each) => each.id).join(', ')
  throw new UsageError(`which device? ${known === '' ? 'there is none; see --devices and --device' : known}`)
}

/** Refused before anybody has to do anything. */
async function fileIn(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined
  const folder = dirname(resolve(path))
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new UsageError(`${folder} is not a folder`)
  return resolve(path)
}

function onEnter(act: () => void): () => void {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', act)
  return () => {
    lines.close()
    process.stdin.destroy()
  }
}

function elapsed(ms: number, enough: AbortSignal, cancelled: AbortSignal): Promise<void> {
  return new Promise((resolveNow, reject) => {
    const timer = setTimeout(resolveNow, ms)
    const end = (settle: () => void) => () => {
      clearTimeout(timer)
      settle()
    }
    enough.addEventListener('abort', end(resolveNow), { once: true })
    const stop = end(() => reject(new AppError('CANCELLED', 'diagnose.trace')))
    if (cancelled.aborted) return stop()
    cancelled.addEventListener('abort', stop, { once: true })
  })
}

function tell(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`)
}
