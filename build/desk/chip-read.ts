import { readFile, writeFile } from 'node:fs/promises'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { ChipAccess, ChipExchange, ChipFileTiming } from '#native/capability/card-reader.ts'
import { parseBinding } from '#native/drivers/index.ts'
import { anchorsFromFiles, takeTrustFiles } from './chip-trust.ts'
import { asUsage, given, readWords, UsageError, wanted, type Words } from './command-line.ts'
import type { Command } from './index.ts'
import { withHost } from './with-host.ts'

const device = 'reader'

export const chipRead: Command = async (args, signal) => {
  const { files: trustFiles, rest: others } = takeTrustFiles(args)
  const words = readWords(others, ['reader', 'mrz-file', 'can', 'portrait'], ['timings', 'trace'])
  const [timings, trace, json] = [words['timings'] === true, words['trace'] === true, words['json'] === true]
  const binding = asUsage(() => parseBinding(wanted(words, 'reader'), device))
  if (binding.kind !== 'card-reader') throw new UsageError(`${binding.driver} is no card reader`)
  const access = await readAccess(words)
  const exchanges: ChipExchange[] = []
  const reading = await withHost(
    async (host) => {
      await host.call('devices.bind', { bindings: [binding] }, signal)
      const anchors = await anchorsFromFiles(trustFiles, host)
      return host.call('chip.read', { attempt: 'desk', device, access, anchors, trace }, signal)
    },
    (event) => {
      if (event.name !== 'chipExchange') return
      const { attempt: _attempt, ...exchange } = event.data
      exchanges.push(exchange)
      if (!json) tell(traceLines(exchange))
    },
  ).catch((error: unknown) => {
    // What went over the line is wanted most of all when it did not work; a failure has no place for it.
    if (json) tell(exchanges.flatMap(traceLines))
    throw error
  })
  if (timings && !json) tell(timingTable(reading.timings))
  const portraitFile = given(words, 'portrait')
  // Personal: for the owner's eyes only.
  if (portraitFile !== undefined && reading.portrait)
    await writeFile(portraitFile, reading.portrait.bytes, { mode: 0o600 })
  const { portrait, files, timings: spent, ...rest } = reading
  const value = {
    ...rest,
    ...(timings && { timings: spent }),
    ...(trace && { trace: exchanges }),
    ...(portrait && { portrait: { mediaType: portrait.mediaType, bytes: portrait.bytes.length } }),
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.length])),
  }
  const { unknown: _unknown, ...details } = reading.details
  return {
    value,
    text: [
      ...reading.mrz.lines,
      ...Object.entries(details).map(([name, field]) => `${name.padEnd(16)} ${field}`),
      `trust            ${[reading.trust, reading.verdict?.check, reading.verdict?.group].filter(Boolean).join(' · ')}`,
    ],
  }
}

async function readAccess(words: Words): Promise<ChipAccess> {
  const file = given(words, 'mrz-file')
  const can = given(words, 'can')
  if ((file === undefined) === (can === undefined)) throw new UsageError('either --mrz-file or --can is wanted')
  if (can !== undefined) {
    if (!/^\d{6}$/.test(can)) throw new AppError('CAN_FORMAT', 'desk.chip-read')
    return { kind: 'can', can }
  }
  const path = wanted(words, 'mrz-file')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    throw new UsageError(`${path} cannot be read`)
  }
  return { kind: 'mrz', ...bacInputs(parseMrz(text)) }
}

function tell(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''))
}

function traceLines({ number, command, response, ms }: ChipExchange): string[] {
  return [
    `${String(number).padStart(4)} > ${command}`,
    `${' '.repeat(4)} < ${response ?? 'no answer'}   ${ms.toFixed(1)} ms`,
  ]
}

/** Wire time is all the waiting for reader and card; own time is the rest. */
function timingTable(timings: readonly ChipFileTiming[]): string[] {
  const sum = (of: (timing: ChipFileTiming) => number) => timings.reduce((total, timing) => total + of(timing), 0)
  const total: ChipFileTiming = {
    file: 'total',
    apdus: sum(({ apdus }) => apdus),
    bytes: sum(({ bytes }) => bytes),
    deviceMs: sum(({ deviceMs }) => deviceMs),
    ownMs: sum(({ ownMs }) => ownMs),
  }
  const row = (first: string, ...cells: readonly string[]) =>
    first.padEnd(24) + cells.map((cell) => cell.padStart(10)).join('')
  return [
    row('file', 'APDUs', 'bytes', 'wire ms', 'own ms'),
    ...[...timings, total].map(({ file, apdus, bytes, deviceMs, ownMs }) =>
      row(file, String(apdus), String(bytes), deviceMs.toFixed(1), ownMs.toFixed(1)),
    ),
  ]
}
