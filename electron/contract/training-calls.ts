import { handActs, lessonPoints, lessons } from '#domain/training/lessons.ts'
import { z } from 'zod'
import { nothing, officer } from './common.ts'
import { details, text } from './dossier-schema.ts'
import { call, event } from './kinds.ts'

const lessonId = z.enum(lessons)

/** What was looked for in a visit; a point that was missed says why in the words of its key. */
export const lessonScore = z.strictObject({
  points: z.array(z.strictObject({ point: z.enum(lessonPoints), reached: z.boolean() })).readonly(),
})

/** The lesson under way. `score` once the visit has ended. */
export const lessonView = z.strictObject({
  lesson: lessonId,
  /** The dossier's number, once it is open. */
  dossier: text.exactOptional(),
  /** What hands can do now. */
  hands: z.array(z.enum(handActs)).readonly(),
  /** What they did last and still holds: the card lies there, the camera sees the face. */
  holds: z.array(z.enum(handActs)).readonly(),
  /** What the invented person brings and says: the number on the card, the details to be typed. */
  person: z.strictObject({
    fullName: text,
    personalNumber: text,
    age: z.int(),
    /** What the person tells when asked, for whoever has no card that says it: to be declared. */
    says: details,
    /** Who comes along, for a child. */
    companion: z.strictObject({ fullName: text, personalNumber: text }).exactOptional(),
  }),
  score: lessonScore.exactOptional(),
})
export type LessonView = z.infer<typeof lessonView>

/** Guided lessons; a station answers each call with NOT_TRAINING, since it has no simulated device to teach with. */
export const trainingCalls = {
  /** All lessons, with the share of points reached at best (0–1), where taken. */
  lessons: call({
    from: officer,
    input: nothing,
    output: z.array(z.strictObject({ lesson: lessonId, best: z.number().min(0).max(1).exactOptional() })).readonly(),
    errors: ['NOT_TRAINING', 'STATION_LOCKED'],
  }),
  lesson: call({ from: officer, input: nothing, output: lessonView.nullable(), errors: ['NOT_TRAINING'] }),
  lessonChanged: event({ to: officer, data: lessonView.nullable() }),
  /** Brings the lesson's person to the desk; a lesson under way is left. */
  startLesson: call({
    from: officer,
    input: z.strictObject({ lesson: lessonId }),
    output: nothing,
    errors: ['NOT_TRAINING', 'STATION_LOCKED', 'EVENT_NOT_ALLOWED', 'DISK_FULL', 'DEVICE_GONE'],
  }),
  leaveLesson: call({ from: officer, input: nothing, output: nothing, errors: ['NOT_TRAINING'] }),
  useHands: call({
    from: officer,
    input: z.strictObject({ act: z.enum(handActs) }),
    output: nothing,
    errors: ['NOT_TRAINING', 'EVENT_NOT_ALLOWED', 'DEVICE_GONE'],
  }),
} as const
