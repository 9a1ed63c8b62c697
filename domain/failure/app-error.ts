import { failureCodes, isFailureCode, type FailureCode } from './codes.ts'

/** What may stand beside a failure: sizes, states, identifiers of devices. Never personal data, templates or APDUs. */
export type FailureContext = Readonly<Record<string, string | number | boolean>>

/** A failure as it crosses a process or window boundary. */
export type Failure = {
  readonly code: FailureCode
  /** The act that failed, such as `chip.read/DG1`: for the technician, not for the officer. */
  readonly step: string
  readonly retriable: boolean
  readonly context: FailureContext
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: FailureCode
  readonly step: string
  readonly retriable: boolean
  readonly context: FailureContext

  constructor(code: FailureCode, step: string, options: { context?: FailureContext; cause?: unknown } = {}) {
    super(`${code} at ${step}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.step = step
    this.retriable = failureCodes[code].retriable
    this.context = options.context ?? {}
  }

  toFailure(): Failure {
    return { code: this.code, step: this.step, retriable: this.retriable, context: this.context }
  }

  static fromFailure(failure: Failure): AppError {
    return new AppError(failure.code, failure.step, { context: failure.context })
  }
}

/** Any thrown value as a failure. An unknown error becomes INTERNAL and its message, which may quote data, is dropped. */
export function toFailure(error: unknown, step: string): Failure {
  if (error instanceof AppError) return error.toFailure()
  if (error instanceof Error && error.name === 'AbortError') return new AppError('CANCELLED', step).toFailure()
  return new AppError('INTERNAL', step).toFailure()
}

/** True for a value that another process sent as a failure. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && isFailureCode(value.code)
}
