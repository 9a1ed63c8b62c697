import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { HostCallName } from '#native/capability/host.ts'

/** A call about one device, as it ended. */
export type HostAct = {
  readonly device: string
  readonly call: HostCallName
  /** Milliseconds from the request to the answer. */
  readonly ms: number
  readonly ok: boolean
  readonly code?: FailureCode
  /** What it was for, so that another try of the same can be told from the next: a capture step, a visit. Not to be kept. */
  readonly purpose?: string
}

/** Undefined for calls that concern no single device. */
export function actOf(
  call: HostCallName,
  input: unknown,
  ms: number,
  outcome: { readonly value: unknown } | { readonly error: unknown },
): HostAct | undefined {
  const { device, step, visit } = input as Readonly<Record<string, unknown>>
  if (typeof device !== 'string') return undefined
  const purpose = typeof step === 'string' ? step : visit
  return {
    device,
    call,
    ms,
    ...('value' in outcome
      ? { ok: true }
      : { ok: false, code: outcome.error instanceof AppError ? outcome.error.code : 'INTERNAL' }),
    ...(typeof purpose === 'string' && { purpose }),
  }
}
