import { AppError } from '#domain/failure/index.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { app, fakeDisplay, resetElectron } from '../../support/fake-electron.ts'
import {
  alive,
  laptop,
  load,
  moved,
  plug,
  rememberedAs,
  second,
  start,
  stranger,
  theWindowOf,
  windowOf,
  type Started,
} from './desk-windows.ts'

beforeEach(resetElectron)

const keyOf = ({ screens }: Started, label: string) => screens.displays().find((each) => each.label === label)!.key
const uses = ({ screens }: Started) => Object.fromEntries(screens.displays().map(({ label, use }) => [label, use]))

describe("the citizen's display", () => {
  test('is bound by itself when it is the only other one, and remembered once', () => {
    const desk = start([laptop, second])
    load('citizen')
    expect(uses(desk)).toEqual({ 'Display 10': 'officer', 'Display 20': 'citizen' })
    expect(desk.kept).toHaveLength(1)
    expect(desk.kept[0]).toMatchObject({ key: keyOf(desk, 'Display 20'), marks: { id: 20 } })
    expect(desk.citizenScreen).toEqual(['shown'])
  })

  test('is bound by itself also when it is plugged in after the first start', () => {
    const desk = start([laptop])
    expect([desk.citizenScreen, desk.kept]).toEqual([['no-display'], []])
    plug(laptop, second)
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
    expect(desk.kept).toHaveLength(1)
  })

  test('is asked for when there are several: nothing is shown on any of them', () => {
    const desk = start([laptop, second, stranger])
    expect(windowOf('citizen')).toBeUndefined()
    expect([desk.citizenScreen, desk.kept]).toEqual([['unchosen'], []])
    desk.screens.bind(keyOf(desk, 'Display 30'))
    expect(theWindowOf('citizen').bounds).toEqual(stranger.bounds)
    expect(desk.kept).toMatchObject([{ marks: { id: 30 } }])
    expect(uses(desk)).toMatchObject({ 'Display 20': 'none', 'Display 30': 'citizen' })
  })

  test('that another run bound is the one, though it comes first in the list, and nothing is written again', () => {
    const remembered = rememberedAs(second)
    const desk = start([moved(second, 0), moved(laptop, 1024), moved(stranger, 2390)], { remembered })
    expect(theWindowOf('citizen').bounds).toEqual(moved(second, 0).bounds)
    expect(theWindowOf('officer').bounds).toEqual(moved(laptop, 1024).bounds)
    expect(desk.kept).toEqual([])
  })

  test('is not replaced by a stranger: nothing is shown there, and the officer is told', () => {
    const desk = start([laptop, stranger], { remembered: rememberedAs(second) })
    expect(windowOf('citizen')).toBeUndefined()
    expect(desk.citizenScreen).toEqual(['unchosen'])
    expect(uses(desk)).toMatchObject({ 'Display 30': 'none' })
    plug(laptop, stranger, second)
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
  })

  test('goes while a stranger is there: the window goes and is not moved onto the stranger', () => {
    const desk = start([laptop, second])
    load('citizen')
    const before = theWindowOf('citizen')
    plug(laptop, second, stranger)
    expect(theWindowOf('citizen')).toBe(before)
    plug(laptop, stranger)
    expect(before.destroyed).toBe(true)
    expect(before.bounds).toEqual(second.bounds)
    expect(alive()).toEqual([theWindowOf('officer')])
    expect(desk.citizenScreen).toEqual(['shown', 'unchosen'])
  })

  test('comes back with another number and in another place of the list', () => {
    const desk = start([laptop, second])
    plug(laptop)
    plug({ ...moved(second, 0), id: 99 }, moved(laptop, 1024))
    expect(theWindowOf('citizen').bounds).toEqual(moved(second, 0).bounds)
    expect(theWindowOf('officer').bounds).toEqual(moved(laptop, 1024).bounds)
    // By what it says of itself now it is known at the next start.
    expect(desk.kept.at(-1)).toMatchObject({ marks: { id: 99 } })
  })

  test("becomes the primary one and stays the citizen's: both windows follow their displays", () => {
    start([laptop, second])
    const before = theWindowOf('citizen')
    plug(moved(second, 0), moved(laptop, 1024))
    expect(theWindowOf('citizen')).toBe(before)
    expect(before.bounds).toEqual(moved(second, 0).bounds)
    expect(theWindowOf('officer').bounds).toEqual(moved(laptop, 1024).bounds)
  })

  test('in a package, windows that fill their displays and cannot be left follow too', () => {
    app.isPackaged = true
    start([laptop, second])
    plug(moved(second, 0), moved(laptop, 1024))
    expect(theWindowOf('citizen').bounds).toEqual(moved(second, 0).bounds)
    expect(theWindowOf('officer').bounds).toEqual(moved(laptop, 1024).bounds)
    expect([theWindowOf('citizen').kiosk, theWindowOf('officer').kiosk]).toEqual([true, true])
  })

  test('is let go by the officer, for good', () => {
    const desk = start([laptop, second])
    desk.screens.bind('')
    expect(windowOf('citizen')).toBeUndefined()
    expect(desk.kept.at(-1)).toBeNull()
    plug(laptop)
    plug(laptop, second)
    expect(windowOf('citizen')).toBeUndefined()
    expect(desk.citizenScreen.at(-1)).toBe('unchosen')
  })

  test('of an earlier run, let go, is not guessed again', () => {
    const desk = start([laptop, second], { remembered: null })
    expect(windowOf('citizen')).toBeUndefined()
    expect([desk.citizenScreen, desk.kept]).toEqual([['unchosen'], []])
  })

  test('cannot be one that is not there', () => {
    const desk = start([laptop, second, stranger])
    const key = keyOf(desk, 'Display 30')
    plug(laptop, second)
    for (const absent of [key, 'external/Nobody/1x1/1']) {
      expect(() => desk.screens.bind(absent)).toThrow(expect.objectContaining({ code: 'DISPLAY_ABSENT' }) as AppError)
    }
  })

  test("may be the one the officer's window is on: the two change places", () => {
    const desk = start([second, laptop])
    expect(theWindowOf('officer').bounds).toEqual(second.bounds)
    desk.screens.bind(keyOf(desk, 'Display 20'))
    expect(theWindowOf('officer').bounds).toEqual(laptop.bounds)
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
  })

  test('cannot be the only one there is', () => {
    const desk = start([laptop])
    expect(() => desk.screens.bind(keyOf(desk, 'Display 10'))).toThrow(
      expect.objectContaining({ code: 'DISPLAY_ABSENT' }) as AppError,
    )
  })
})

describe("the officer's window", () => {
  test("stays where it is when the citizen's display comes and goes, and when the primary one changes", () => {
    start([laptop, second, stranger], { remembered: rememberedAs(second) })
    const window = theWindowOf('officer')
    plug(laptop, stranger)
    plug(moved(stranger, 0), moved(laptop, 1024), moved(second, 2390))
    expect(window.bounds).toEqual(moved(laptop, 1024).bounds)
    expect(window.visible).toBe(true)
  })

  test("moves, when its display goes, to one that is not the citizen's, and stays there", () => {
    start([laptop, second, stranger], { remembered: rememberedAs(second) })
    plug(second, stranger)
    expect(theWindowOf('officer').bounds).toEqual(stranger.bounds)
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
    plug(laptop, second, stranger)
    expect(theWindowOf('officer').bounds).toEqual(stranger.bounds)
  })

  test("hides when only the citizen's display is left, and comes back with its own", () => {
    const desk = start([laptop, second])
    load('citizen')
    const citizen = theWindowOf('citizen')
    plug(moved(second, 0))
    expect(theWindowOf('officer').visible).toBe(false)
    expect(theWindowOf('citizen')).toBe(citizen)
    expect(desk.citizenScreen).toEqual(['shown', 'turned'])
    plug(laptop, second)
    expect(theWindowOf('officer')).toMatchObject({ visible: true, bounds: laptop.bounds })
    expect(theWindowOf('citizen')).toBe(citizen)
    expect(desk.citizenScreen.at(-1)).toBe('shown')
  })

  test("comes onto the citizen's display only when asked for with the key, and leaves it again for its own", () => {
    const desk = start([laptop, second])
    load('citizen')
    plug(moved(second, 0))
    desk.windows.focus()
    expect(theWindowOf('officer').visible).toBe(false)
    desk.screens.turn('officer')
    expect(windowOf('citizen')).toBeUndefined()
    expect(theWindowOf('officer')).toMatchObject({ visible: true, bounds: moved(second, 0).bounds })
    expect(desk.citizenScreen.at(-1)).toBe('no-display')
    plug(laptop, second)
    expect(theWindowOf('officer').bounds).toEqual(laptop.bounds)
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
  })

  test("opens on the citizen's display if the program is started with no other", () => {
    const remembered = rememberedAs(second)
    const desk = start([second], { remembered })
    expect(theWindowOf('officer')).toMatchObject({ visible: true, bounds: second.bounds })
    expect(windowOf('citizen')).toBeUndefined()
    expect(desk.citizenScreen).toEqual(['no-display'])
  })

  test('survives that for a moment there is no display at all', () => {
    start([laptop, second])
    plug()
    expect(windowOf('citizen')).toBeUndefined()
    plug(second)
    expect(theWindowOf('officer').visible).toBe(false)
    plug(laptop, second)
    expect(theWindowOf('officer')).toMatchObject({ visible: true, bounds: laptop.bounds })
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
  })
})

describe("the list of displays for the officer's dialog", () => {
  test('names what is there, its size and touch, and is told anew when it changes', () => {
    const touch = fakeDisplay(20, 1366, { touchSupport: 'available', label: '' })
    const desk = start([laptop, touch])
    expect(desk.screens.displays()).toMatchObject([
      { label: 'Display 10', width: 1366, height: 768, touch: false, use: 'officer' },
      { label: '1024 × 600', width: 1024, height: 600, touch: true, use: 'citizen' },
    ])
    const before = desk.told.displays
    plug(laptop)
    expect(desk.told.displays).toBe(before + 1)
    expect(desk.screens.displays()).toHaveLength(1)
    plug(laptop, touch)
    desk.screens.bind('')
    expect(desk.told.displays).toBe(before + 3)
  })
})
