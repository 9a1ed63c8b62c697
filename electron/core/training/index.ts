import type { Handlers } from '#core/answer.ts'
import { AppError } from '#domain/failure/index.ts'

export type { LessonDesk, Training } from './lessons.ts'

export type TrainingCalls = 'lessons' | 'lesson' | 'startLesson' | 'leaveLesson' | 'useHands'

/** A station teaches nobody: there is no simulated device to teach with. */
export const noTraining: Pick<Handlers, TrainingCalls> = {
  lessons: refuse,
  lesson: refuse,
  startLesson: refuse,
  leaveLesson: refuse,
  useHands: refuse,
}

function refuse(): never {
  throw new AppError('NOT_TRAINING', 'training')
}
