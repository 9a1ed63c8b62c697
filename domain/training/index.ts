export { handActs, lessonPoints, lessons, type HandAct, type LessonId, type LessonPoint } from './lessons.ts'
