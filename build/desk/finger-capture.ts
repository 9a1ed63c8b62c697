import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { captureSteps, fingerPositions, type CaptureStep } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { parseBinding } from '#native/drivers/index.ts'
import { asUsage, numberWithin, readWords, UsageError, wanted } from './command-line.ts'
import type { Command } from './index.ts'
import { withHost } from './with-host.ts'

const device = 'scanner'
/** Prints are personal. */
const ownerOnly = { mode: 0o600 }

export const fingerCapture: Command = async (args, signal) => {
  const words = readWords(args, ['device', 'step', 'out', 'quality', 'patience'])
  const binding = asUsage(() => parseBinding(wanted(words, 'device'), device))
  if (binding.kind !== 'fingerprint-scanner') throw new UsageError(`${binding.driver} is no fingerprint scanner`)
  const step = readStep(wanted(words, 'step'))
  const out = wanted(words, 'out')
  const minimumQuality = numberWithin(words, 'quality', 0, 100, 40)
  const patienceMs = 1000 * numberWithin(words, 'patience', 0, 600, 30)

  const capture = await withHost(async (host) => {
    await host.call('devices.bind', { bindings: [binding] }, signal)
    return host.call(
      'finger.capture',
      { attempt: 'desk', device, step, minimumQuality, framesBeforeShot: 3, patienceMs },
      signal,
    )
  })
  const { fgp } = captureSteps[step]
  const fingers = capture.fingers.map(({ png, ...finger }) => {
    const code = fingerPositions[finger.position]
    const name = `${String(code).padStart(2, '0')}-${finger.position}`
    return { ...finger, fgp: code, file: `${name}.png`, templateFile: `${name}.fmr`, png }
  })
  const value = {
    step,
    fgp,
    minimumQuality,
    width: capture.width,
    height: capture.height,
    dpi: capture.dpi,
    file: 'slap.png',
    fingers: fingers.map(({ png: _png, template: _template, ...finger }) => finger),
    missing: capture.missing,
    ...(capture.problem && { problem: capture.problem }),
  }
  await mkdir(out, { recursive: true })
  await writeFile(join(out, 'slap.png'), capture.png, ownerOnly)
  for (const { file, png, templateFile, template } of fingers) {
    await writeFile(join(out, file), png, ownerOnly)
    await writeFile(join(out, templateFile), template, ownerOnly)
  }
  await writeFile(join(out, 'quality.json'), `${JSON.stringify(value, null, 2)}\n`, ownerOnly)

  // The files are there all the same: what was taken may be looked at.
  const missing = captureSteps[step].fingers.length - fingers.length
  if (missing > 0) throw new AppError('FINGERS_MISSING', 'desk.finger-capture', { context: { missing } })
  const low = fingers.filter(({ quality }) => quality < minimumQuality).length
  if (low > 0) throw new AppError('LOW_QUALITY', 'desk.finger-capture', { context: { fingers: low } })
  return {
    value,
    text: value.fingers.map(({ file, quality }) => `${String(Math.round(quality)).padStart(3)} ${join(out, file)}`),
  }
}

function readStep(text: string): CaptureStep {
  if (Object.hasOwn(captureSteps, text)) return text as CaptureStep
  throw new UsageError(`no step '${text}'; there is: ${Object.keys(captureSteps).join(', ')}`)
}
