import { AppError } from '#domain/failure/index.ts'
import { deviceKinds, transportKinds } from '#native/capability/device.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'
import { z } from 'zod'
import { checkRedaction } from './redaction.ts'

/** Bytes of a file, entries in it, and bytes of one frame. */
export const traceFileLimits = { bytes: 20 * 1024 * 1024, entries: 5000, frame: 200_000 } as const
/** A file, its entries, and nothing within them. */
const deepest = 3
const step = 'trace.import'

/** Shown as it is, perhaps in a terminal: nothing that is invisible, moves or turns. */
const isVisible = (value: string) => !/[\p{C}\u2028\u2029]/u.test(value)
const text = z.string().max(200).refine(isVisible)
const frame = z.strictObject({
  n: z.int().positive(),
  at: z.number().nonnegative().max(1e10),
  way: z.enum(['out', 'in']),
  hex: z
    .string()
    .max(2 * traceFileLimits.frame)
    .regex(/^(?:[0-9A-F]{2})*$/u),
  name: text,
  detail: z.string().max(2000).refine(isVisible).exactOptional(),
  fault: z.enum(['garbage', 'checksum', 'cut']).exactOptional(),
  masked: z.int().nonnegative().exactOptional(),
  times: z.int().min(2).max(1_000_000).exactOptional(),
})
const event = z.strictObject({
  n: z.int().positive(),
  at: z.number().nonnegative().max(1e10),
  event: z.enum(['opened', 'refused', 'closed', 'unplugged', 'failed', 'mark']),
  text: text.exactOptional(),
})
const traceFile = z.strictObject({
  format: z.literal('quay-can-cuoc/trace/1'),
  device: z.strictObject({
    id: z.string().min(1).max(100).refine(isVisible),
    kind: z.enum(deviceKinds),
    driver: z.string().max(60),
    transport: z.enum(transportKinds),
    model: text.exactOptional(),
  }),
  since: z.iso.datetime(),
  running: z.boolean(),
  entries: z
    .array(z.union([frame, event]))
    .max(traceFileLimits.entries)
    .readonly(),
})

/** Looked at before it is parsed: millions of small things, or one in another, take far more room than their text. */
function isShallow(file: Uint8Array): boolean {
  let [depth, objects, inText] = [0, 0, false]
  for (let at = 0; at < file.length; at++) {
    const byte = file[at]
    if (inText) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) inText = false
    } else if (byte === 0x22) inText = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > deepest || ++objects > traceFileLimits.entries + deepest) return false
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return true
}

/**
 * Reads an exported trace, which may come from anybody. Nothing of it is run or written. BAD_REQUEST with a `reason`:
 * `too-large`, `not-json`, `format`, `order`, or what the redaction check says.
 */
export function parseTraceFile(file: Uint8Array): DeviceTrace {
  const refuse = (reason: string, cause?: unknown) =>
    new AppError('BAD_REQUEST', step, { context: { reason }, ...(cause !== undefined && { cause }) })
  if (file.length > traceFileLimits.bytes) throw refuse('too-large')
  if (!isShallow(file)) throw refuse('format')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file))
  } catch {
    throw refuse('not-json')
  }
  const parsed = traceFile.safeParse(value)
  if (!parsed.success) throw refuse('format')
  const trace: DeviceTrace = parsed.data
  let [n, at] = [0, 0]
  for (const entry of trace.entries) {
    if (entry.n <= n || entry.at < at) throw refuse('order')
    n = entry.n
    at = entry.at
  }
  checkRedaction(trace)
  return trace
}
