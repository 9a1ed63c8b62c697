import { AppError, type FailureCode } from '#domain/failure/index.ts'
import { z } from 'zod'

/** Numbers come as numbers or as text, in one spelling or the other. */
const code = z.union([z.string().max(20), z.number()]).transform(String)
const errorPart = z
  .object({ errorCode: code.optional(), errorcode: code.optional() })
  .transform(({ errorCode, errorcode }) => errorCode ?? errorcode ?? '0')
const error = z.union([errorPart, z.null()]).optional()
const text = z.string().min(1).max(200)
const compact = z.string().max(24_000_000)

export const discovery = z.array(z.object({ error })).max(50)
export const infoAnswer = z.array(z.object({ deviceInfo: compact.optional(), error })).max(50)
export const captureAnswer = z.object({
  biometrics: z
    .array(z.object({ data: z.union([compact, z.null()]).optional(), hash: z.string().max(200).nullish(), error }))
    .max(20)
    .optional(),
  error,
})

export const digitalId = z.object({
  serialNo: text,
  make: text,
  model: text,
  type: text,
  deviceSubType: text,
})
export type DigitalId = z.infer<typeof digitalId>

const listed = <T extends z.ZodType>(one: T) =>
  z.union([z.array(one).max(20), one]).transform((value) => (Array.isArray(value) ? value : [value]))

export const deviceInfo = z.object({
  deviceStatus: text,
  digitalId: compact,
  deviceSubId: listed(z.coerce.number().int()),
  callbackId: z.string().max(200).optional(),
  env: text,
  purpose: text,
  specVersion: listed(text),
})
export type DeviceInfo = z.infer<typeof deviceInfo>

const score = z.coerce.number().min(0).max(100)

export const biometricData = z.object({
  digitalId: compact,
  bioType: text,
  bioSubType: text,
  purpose: text,
  env: text,
  bioValue: compact.regex(/^[A-Za-z0-9_-]+={0,2}$/u),
  transactionId: text,
  timestamp: text,
  qualityScore: score.optional(),
})
export type BiometricData = z.infer<typeof biometricData>

/** Parses JSON that a schema describes; DEVICE_GARBLED otherwise, without what was in it. */
export function parseJson<T extends z.ZodType>(schema: T, bytes: Uint8Array, step: string): z.infer<T> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new AppError('DEVICE_GARBLED', step, { context: { reason: 'json' } })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const at = parsed.error.issues[0]?.path.filter((part) => typeof part === 'string').join('.') ?? ''
  throw new AppError('DEVICE_GARBLED', step, { context: { reason: 'fields', at } })
}

/** Error codes of the specification (and 110, 111 of services in the field). */
const refusals: Readonly<Record<string, readonly [FailureCode, string]>> = {
  100: ['DEVICE_UNTRUSTED', 'not-registered'],
  101: ['NO_FINGER', 'nothing-detected'],
  102: ['DEVICE_REFUSED', 'extraction'],
  103: ['DEVICE_UNTRUSTED', 'tampered'],
  105: ['DEVICE_REFUSED', 'orientation'],
  106: ['DEVICE_GONE', 'not-found'],
  107: ['DEVICE_UNTRUSTED', 'certificate-expired'],
  109: ['DEVICE_REFUSED', 'count'],
  110: ['DEVICE_REFUSED', 'not-ready'],
  111: ['DEVICE_BUSY', 'busy'],
  202: ['DEVICE_GONE', 'not-found'],
}

/** The failure that an error code stands for; nothing for 0. `kind` iris: an eye is no finger. */
export function refusal(
  errorCode: string | null | undefined,
  step: string,
  kind: 'Finger' | 'Iris',
): AppError | undefined {
  if (errorCode === undefined || errorCode === null || errorCode === '0' || errorCode === '') return undefined
  const known = Object.hasOwn(refusals, errorCode) ? refusals[errorCode] : undefined
  const [failure, reason] = known ?? (['DEVICE_REFUSED', 'device-error'] as const)
  const named = failure === 'NO_FINGER' && kind === 'Iris' ? 'DEVICE_REFUSED' : failure
  const told = /^\d{1,6}$/u.test(errorCode) ? { deviceCode: Number(errorCode) } : {}
  return new AppError(named, step, { context: { reason, ...told } })
}
