import type { LessonView } from '#contract/training-calls.ts'
import type { Handlers } from '#core/answer.ts'
import type { Rehearsal } from '#core/station/index.ts'
import type { Store } from '#core/store/index.ts'
import { foldEvents } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { ageOn, parsePartialDate } from '#domain/person/index.ts'
import {
  holdsAfter,
  lessons,
  possibleActs,
  scoreOf,
  shareOf,
  type HandAct,
  type LessonId,
  type LessonScore,
} from '#domain/training/index.ts'
import { rehearsal } from './centre.ts'
import type { Hands, LessonPerson } from './hands.ts'
import type { TrainingCalls } from './index.ts'

type Lesson = {
  readonly lesson: LessonId
  readonly person: LessonPerson
  readonly holds: readonly HandAct[]
  /** The dossier that was opened for it. */
  readonly dossier?: { readonly id: string; readonly number: string }
  readonly score?: LessonScore
}

type Shown = { readonly id: string; readonly state: { readonly number: string } } | null

export type Training = {
  /** What the station is set up with. */
  readonly rehearsal: Rehearsal
  readonly handlers: Pick<Handlers, TrainingCalls>
  /** The store is open: goes on with the lesson whose dossier was under way when the program ended. */
  open(store: Store): void
  /** What lies on the desk now. */
  follow(shown: Shown): void
  stop(): void
}

/** What core tells the lessons of the desk. */
export type LessonDesk = {
  /** ISO date */
  readonly today: () => string
  /** A dossier lies on the desk. */
  readonly busy: () => boolean
  readonly notify: (view: LessonView | null) => void
}

/** Settings of the store. */
const currentSetting = 'training.lesson'
const bestSetting = (lesson: LessonId) => `training.best.${lesson}`

/** Guided lessons: whom the hands bring, what they hold, and what came of the visit that was opened next. */
export function openTraining(hands: Hands, { today, busy, notify }: LessonDesk): Training {
  let store: Store | undefined
  let current: Lesson | undefined
  let running: Promise<unknown> = Promise.resolve()

  const opened = () => {
    if (!store) throw new AppError('STATION_LOCKED', 'training')
    return store
  }

  function view(): LessonView | null {
    if (!current) return null
    const { lesson, person, holds, dossier, score } = current
    const { fullName, personalNumber, birthDate, says, companion } = person
    return {
      lesson,
      ...(dossier && { dossier: dossier.number }),
      hands: possibleActs(lesson, holds),
      holds,
      person: {
        fullName,
        personalNumber,
        age: ageOn(parsePartialDate(birthDate.split('-').toReversed().join('/')), today()),
        says,
        ...(companion && { companion }),
      },
      ...(score && { score }),
    }
  }

  function turnTo(next: Lesson | undefined): void {
    current = next
    const { lesson, dossier } = next?.score ? {} : (next ?? {})
    store?.setSetting(
      currentSetting,
      lesson === undefined ? '' : JSON.stringify({ lesson, ...(dossier && { dossier }) }),
    )
    notify(view())
  }

  /** One after the other: a second press of a button waits for the first. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = running.then(work)
    running = turn.catch(() => undefined)
    return turn
  }

  function best(lesson: LessonId): { best?: number } {
    const known = Number.parseFloat(opened().setting(bestSetting(lesson)) ?? '')
    return Number.isFinite(known) ? { best: Math.max(0, Math.min(1, known)) } : {}
  }

  function judge(lesson: Lesson, id: string): LessonScore {
    const events = opened()
      .events(id)
      .map(({ event }) => event)
    const score = scoreOf(lesson.lesson, foldEvents(events), events, lesson.person.says)
    const share = shareOf(score)
    if (share >= (best(lesson.lesson).best ?? 0)) opened().setSetting(bestSetting(lesson.lesson), String(share))
    return score
  }

  /** What the setting says of a lesson under way; a damaged one says of none. */
  function remembered(): Pick<Lesson, 'lesson' | 'dossier'> | undefined {
    try {
      const found = JSON.parse(opened().setting(currentSetting) || 'null') as Pick<Lesson, 'lesson' | 'dossier'> | null
      return found && lessons.includes(found.lesson) ? found : undefined
    } catch {
      return undefined
    }
  }

  return {
    rehearsal,

    open(own) {
      store = own
      const before = remembered()
      if (!before?.dossier) return
      const { lesson, dossier } = before
      void inTurn(async () => {
        const person = await hands.bring(lesson)
        // The dossier may have ended while the person came.
        if (!current && busy()) turnTo({ lesson, person, holds: [], dossier })
      }).catch(() => {})
    },

    follow(shown) {
      if (!current || current.score) return
      if (shown && !current.dossier) turnTo({ ...current, dossier: { id: shown.id, number: shown.state.number } })
      const { dossier } = current
      if (dossier && shown?.id !== dossier.id) turnTo({ ...current, score: judge(current, dossier.id) })
    },

    stop: () => hands.stop(),

    handlers: {
      lessons: () => lessons.map((lesson) => ({ lesson, ...best(lesson) })),
      lesson: view,
      startLesson: ({ lesson }) =>
        inTurn(async () => {
          opened()
          if (busy()) throw new AppError('EVENT_NOT_ALLOWED', 'training.startLesson')
          const person = await hands.bring(lesson)
          turnTo({ lesson, person, holds: [] })
          return {}
        }),
      leaveLesson: () =>
        inTurn(async () => {
          if (!current) return {}
          const { lesson } = current
          turnTo(undefined)
          // The desk is cleared; hands that are gone hold nothing anyway.
          await hands.bring(lesson).catch(() => undefined)
          return {}
        }),
      useHands: ({ act }) =>
        inTurn(async () => {
          if (!current || !possibleActs(current.lesson, current.holds).includes(act))
            throw new AppError('EVENT_NOT_ALLOWED', 'training.useHands')
          await hands.act(act)
          if (current) {
            current = { ...current, holds: holdsAfter(current.holds, act) }
            notify(view())
          }
          return {}
        }),
    },
  }
}
