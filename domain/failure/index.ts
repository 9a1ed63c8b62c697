export { AppError, isFailure, toFailure, type Failure, type FailureContext, type Result } from './app-error.ts'
export { failureCodes, isFailureCode, type FailureCode } from './codes.ts'
