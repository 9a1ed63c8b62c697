import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { app, globalShortcut, resetElectron } from '../../support/fake-electron.ts'
import { alive, laptop, load, moved, plug, second, start, stranger, theWindowOf, windowOf } from './desk-windows.ts'

beforeEach(() => {
  resetElectron()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-21T01:00:00Z') })
})
afterEach(() => vi.useRealTimers())

function turned(...displays: Parameters<typeof start>[0]) {
  const desk = start(displays.length > 0 ? displays : [laptop], { remembered: null })
  desk.screens.turn('citizen')
  load('citizen')
  return desk
}

describe('the turned laptop', () => {
  test("shows the citizen's window over the whole display, not to be left, and nothing of the officer's", () => {
    const desk = turned()
    expect(theWindowOf('citizen')).toMatchObject({ bounds: laptop.bounds, kiosk: true })
    expect(theWindowOf('citizen').options).toMatchObject({ frame: false, kiosk: true })
    expect(theWindowOf('officer').visible).toBe(false)
    expect(desk.citizenScreen).toEqual(['no-display', 'turned'])
  })

  test("hides the technician's window too", () => {
    const desk = start([laptop], { technician: true })
    desk.screens.turn('citizen')
    expect(theWindowOf('technician').visible).toBe(false)
    desk.screens.turn('officer')
    expect(theWindowOf('technician').visible).toBe(true)
  })

  test("is taken back: the citizen's window is gone, the officer's is there and in front", () => {
    const desk = turned()
    const citizen = theWindowOf('citizen')
    desk.screens.turn('officer')
    expect(citizen.destroyed).toBe(true)
    expect(alive()).toEqual([theWindowOf('officer')])
    expect(theWindowOf('officer')).toMatchObject({ visible: true, focused: 1, bounds: laptop.bounds })
    expect(desk.citizenScreen.at(-1)).toBe('no-display')
  })

  test('can be turned and taken back again and again, and twice in a row changes nothing', () => {
    const desk = turned()
    const citizen = theWindowOf('citizen')
    desk.screens.turn('citizen')
    expect(theWindowOf('citizen')).toBe(citizen)
    desk.screens.turn('officer')
    desk.screens.turn('officer')
    expect(alive()).toHaveLength(1)
    desk.screens.turn('citizen')
    expect(theWindowOf('citizen')).not.toBe(citizen)
    expect(theWindowOf('officer').visible).toBe(false)
  })

  test.each(['the window', 'the system'])('is taken back with the key, heard by %s while the page hangs', (who) => {
    turned()
    const preventDefault = vi.fn()
    const input = { type: 'keyDown', key: 'F9', control: true, alt: false, meta: false, shift: false }
    if (who === 'the window') theWindowOf('citizen').webContents.emit('before-input-event', { preventDefault }, input)
    else globalShortcut.heard.get('Control+F9')?.()
    expect(theWindowOf('officer').visible).toBe(true)
    expect(windowOf('citizen')).toBeUndefined()
    expect(globalShortcut.heard.size).toBe(0)
  })

  test('takes the key from the system only as long as it is turned', () => {
    const desk = start([laptop])
    expect(globalShortcut.heard.size).toBe(0)
    desk.screens.turn('citizen')
    expect([...globalShortcut.heard.keys()]).toEqual(['Control+F9'])
  })

  test('stays turned when the page dies, and the page comes back', () => {
    const desk = turned()
    const citizen = theWindowOf('citizen')
    citizen.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    expect(citizen.webContents.reloads).toBe(1)
    expect(theWindowOf('officer').visible).toBe(false)
    expect(desk.citizenScreen.at(-1)).toBe('restarting')
    citizen.webContents.emit('did-finish-load')
    expect(desk.citizenScreen.at(-1)).toBe('turned')
  })

  test('stays turned when the page dies for good or the window is closed: no key but the own shows what is beneath', () => {
    const desk = turned()
    for (let time = 0; time < 9; time++) {
      theWindowOf('citizen').webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    }
    expect(theWindowOf('officer').visible).toBe(false)
    desk.screens.turn('officer')
    expect(theWindowOf('officer').visible).toBe(true)
    vi.setSystemTime(Date.now() + 60_001)
    desk.screens.turn('citizen')
    theWindowOf('citizen').destroy()
    expect(theWindowOf('citizen').bounds).toEqual(laptop.bounds)
    expect(theWindowOf('officer').visible).toBe(false)
  })

  test('stays turned when a display arrives, and nothing is shown there until the screen is taken back', () => {
    const desk = start([laptop, second])
    plug(laptop)
    desk.screens.turn('citizen')
    load('citizen')
    const citizen = theWindowOf('citizen')
    plug(laptop, second)
    expect(theWindowOf('citizen')).toBe(citizen)
    expect(citizen.bounds).toEqual(laptop.bounds)
    expect(theWindowOf('officer').visible).toBe(false)
    desk.screens.turn('officer')
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
    expect(theWindowOf('officer')).toMatchObject({ visible: true, bounds: laptop.bounds })
  })

  test('stays turned when its display is moved on the desktop, and covers it there', () => {
    turned()
    plug(moved(laptop, 1024), moved(stranger, 0))
    expect(theWindowOf('citizen').bounds).toEqual(moved(laptop, 1024).bounds)
    expect(theWindowOf('officer').visible).toBe(false)
  })

  test("is over when its display goes: the citizen's window does not move to another", () => {
    turned(laptop, stranger)
    plug(stranger)
    expect(windowOf('citizen')).toBeUndefined()
    expect(theWindowOf('officer')).toMatchObject({ visible: true, bounds: stranger.bounds })
  })

  test("is not uncovered by a second start: the citizen's window stays in front", () => {
    const desk = turned()
    desk.windows.focus()
    expect([theWindowOf('officer').focused, theWindowOf('citizen').focused]).toEqual([0, 1])
    expect(theWindowOf('officer').visible).toBe(false)
  })

  test('is for a desk without a display for the citizen: with one, nothing changes', () => {
    const desk = start([laptop, second])
    load('citizen')
    desk.screens.turn('citizen')
    expect(theWindowOf('officer').visible).toBe(true)
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
    expect(desk.citizenScreen).toEqual(['shown'])
  })

  test("takes the place of a developer's ordinary window, which is there again afterwards", () => {
    const desk = start([laptop], { oneScreen: true })
    expect(theWindowOf('citizen').options).toMatchObject({ frame: true, kiosk: false })
    desk.screens.turn('citizen')
    expect(theWindowOf('citizen').options).toMatchObject({ frame: false, kiosk: true })
    desk.screens.turn('officer')
    expect(theWindowOf('citizen').options).toMatchObject({ frame: true, kiosk: false })
    expect(app.quits).toBe(0)
  })
})

describe("the officer's small view of it", () => {
  test.each([
    { seen: 1366, gets: 'a picture 480 wide' },
    { seen: 320, gets: 'a picture 320 wide' },
  ])('of a page $seen wide is $gets', async ({ seen, gets }) => {
    const desk = turned()
    theWindowOf('citizen').webContents.pictureWidth = seen
    expect(Buffer.from((await desk.screens.capture()) ?? []).toString()).toBe(gets)
  })

  test('is nothing without a window, before it has loaded, from a dead page, and of an empty picture', async () => {
    const desk = start([laptop])
    expect(await desk.screens.capture()).toBeUndefined()
    desk.screens.turn('citizen')
    const { webContents } = theWindowOf('citizen')
    webContents.pictureWidth = 800
    expect(await desk.screens.capture()).toBeUndefined()
    webContents.emit('did-finish-load')
    expect(await desk.screens.capture()).toBeDefined()
    for (const width of [0, -1]) {
      webContents.pictureWidth = width
      expect(await desk.screens.capture()).toBeUndefined()
    }
    webContents.pictureWidth = 800
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    expect(await desk.screens.capture()).toBeUndefined()
  })
})
