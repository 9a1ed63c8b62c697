import type { FingerPosition } from './fingers.ts'

/** What to do with one finger on the glass, in one word of the program; windows have the sentence. */
export const fingerAdvices = [
  'press-harder',
  'press-lighter',
  'moisten',
  'dry',
  'move-up',
  'move-down',
  'move-left',
  'move-right',
  'roll-further',
  'hold-still',
] as const
export type FingerAdvice = (typeof fingerAdvices)[number]

/** What is wrong with the picture as a whole. */
export const slapProblems = ['wrong-hand', 'not-fingers', 'too-many'] as const
export type SlapProblem = (typeof slapProblems)[number]

/** A print that may not be the finger it is said to be. */
export type FingerDoubt =
  /** The same finger was presented under two names in this dossier. */
  | {
      readonly kind: 'repeated'
      readonly position: FingerPosition
      readonly other: FingerPosition
      readonly score: number
    }
  /** Rolled and flat impressions of one finger do not match. */
  | { readonly kind: 'roll-differs'; readonly position: FingerPosition }
  /** The picture looks like the other hand, or not like these fingers. */
  | { readonly kind: 'wrong-hand' }
  /** It is the finger of an officer of this station. */
  | { readonly kind: 'officer'; readonly position: FingerPosition; readonly badge: string; readonly score: number }
  /** It is a finger of another of today's dossiers of this station. */
  | {
      readonly kind: 'other-dossier'
      readonly position: FingerPosition
      readonly dossier: string
      readonly score: number
    }
