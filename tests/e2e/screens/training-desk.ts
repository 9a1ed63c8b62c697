import type { LessonView } from '#contract/index.ts'
import { possibleActs, type HandAct, type LessonId, type LessonPoint } from '#domain/training/index.ts'
import { pointsOf } from '#domain/training/index.ts'
import { ok, type Answers, type Screen } from './harness.ts'
import { answersAround, stationOpen, today } from './officer-desk.ts'

export const trainingStation = {
  ...stationOpen,
  code: 'LT-0000',
  name: 'LUYỆN TẬP · Quầy tập',
  receiver: { name: 'LUYỆN TẬP · Trung tâm luyện tập', expires: '2028-01-01' },
  training: true,
} as const
export const newStation = { phase: 'new', runtime: 'stand-in', simulated: true, training: true, today } as const

// Invented, as all people in these tests.
const people: Readonly<Record<LessonId, LessonView['person']>> = {
  'first-adult': { fullName: 'Quàng Văn Mẫu', personalNumber: '014088004567', age: 38, says: {} },
  'worn-hands': { fullName: 'Lò Thị Mẫu', personalNumber: '014190000123', age: 36, says: {} },
  child: {
    fullName: 'Giàng A Mẫu',
    personalNumber: '012201000045',
    age: 8,
    says: { fullName: 'Giàng A Mẫu', birthDate: '09/05/2018', sex: 'Nam' },
    companion: { fullName: 'Lò Thị Mẫu', personalNumber: '014190000123' },
  },
  'lost-card': {
    fullName: 'Quàng Văn Mẫu',
    personalNumber: '014088004567',
    age: 38,
    says: {
      personalNumber: '014088004567',
      fullName: 'Quàng Văn Mẫu',
      birthDate: '01/06/1988',
      sex: 'Nam',
      nationality: 'Việt Nam',
      ethnicity: 'Thái',
      religion: 'Không',
      origin: 'Thôm Mòn, Thuận Châu, Sơn La',
      residence: 'bản Thống Nhất, Thôm Mòn, Thuận Châu, Sơn La',
    },
  },
}

/** A lesson as main tells it, with these things held. */
export function lessonWith(
  lesson: LessonId,
  holds: readonly HandAct[] = [],
  more: Partial<LessonView> = {},
): LessonView {
  return { lesson, hands: possibleActs(lesson, holds), holds, person: people[lesson], ...more }
}

/** How a visit went that reached all but these. */
export function scoreWithout(lesson: LessonId, ...missed: readonly LessonPoint[]): NonNullable<LessonView['score']> {
  return { points: pointsOf[lesson].map((point) => ({ point, reached: !missed.includes(point) })) }
}

/** No lesson was taken yet. */
export const untaken: ReturnType<NonNullable<Answers['lessons']>> = ok([
  { lesson: 'first-adult' },
  { lesson: 'worn-hands' },
  { lesson: 'child' },
  { lesson: 'lost-card' },
])

/** What main answers in the training program. */
export const trainingAnswers = (
  events: Parameters<typeof answersAround>[0],
  lesson: LessonView | null,
  more: Answers = {},
): Answers => ({
  ...answersAround(events),
  station: () => ok(trainingStation),
  lessons: () => untaken,
  lesson: () => ok(lesson),
  ...more,
})

/** Where the band stands, what it says, and whether anything of the page lies beneath it. */
export function bandOf({ page }: Screen) {
  return page.evaluate(() => {
    const band = document.querySelector<HTMLElement>('.training-band')
    if (!band) return undefined
    const { top, bottom, left, right } = band.getBoundingClientRect()
    // The uppermost thing at each point is the band itself: nothing covers it.
    const points = [0.02, 0.25, 0.5, 0.75, 0.98].map((share) =>
      document.elementFromPoint(innerWidth * share, (top + bottom) / 2),
    )
    const root = document.querySelector('#root')?.getBoundingClientRect()
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = band
    return {
      words: band.innerText.trim(),
      isOnTop: points.every((element) => element !== null && band.contains(element)),
      isWhole: top === 0 && left === 0 && right === innerWidth,
      cutOff: scrollWidth > clientWidth || scrollHeight > clientHeight,
      overlap: root ? Math.max(0, bottom - root.top) : 0,
      letters: parseFloat(getComputedStyle(band).fontSize),
    }
  })
}
