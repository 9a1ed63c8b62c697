import type { LessonView } from '#contract/index.ts'
import { latest } from '../../state/mirror.ts'
import { desk, station } from '../desk.ts'

/** The lesson under way, null between lessons, `undefined` until main has said so. */
export const lesson = latest<LessonView | null>(desk.on.lessonChanged)

// A station has no lessons to be asked for.
let asked: string | undefined
station.subscribe(({ value }) => {
  if (!value?.training || value.phase === asked) return
  asked = value.phase
  void desk.call.lesson({}).then((result) => {
    // An event that overtook the answer is newer.
    if (result.ok && lesson.getState().value === undefined) lesson.setState({ value: result.value })
  })
})
