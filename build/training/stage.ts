import type { HandsAnswer, HandsRequest, LessonPerson } from '#core/training/hands.ts'
import type { HandAct, LessonId } from '#domain/training/index.ts'
import type { Scene } from '#native/sim/stage/scenes.ts'
import { setUpStage } from '#native/sim/stage/set-up.ts'
import { visitors } from './lessons.ts'

/** The port that Electron gives a utility process; a test's child has the channel of Node. */
type Port = {
  send(answer: HandsAnswer): void
  onRequest(listener: (request: HandsRequest) => void): void
}

/**
 * The process of the training program's simulated devices: they stand in the folder of its first argument, as slow as real
 * ones unless QCC_TRAINING_PACE says less (0–1, for tests), and its hands do what the program says.
 */
async function main(): Promise<void> {
  const folder = process.argv[2]
  if (folder === undefined) throw new TypeError('the folder of the simulated devices is missing')
  const port = parentPort()
  const desk = await setUpDesk(folder, Number(process.env['QCC_TRAINING_PACE'] ?? 1))
  let last: Promise<unknown> = Promise.resolve()
  port.onRequest((request) => {
    last = last.then(async () => {
      try {
        const person = request.do === 'bring' ? await desk.bring(request.lesson) : undefined
        if (request.do === 'act') await desk.act(request.act)
        port.send({ id: request.id, ok: true, ...(person && { person }) })
      } catch (error) {
        process.stderr.write(`training-stage: ${error instanceof Error ? error.message : 'unknown'}\n`)
        port.send({ id: request.id, ok: false })
      }
    })
  })
  port.send({ ready: true })
}

async function setUpDesk(dir: string, pace: number) {
  let visitor = visitors['first-adult']
  let cardOnReader = false
  let scene: Scene = 'blank'
  const stage = await setUpStage({ dir, ...visitor.coming, pace, cardInserted: false, lines: 'sockets' })
  await stage.act({ do: 'lift-fingers' })

  async function takeCard(): Promise<void> {
    if (cardOnReader) await stage.act({ do: 'remove-card' })
    cardOnReader = false
  }

  async function bring(lesson: LessonId): Promise<LessonPerson> {
    visitor = visitors[lesson]
    cardOnReader = false
    scene = 'blank'
    await stage.bring(visitor.coming)
    return visitor.person
  }

  async function show(next: Scene): Promise<void> {
    scene = next
    await stage.act({ do: 'show', scene })
  }

  async function act(wanted: HandAct): Promise<void> {
    switch (wanted) {
      case 'lay-card-on-reader':
        // There is one card: it is before the camera no more.
        if (scene === 'card-front' || scene === 'card-back') await show('blank')
        await stage.act({ do: 'insert-card' })
        cardOnReader = true
        return
      case 'take-card-away':
        return takeCard()
      case 'show-card-front':
      case 'show-card-back':
        await takeCard()
        return show(wanted === 'show-card-front' ? 'card-front' : 'card-back')
      case 'show-paper':
        return show('paper')
      case 'show-face':
        return show('face')
      case 'place-hand':
        return void (await stage.act({ do: 'place-fingers' }))
      case 'lift-hand':
        return void (await stage.act({ do: 'lift-fingers' }))
      case 'clean-and-moisten-hand':
        return stage.tend(visitor.tended)
      case 'press-shutter':
        return void (await stage.act({ do: 'press-shutter' }))
      default:
        return wanted satisfies never
    }
  }
  return { bring, act }
}

function parentPort(): Port {
  type Utility = {
    postMessage(message: unknown): void
    on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  }
  const utility = (process as { parentPort?: Utility }).parentPort
  if (utility) {
    return {
      send: (answer) => utility.postMessage(answer),
      onRequest: (listener) => utility.on('message', ({ data }) => listener(data as HandsRequest)),
    }
  }
  if (!process.send) throw new TypeError('the training stage is started by the program, not by hand')
  process.on('disconnect', () => process.exit(0))
  return {
    send: (answer) => void process.send?.(answer, undefined, undefined, () => {}),
    onRequest: (listener) => void process.on('message', (message) => listener(message as HandsRequest)),
  }
}

await main()
