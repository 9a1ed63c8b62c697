import { readFile, writeFile } from 'node:fs/promises'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { ChipAccess } from '#native/capability/card-reader.ts'
import { parseBinding } from '#native/drivers/index.ts'
import { anchorsFromFiles, takeTrustFiles } from './chip-trust.ts'
import { asUsage, given, readWords, UsageError, wanted, type Words } from './command-line.ts'
import type { Command } from './index.ts'
import { withHost } from './with-host.ts'

const device = 'reader'

export const chipRead: Command = async (args, signal) => {
  const { files: trustFiles, rest: others } = takeTrustFiles(args)
  const words = readWords(others, ['reader', 'mrz-file', 'can', 'portrait'])
  const binding = asUsage(() => parseBinding(wanted(words, 'reader'), device))
  if (binding.kind !== 'card-reader') throw new UsageError(`${binding.driver} is no card reader`)
  const access = await readAccess(words)
  const reading = await withHost(async (host) => {
    await host.call('devices.bind', { bindings: [binding] }, signal)
    const anchors = await anchorsFromFiles(trustFiles, host)
    return host.call('chip.read', { attempt: 'desk', device, access, anchors }, signal)
  })
  const portraitFile = given(words, 'portrait')
  // Personal: for the owner's eyes only.
  if (portraitFile !== undefined && reading.portrait)
    await writeFile(portraitFile, reading.portrait.bytes, { mode: 0o600 })
  const { portrait, files, ...rest } = reading
  const value = {
    ...rest,
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
