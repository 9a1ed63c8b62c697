import type { DeviceHost } from '#core/devices/index.ts'
import {
  causeOfTrouble,
  subjects,
  verdictOf,
  type CheckReport,
  type Figures,
  type Found,
} from '#domain/diagnosis/index.ts'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { DeviceChecked } from '#native/capability/checks.ts'
import type { DeviceBinding } from '#native/capability/device.ts'

const step = 'device.check'
/** Of the request, not of the device. */
const ofTheCall: ReadonlySet<FailureCode> = new Set([
  'HOST_GONE',
  'CANCELLED',
  'DEVICE_UNKNOWN',
  'DEVICE_BUSY',
  'INTERNAL',
  'BAD_REQUEST',
])

/**
 * Runs the guided test of a bound device in the device process; its prompts come as `checkProgress` of the attempt.
 * Whatever is wrong with the device is in the report. HOST_GONE, CANCELLED, DEVICE_UNKNOWN, DEVICE_BUSY.
 */
export async function reportOfDevice(wish: {
  readonly host: Pick<DeviceHost, 'call'>
  readonly clock: () => Date
  readonly attempt: string
  readonly device: Pick<DeviceBinding, 'id' | 'kind'>
  readonly signal: AbortSignal
}): Promise<CheckReport> {
  const { host, clock, attempt, device, signal } = wish
  const subject = subjects.find((each) => each === device.kind)
  if (!subject) throw new AppError('DEVICE_UNKNOWN', step, { context: { device: device.id } })
  const begun = performance.now()
  const { figures, found } = await host.call('device.check', { attempt, device: device.id }, signal).catch(asFound)
  return {
    subject,
    device: device.id,
    verdict: verdictOf(found),
    found: found.map(tidy),
    figures: measured(figures),
    at: clock().toISOString(),
    took: Math.round(performance.now() - begun),
  }
}

function asFound(error: unknown): DeviceChecked {
  if (!(error instanceof AppError) || ofTheCall.has(error.code)) throw error
  return { figures: {}, found: [{ cause: causeOfTrouble({ code: error.code, during: 'opening' }) }] }
}

function tidy({ cause, figures }: Found): Found {
  return figures ? { cause, figures: measured(figures) } : { cause }
}

/** A figure that is no number was not measured; JSON could not keep it either. */
function measured(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)))
}
