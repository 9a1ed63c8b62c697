import { AppError } from '#domain/failure/index.ts'
import type { PersonDetails } from '#domain/person/index.ts'
import type { HandAct, LessonId } from '#domain/training/index.ts'

/** Who comes to the desk in a lesson. Invented. */
export type LessonPerson = {
  readonly fullName: string
  readonly personalNumber: string
  /** ISO */
  readonly birthDate: string
  readonly says: PersonDetails
  readonly companion?: { readonly fullName: string; readonly personalNumber: string }
}

/** Hands before simulated devices, in another process. Every act rejects with DEVICE_GONE when that process does not do it. */
export type Hands = {
  /** The simulated devices stand. */
  readonly ready: () => Promise<void>
  /** The person of a lesson in place of the one before; nothing lies anywhere then. */
  bring(lesson: LessonId): Promise<LessonPerson>
  act(act: HandAct): Promise<void>
  stop(): void
}

export type HandsRequest = { readonly id: number } & (
  | { readonly do: 'bring'; readonly lesson: LessonId }
  | { readonly do: 'act'; readonly act: HandAct }
)

/** The first message of the process has no id: its devices stand. */
export type HandsAnswer =
  | { readonly ready: true }
  | { readonly id: number; readonly ok: true; readonly person?: LessonPerson }
  | { readonly id: number; readonly ok: false }

export type HandsProcess = {
  send(request: HandsRequest): void
  onMessage(listener: (answer: HandsAnswer) => void): void
  onExit(listener: () => void): void
  kill(): void
}

type Wish = { readonly do: 'bring'; readonly lesson: LessonId } | { readonly do: 'act'; readonly act: HandAct }

/** The line to the process; one that ended is started again by the next act. */
export function handsOver(fork: () => HandsProcess): Hands {
  let line: { readonly process: HandsProcess; readonly ready: Promise<void>; readonly ask: Ask } | undefined
  type Ask = (wish: Wish) => Promise<LessonPerson | undefined>

  function connected() {
    if (line) return line
    const process = fork()
    const ready = Promise.withResolvers<void>()
    ready.promise.catch(() => {})
    const waiting = new Map<number, PromiseWithResolvers<LessonPerson | undefined>>()
    let lastId = 0
    process.onMessage((answer) => {
      if ('ready' in answer) return ready.resolve()
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.ok) asked?.resolve(answer.person)
      else asked?.reject(new AppError('DEVICE_GONE', 'training.hands'))
    })
    process.onExit(() => {
      line = undefined
      const gone = new AppError('DEVICE_GONE', 'training.hands')
      ready.reject(gone)
      for (const asked of waiting.values()) asked.reject(gone)
    })
    const ask: Ask = (wish) => {
      const id = ++lastId
      const asked = Promise.withResolvers<LessonPerson | undefined>()
      waiting.set(id, asked)
      process.send({ id, ...wish })
      return asked.promise
    }
    line = { process, ready: ready.promise, ask }
    return line
  }

  async function ask(wish: Wish) {
    const to = connected()
    await to.ready
    return to.ask(wish)
  }

  /** A process whose end was not noticed yet: whoever is brought next needs nothing of it. */
  async function askAnew(wish: Wish) {
    const asked = connected()
    try {
      return await ask(wish)
    } catch (error) {
      if (line === asked) throw error
      return ask(wish)
    }
  }

  return {
    ready: () => connected().ready,
    async bring(lesson) {
      const person = await askAnew({ do: 'bring', lesson })
      if (!person) throw new AppError('DEVICE_GONE', 'training.hands')
      return person
    },
    act: async (act) => void (await ask({ do: 'act', act })),
    stop: () => line?.process.kill(),
  }
}
