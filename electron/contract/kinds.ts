import type { FailureCode } from '#domain/failure/index.ts'
import type { z } from 'zod'

/** A window's role; one window lives in one session and has one role for its whole life. */
export type Role = 'officer' | 'citizen' | 'technician'

export type CallChannel<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly kind: 'call'
  readonly from: readonly Role[]
  readonly input: Input
  readonly output: Output
  /** What the caller must expect beside INTERNAL, BAD_REQUEST and NOT_ALLOWED. */
  readonly errors: readonly FailureCode[]
}

export type EventChannel<Data extends z.ZodType = z.ZodType> = {
  readonly kind: 'event'
  readonly to: readonly Role[]
  readonly data: Data
}

export type Channel = CallChannel | EventChannel

/** A request from a window, answered once. */
export function call<
  const From extends readonly Role[],
  Input extends z.ZodType,
  Output extends z.ZodType,
  const Errors extends readonly FailureCode[],
>(channel: { from: From; input: Input; output: Output; errors: Errors }) {
  return { kind: 'call', ...channel } as const
}

/** News from main to windows. */
export function event<const To extends readonly Role[], Data extends z.ZodType>(channel: { to: To; data: Data }) {
  return { kind: 'event', ...channel } as const
}
