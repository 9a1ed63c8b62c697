import type { LessonView } from '#contract/index.ts'
import { handActs, lessons, type HandAct, type LessonId } from '#domain/training/index.ts'

/** What a beginner needs for a lesson, in minutes; the score knows no clock. */
export const lessonMinutes: Readonly<Record<LessonId, number>> = {
  'first-adult': 12,
  'worn-hands': 12,
  child: 8,
  'lost-card': 10,
}

/** 1-based, in the order in which the lessons are best taken. */
export function lessonNumber(lesson: LessonId): number {
  return lessons.indexOf(lesson) + 1
}

/** Whoever brings a card is not asked what stands on it. */
export function bringsCard(lesson: LessonId): boolean {
  return lesson === 'first-adult' || lesson === 'worn-hands'
}

/** Pressed with Alt, which no screen of the officer's uses: the same digit for the same act in every lesson. */
export function handDigit(act: HandAct): number {
  return (handActs.indexOf(act) + 1) % 10
}

/** Of the lessons: the first that was never taken, else the first with a point missed, else none. */
export function lessonToTake(
  taken: readonly { readonly lesson: LessonId; readonly best?: number }[],
): LessonId | undefined {
  const open = taken.find(({ best }) => best === undefined) ?? taken.find(({ best = 0 }) => best < 1)
  return open?.lesson
}

/** Points reached and missed, in the order in which a visit meets them. */
export function resultOf({ points }: NonNullable<LessonView['score']>) {
  return {
    reached: points.filter(({ reached }) => reached).map(({ point }) => point),
    missed: points.filter(({ reached }) => !reached).map(({ point }) => point),
  }
}
