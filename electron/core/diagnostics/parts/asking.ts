import type { CallInput, EventData } from '#contract/index.ts'
import type { Clock } from '#core/devices/clock.ts'
import { AppError, type FailureCode } from '#domain/failure/index.ts'

/** What a test waits for: the person's answer, or what the citizen's page tells. */
export type Heard =
  | { readonly what: 'answer'; readonly answer: CallInput<'answerPart'>['answer'] }
  | ({ readonly what: 'drawn' } & CallInput<'reportTestDrawn'>)
  | ({ readonly what: 'touch' } & CallInput<'reportTestTouch'>)

export type Question = Omit<EventData<'partQuestion'>, 'part'>

/** The conversation of one test. */
export type Asking = {
  ask(question: Question): void
  /** The first thing heard that is wanted; undefined when none came in so many milliseconds. Throws what ended the test. */
  hear<Kind extends Heard>(wanted: (heard: Heard) => heard is Kind, ms: number): Promise<Kind | undefined>
  /** The answer to a question. Nobody answering for long ends the test: CANCELLED. */
  answer(question: Question): Promise<CallInput<'answerPart'>['answer']>
  tell(heard: Heard): void
  end(code: FailureCode): void
}

/** Milliseconds that a question may stand. */
const patience = 180_000
const step = 'part.check'

export const isAnswer = (heard: Heard): heard is Extract<Heard, { what: 'answer' }> => heard.what === 'answer'

export function startAsking(notify: (question: Question) => void, timer: Clock): Asking {
  let listening: ((heard: Heard) => void) | undefined
  let breakOff: ((error: AppError) => void) | undefined
  let ended: AppError | undefined

  const asking: Asking = {
    ask: notify,
    hear: async <Kind extends Heard>(wanted: (heard: Heard) => heard is Kind, ms: number) => {
      if (ended) throw ended
      const { promise, resolve, reject } = Promise.withResolvers<Kind | undefined>()
      const callOff = timer.after(ms, () => resolve(undefined))
      listening = (heard) => {
        if (wanted(heard)) resolve(heard)
      }
      breakOff = reject
      try {
        return await promise
      } finally {
        callOff()
        listening = undefined
        breakOff = undefined
      }
    },
    async answer(question) {
      notify(question)
      const heard = await asking.hear(isAnswer, patience)
      if (!heard) throw new AppError('CANCELLED', step, { context: { reason: 'unanswered' } })
      return heard.answer
    },
    tell: (heard) => listening?.(heard),
    end(code) {
      ended ??= new AppError(code, step)
      breakOff?.(ended)
    },
  }
  return asking
}
