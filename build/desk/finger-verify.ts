import { readFile, writeFile } from 'node:fs/promises'
import { singleSteps, verificationDemand, type SingleStep } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { parseBinding } from '#native/drivers/index.ts'
import { asUsage, given, numberWithin, readWords, UsageError, wanted } from './command-line.ts'
import { enrolFinger } from './enrol-finger.ts'
import type { Command } from './index.ts'
import { joinTemplates, splitTemplates } from './template-file.ts'
import { withHost } from './with-host.ts'

const device = 'reader'
/** Templates are personal. */
const ownerOnly = { mode: 0o600 }

/** One finger on any reader: its templates into a file, or the finger against those of a file. */
export const fingerVerify: Command = async (args, signal) => {
  const words = readWords(args, ['device', 'enrol', 'against', 'step', 'times', 'quality', 'patience'])
  const binding = asUsage(() => parseBinding(wanted(words, 'device'), device))
  if (binding.kind !== 'fingerprint-scanner') throw new UsageError(`${binding.driver} is no fingerprint scanner`)
  const [enrol, against] = [given(words, 'enrol'), given(words, 'against')]
  if ((enrol === undefined) === (against === undefined)) throw new UsageError('one of --enrol and --against is wanted')
  const demand = {
    ...verificationDemand,
    minimumQuality: numberWithin(words, 'quality', 0, 100, verificationDemand.minimumQuality),
    patienceMs: 1000 * numberWithin(words, 'patience', 0, 600, verificationDemand.patienceMs / 1000),
  }
  if (against !== undefined) return verify(binding, against, demand, signal)

  const file = wanted(words, 'enrol')
  const step = readSingleStep(given(words, 'step') ?? 'flat-right-index')
  const times = Math.round(numberWithin(words, 'times', 1, 10, 1))
  const enrolled = await enrolFinger({ binding, step, times, ...demand }, signal)
  await writeFile(file, joinTemplates(enrolled.map(({ template }) => template)), ownerOnly)
  const templates = enrolled.map(({ minutiae, quality }) => ({ minutiae, quality }))
  return {
    value: { file, step, templates },
    text: templates.map(({ minutiae, quality }) => `quality ${quality}, ${minutiae} minutiae → ${file}`),
  }
}

async function verify(
  binding: DeviceBinding,
  file: string,
  demand: typeof verificationDemand,
  signal: AbortSignal,
): ReturnType<Command> {
  const templates = splitTemplates(await read(file)).map((template, at) => ({ key: String(at + 1), template }))
  const { match, quality } = await withHost(async (host) => {
    await host.call('devices.bind', { bindings: [binding] }, signal)
    return host.call('finger.verify', { attempt: 'desk', device, templates, ...demand }, signal)
  })
  if (!match) throw new AppError('FINGER_DIFFERS', 'desk.finger-verify', { context: { templates: templates.length } })
  const { key, score } = match
  return {
    value: { same: true, template: Number(key), score, quality },
    text: [`same finger as template ${key} of ${file}: score ${Math.round(score)}, quality ${Math.round(quality)}`],
  }
}

async function read(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw new UsageError(`${file} cannot be read`)
  })
}

function readSingleStep(text: string): SingleStep {
  const step = singleSteps.find((known) => known === text)
  if (!step) throw new UsageError(`no step '${text}'; there is: ${singleSteps.join(', ')}`)
  return step
}
