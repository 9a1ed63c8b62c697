import type { DeviceStatus } from '#native/capability/device.ts'
import type { DeviceTrace, LineTracer } from '#native/capability/trace.ts'
import { checkRedaction, maskAgain } from './redaction.ts'
import type { TraceRing } from './ring.ts'

/**
 * What a ring holds. Without `after` it is the whole, as it is exported: masked once more, since the beginning of an
 * exchange may have dropped out, and checked; INTERNAL if something of it is not masked.
 */
export function readTrace(
  { id, kind, driver, transport, model }: DeviceStatus,
  ring: TraceRing,
  trace: (() => LineTracer) | undefined,
  after?: number,
): DeviceTrace {
  const read: DeviceTrace = {
    format: 'quay-can-cuoc/trace/1',
    device: { id, kind, driver, transport, ...(model !== undefined && { model }) },
    since: ring.since,
    running: ring.running,
    entries: ring.entries(after),
  }
  if (after !== undefined) return read
  const whole = trace ? { ...read, entries: maskAgain(read.entries, trace()) } : read
  checkRedaction(whole, 'INTERNAL')
  return whole
}
