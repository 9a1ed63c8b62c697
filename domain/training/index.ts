export { handActs, lessonPoints, lessons, type HandAct, type LessonId, type LessonPoint } from './lessons.ts'
export { holdsAfter, possibleActs } from './hands.ts'
export { pointsOf, scoreOf, shareOf, type LessonScore } from './score.ts'
