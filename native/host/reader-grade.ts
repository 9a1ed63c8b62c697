import type { CaptureStep } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { ReaderFacts } from '#native/capability/fingerprint-reader.ts'

type Abilities = Partial<Pick<ReaderFacts, 'grade' | 'steps'>>

/** Stands for one finger laid down, whichever it is. */
export const verifyStep: CaptureStep = 'flat-right-index'

/** Throws DEVICE_GRADE when the prints of a reader are not fit for the card, or it cannot make this capture. */
export function refuseForCard({ grade, steps }: Abilities, step: CaptureStep): void {
  if (grade === 'enrolment' && (steps?.includes(step) ?? true)) return
  throw new AppError('DEVICE_GRADE', 'finger.capture', { context: { grade: grade ?? 'unknown', step } })
}

/** A capture of one flat finger that a reader can make. Throws DEVICE_GRADE when there is none. */
export function singleFlatStep({ steps }: Abilities): CaptureStep {
  if (!steps || steps.includes(verifyStep)) return verifyStep
  const other = steps.find((step) => step.startsWith('flat-'))
  if (!other) throw new AppError('DEVICE_GRADE', 'finger.verify', { context: { step: verifyStep } })
  return other
}
