import { AppError, type FailureCode } from '#domain/failure/index.ts'
import { acknowledges } from './codec.ts'

/** What an acknowledge code means to the program. A code that is not here is one that no manual names. */
const failures: Readonly<Record<number, FailureCode>> = {
  // The module says so of the command that came, or of the picture's way to it.
  [acknowledges.receiveError]: 'DEVICE_GARBLED',
  [acknowledges.noFinger]: 'NO_FINGER',
  [acknowledges.captureFailed]: 'LOW_QUALITY',
  [acknowledges.messy]: 'LOW_QUALITY',
  [acknowledges.fewFeatures]: 'LOW_QUALITY',
  [acknowledges.differs]: 'FINGER_DIFFERS',
  [acknowledges.notFound]: 'FINGER_DIFFERS',
  [acknowledges.combineFailed]: 'FINGER_DIFFERS',
  [acknowledges.cannotSend]: 'DEVICE_REFUSED',
  [acknowledges.wrongPassword]: 'DEVICE_REFUSED',
  [acknowledges.noImage]: 'NO_FINGER',
  [acknowledges.flashError]: 'DEVICE_REFUSED',
  [acknowledges.verifyFirst]: 'DEVICE_REFUSED',
}

/** The failure that an acknowledge code other than 00 stands for. */
export function acknowledgeFailure(acknowledge: number, step: string): AppError {
  return new AppError(failures[acknowledge] ?? 'DEVICE_REFUSED', step, { context: { acknowledge } })
}
