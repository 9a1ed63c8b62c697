import { expect, test } from 'vitest'
import { handsOver, type HandsAnswer, type HandsProcess, type HandsRequest } from '#core/training/hands.ts'

// An invented person.
const person = {
  fullName: 'Lò Thị Mẫu',
  personalNumber: '014190000123',
  birthDate: '1990-03-15',
  says: {},
} as const

/** Processes that stand at once; the first `dying` of them end instead of answering. */
function processes(dying: number) {
  const forked: HandsRequest[][] = []
  const fork = (): HandsProcess => {
    const asked: HandsRequest[] = []
    const dies = forked.push(asked) <= dying
    let hear: (answer: HandsAnswer) => void = () => {}
    let end = () => {}
    return {
      send(request) {
        asked.push(request)
        queueMicrotask(() => (dies ? end() : hear({ id: request.id, ok: true, person })))
      },
      onMessage(listener) {
        hear = listener
        queueMicrotask(() => listener({ ready: true }))
      },
      onExit: (listener) => void (end = listener),
      kill: () => end(),
    }
  }
  return { fork, forked }
}

test('a lesson that begins while its devices die is begun with new ones', async () => {
  const { fork, forked } = processes(1)
  await expect(handsOver(fork).bring('first-adult')).resolves.toEqual(person)
  expect(forked).toHaveLength(2)
})

test('devices that die again and again are told, not started for ever', async () => {
  const { fork, forked } = processes(9)
  await expect(handsOver(fork).bring('first-adult')).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  expect(forked).toHaveLength(2)
})

test('an act of hands at devices that died is told: nothing lies there any more', async () => {
  const { fork, forked } = processes(1)
  await expect(handsOver(fork).act('place-hand')).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  expect(forked).toHaveLength(1)
})
