/** The lessons of the training program, in the order in which they are best taken. */
export const lessons = ['first-adult', 'worn-hands', 'child', 'lost-card'] as const
export type LessonId = (typeof lessons)[number]

/** What hands do at the desk around the screens; in a lesson the officer says it and the simulated devices see it. */
export const handActs = [
  'lay-card-on-reader',
  'take-card-away',
  'show-card-front',
  'show-card-back',
  'show-paper',
  'show-face',
  'place-hand',
  'lift-hand',
  'clean-and-moisten-hand',
  'press-shutter',
] as const
export type HandAct = (typeof handActs)[number]

/** What a good visit does; a lesson looks for some of them. */
export const lessonPoints = [
  'card-scanned',
  'chip-read',
  'compared',
  'details-as-told',
  'difference-settled-with-the-chip',
  'card-both-sides',
  'loss-report',
  'birth-certificate',
  'portrait-without-refusal',
  'portrait-compared-with-chip',
  'all-prints',
  'prints-tried-three-times',
  'poor-prints-not-waved-through',
  'no-finger-excepted-that-is-there',
  'representative-named',
  'every-detail-answered-at-the-screen',
  'signed-at-the-screen',
  'sealed',
  'exported',
  'no-file-left-open',
] as const
export type LessonPoint = (typeof lessonPoints)[number]
