import type { HandAct, LessonId } from './lessons.ts'

/** Whoever comes without a card has none to lay down or to show. */
const withoutCard: readonly LessonId[] = ['child', 'lost-card']
const cardActs: readonly HandAct[] = ['lay-card-on-reader', 'take-card-away', 'show-card-front', 'show-card-back']
const shows: readonly HandAct[] = ['show-card-front', 'show-card-back', 'show-paper', 'show-face']
const ofTheCard: readonly HandAct[] = ['show-card-front', 'show-card-back']

/** What hands can do now, given what they hold. There is one card: it lies on the reader or before the camera. */
export function possibleActs(lesson: LessonId, holds: readonly HandAct[]): readonly HandAct[] {
  const held = (act: HandAct) => holds.includes(act)
  const all: readonly HandAct[] = [
    held('lay-card-on-reader') ? 'take-card-away' : 'lay-card-on-reader',
    ...shows.filter((act) => !held(act)),
    held('place-hand') ? 'lift-hand' : 'place-hand',
    ...(held('clean-and-moisten-hand') || held('place-hand') ? [] : (['clean-and-moisten-hand'] as const)),
    'press-shutter',
  ]
  return withoutCard.includes(lesson) ? all.filter((act) => !cardActs.includes(act)) : all
}

/** What is held after an act. */
export function holdsAfter(holds: readonly HandAct[], act: HandAct): readonly HandAct[] {
  const without = (...gone: readonly HandAct[]) => holds.filter((each) => !gone.includes(each))
  switch (act) {
    case 'lay-card-on-reader':
      return [...without(...ofTheCard), act]
    case 'take-card-away':
      return without('lay-card-on-reader')
    case 'show-card-front':
    case 'show-card-back':
      return [...without(...shows, 'lay-card-on-reader'), act]
    case 'show-paper':
    case 'show-face':
      return [...without(...shows), act]
    case 'place-hand':
    case 'clean-and-moisten-hand':
      return [...without(act), act]
    case 'lift-hand':
      return without('place-hand')
    case 'press-shutter':
      return holds
    default:
      return act satisfies never
  }
}
