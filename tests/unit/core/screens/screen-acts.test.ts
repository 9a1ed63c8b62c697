import { screenActs, type Screens } from '#core/screens/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { expect, test, vi } from 'vitest'
import { noScreens } from '../../../support/screens.ts'

const bytes = (n: number) => new Uint8Array([n])

function setUp(own: Partial<Screens> = {}, requireDossier = () => {}) {
  const painted: number[] = []
  const curtains: boolean[] = []
  const acts = screenActs({
    screens: noScreens(own),
    requireDossier,
    onCurtain: (drawn) => curtains.push(drawn),
    onPainted: (number) => painted.push(number),
  })
  const paint = () => {
    void acts.handlers.reportPainted({})
    return painted.at(-1) ?? 0
  }
  return { acts, paint, painted, curtains }
}

test('each time the page looks different, the officer is told a new number', () => {
  const { paint, painted } = setUp()
  for (let n = 0; n < 3; n++) paint()
  expect(painted).toEqual([1, 2, 3])
})

test('the picture of the last number is to be had, no other', async () => {
  const { acts, paint } = setUp({ capture: async () => bytes(7) })
  const number = paint()
  expect(await acts.picture(`screen/${number}`)).toEqual({ bytes: bytes(7), mediaType: 'image/png' })
  const next = paint()
  for (const name of [`screen/${number}`, `screen/${next + 1}`, 'screen/', 'screen/x', `${next}`, `screen/0${next}`])
    expect(await acts.picture(name)).toBeUndefined()
})

test('however often a number is asked for, the window is captured once', async () => {
  const capture = vi.fn(async () => bytes(1))
  const { acts, paint } = setUp({ capture })
  const name = `screen/${paint()}`
  await Promise.all([acts.picture(name), acts.picture(name)])
  await acts.picture(name)
  expect(capture).toHaveBeenCalledTimes(1)
})

test('a window is never captured twice at a time, and what was overtaken in the queue not at all', async () => {
  let running = 0
  let most = 0
  const ends: (() => void)[] = []
  const capture = vi.fn(async () => {
    most = Math.max(most, ++running)
    const shot = capture.mock.calls.length
    await new Promise<void>((resolve) => ends.push(resolve))
    running--
    return bytes(shot)
  })
  const { acts, paint } = setUp({ capture })
  const ask = () => acts.picture(`screen/${paint()}`)
  const first = ask()
  await vi.waitFor(() => expect(ends).toHaveLength(1))
  const overtaken = ask()
  const last = ask()
  ends[0]?.()
  await vi.waitFor(() => expect(ends).toHaveLength(2))
  ends[1]?.()
  expect(await Promise.all([first, overtaken, last])).toMatchObject([
    { bytes: bytes(1) },
    undefined,
    { bytes: bytes(2) },
  ])
  expect(capture).toHaveBeenCalledTimes(2)
  expect(most).toBe(1)
})

test.each([
  ['there is no window', async () => undefined],
  ['the window closes meanwhile', () => Promise.reject(new Error('gone'))],
])('when %s there is no picture, and the next one is taken again', async (_when, first) => {
  let calls = 0
  const { acts, paint } = setUp({ capture: () => (calls++ === 0 ? first() : Promise.resolve(bytes(2))) })
  expect(await acts.picture(`screen/${paint()}`)).toBeUndefined()
  expect(await acts.picture(`screen/${paint()}`)).toMatchObject({ bytes: bytes(2) })
})

test('after the citizen has left, no picture of their screen is kept', async () => {
  const capture = vi.fn(async () => bytes(capture.mock.calls.length))
  const { acts, paint } = setUp({ capture })
  const name = `screen/${paint()}`
  expect(await acts.picture(name)).toMatchObject({ bytes: bytes(1) })
  acts.forget()
  expect(await acts.picture(name)).toMatchObject({ bytes: bytes(2) })
})

test('the curtain is told once each time that it is drawn or opened', () => {
  const { acts, curtains } = setUp()
  for (const drawn of [true, true, false, false, true]) void acts.handlers.setCurtain({ drawn })
  expect(curtains).toEqual([true, false, true])
  expect([acts.curtained(), acts.handlers.curtain({})]).toEqual([true, { drawn: true }])
})

test('the laptop is turned to the citizen only when there is a dossier, and back at any time', () => {
  const turn = vi.fn()
  const { acts } = setUp({ turn }, () => {
    throw new AppError('DOSSIER_MISSING', 'desk.open')
  })
  expect(() => acts.handlers.turnToCitizen({})).toThrow(expect.objectContaining({ code: 'DOSSIER_MISSING' }) as Error)
  expect(turn).not.toHaveBeenCalled()
  void acts.handlers.takeBack({})
  expect(turn.mock.calls).toEqual([['officer']])
})

test('a display that is gone is not bound', () => {
  const { acts } = setUp({
    bind() {
      throw new AppError('DISPLAY_ABSENT', 'screens.bind')
    },
  })
  expect(() => acts.handlers.bindDisplay({ key: 'x' })).toThrow(
    expect.objectContaining({ code: 'DISPLAY_ABSENT' }) as Error,
  )
})
