import { eventsTo, wireName, type EventData } from '#contract/index.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { app, resetElectron, session, type FakeWindow } from '../../support/fake-electron.ts'
import { roles } from '../contract/examples.ts'
import { alive, laptop, plug, second, start, theWindowOf, windowOf } from './desk-windows.ts'

beforeEach(() => {
  resetElectron()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-21T01:00:00Z') })
})
afterEach(() => vi.useRealTimers())

const unplug = () => plug(laptop)
const plugIn = () => plug(laptop, second)

describe('displays', () => {
  test('the officer is on the first display and the citizen on the second, each filling it', () => {
    start([laptop, second])
    expect(theWindowOf('officer').bounds).toEqual(laptop.bounds)
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
    expect(alive()).toHaveLength(2)
  })

  test('with one display there is no window of the citizen, and the officer is told', () => {
    const { citizenScreen } = start([laptop])
    expect(windowOf('citizen')).toBeUndefined()
    expect(citizenScreen).toEqual(['no-display'])
  })

  test("a citizen's window is destroyed when its display goes, and nothing of it slides onto the officer's", () => {
    const { windows, citizenScreen } = start([laptop, second])
    const before = theWindowOf('citizen')
    unplug()
    expect(before.destroyed).toBe(true)
    expect(before.bounds).toEqual(second.bounds)
    expect(alive()).toEqual([theWindowOf('officer')])
    expect(windows.roleOf(before.webContents.id)).toBeUndefined()
    expect(citizenScreen.at(-1)).toBe('no-display')
    expect(app.quits).toBe(0)
  })

  test("a citizen's window comes back with its display, as a new one", () => {
    const { windows, citizenScreen } = start([laptop, second])
    const before = theWindowOf('citizen')
    unplug()
    plugIn()
    const after = theWindowOf('citizen')
    expect(after).not.toBe(before)
    expect(after.bounds).toEqual(second.bounds)
    expect(windows.roleOf(after.webContents.id)).toBe('citizen')
    after.webContents.emit('did-finish-load')
    expect(citizenScreen.at(-1)).toBe('shown')
  })

  test('a display that appears twice does not make two windows of the citizen', () => {
    start([laptop, second])
    plugIn()
    plugIn()
    expect(alive()).toHaveLength(2)
  })

  test("the citizen's window follows its display when that is moved or turned", () => {
    start([laptop, second])
    const size = { width: 600, height: 1024 }
    const turned = { ...second, bounds: { x: 0, y: 768, ...size }, size }
    plug(laptop, turned)
    expect(theWindowOf('citizen').bounds).toEqual(turned.bounds)
  })

  test('with one display and --one-screen the citizen has an ordinary window', () => {
    start([laptop], { oneScreen: true })
    expect(theWindowOf('citizen').options).toMatchObject({ frame: true, kiosk: false })
  })

  test("the technician's window is not there unless asked for", () => {
    start([laptop, second])
    expect(windowOf('technician')).toBeUndefined()
  })

  test("the technician's window is there when asked for", () => {
    start([laptop, second], { technician: true })
    expect(windowOf('technician')).toBeDefined()
  })

  test("a citizen's window that was closed by hand comes back where it was", () => {
    const { windows, citizenScreen } = start([laptop, second])
    const window = theWindowOf('citizen')
    window.webContents.emit('did-finish-load')
    window.destroy()
    expect(citizenScreen.at(-1)).toBe('restarting')
    expect(theWindowOf('citizen').bounds).toEqual(second.bounds)
    expect(windows.roleOf(window.webContents.id)).toBeUndefined()
    theWindowOf('citizen').webContents.emit('did-finish-load')
    expect(citizenScreen.at(-1)).toBe('shown')
    expect(app.quits).toBe(0)
  })

  test("a citizen's window that is closed again and again stays away, and the officer is told", () => {
    const { citizenScreen } = start([laptop, second])
    for (let time = 0; time < 6; time++) theWindowOf('citizen').destroy()
    expect(windowOf('citizen')).toBeUndefined()
    expect(citizenScreen.at(-1)).toBe('no-display')
  })

  test("the citizen's window does not come back while the program ends", () => {
    start([laptop, second])
    app.emit('before-quit')
    theWindowOf('citizen').destroy()
    expect(windowOf('citizen')).toBeUndefined()
  })

  test("the program ends with the officer's window", () => {
    start([laptop, second])
    theWindowOf('officer').destroy()
    expect(app.quits).toBe(1)
  })
})

describe('every window', () => {
  test('is sandboxed, isolated, without Node, in a session and with a preload of its role', () => {
    start([laptop, second], { technician: true })
    for (const role of roles) {
      expect(theWindowOf(role).options['webPreferences']).toEqual({
        preload: `/program/out/preload/${role}.cjs`,
        session: session.fromPartition(role),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        devTools: true,
        navigateOnDragDrop: false,
        disableDialogs: role === 'citizen',
      })
    }
  })

  test('in a package has no developer tools, and those of officer and citizen cannot be left', () => {
    app.isPackaged = true
    start([laptop, second], { technician: true })
    for (const role of roles) expect(theWindowOf(role).options['webPreferences']).toMatchObject({ devTools: false })
    expect(roles.map((role) => theWindowOf(role).options['kiosk'])).toEqual([true, true, false])
  })

  test('is known by its contents, and no other contents are', () => {
    const { windows } = start([laptop, second], { technician: true })
    for (const role of roles) expect(windows.roleOf(theWindowOf(role).webContents.id)).toBe(role)
    expect(windows.roleOf(0)).toBeUndefined()
    expect(windows.roleOf(999_999)).toBeUndefined()
  })

  test('is sent the events of its role and no others', () => {
    const { windows } = start([laptop, second], { technician: true })
    const events = [...new Set(roles.flatMap((role) => eventsTo(role)))]
    for (const name of events) windows.send(name, {} as EventData<typeof name>)
    for (const role of roles) {
      expect(
        theWindowOf(role)
          .webContents.sent.map(([channel]) => channel)
          .toSorted(),
      ).toEqual(eventsTo(role).map(wireName).toSorted())
    }
  })

  test('that is gone is sent nothing', () => {
    const { windows } = start([laptop, second])
    const citizen = theWindowOf('citizen')
    unplug()
    windows.send('citizenChanged', { scene: 'idle' })
    expect(citizen.webContents.sent).toEqual([])
    expect(theWindowOf('officer').webContents.sent).toEqual([])
  })
})

describe('a window whose page has died', () => {
  const die = (window: FakeWindow) =>
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })

  test("is loaded again, and the officer is told that the citizen's screen restarts", () => {
    const { citizenScreen } = start([laptop, second])
    const citizen = theWindowOf('citizen')
    citizen.webContents.emit('did-finish-load')
    die(citizen)
    expect(citizen.webContents.reloads).toBe(1)
    expect(citizenScreen).toEqual(['shown', 'restarting'])
    citizen.webContents.emit('did-finish-load')
    expect(citizenScreen.at(-1)).toBe('shown')
  })

  test('does not touch the others', () => {
    const { citizenScreen } = start([laptop, second])
    die(theWindowOf('officer'))
    expect(theWindowOf('officer').webContents.reloads).toBe(1)
    expect(theWindowOf('citizen').webContents.reloads).toBe(0)
    expect(citizenScreen).toEqual([])
  })

  test('hangs: it is ended, so that it can be loaded again', () => {
    start([laptop, second])
    const citizen = theWindowOf('citizen')
    citizen.emit('unresponsive')
    expect(citizen.webContents.crashesAsked).toBe(1)
  })

  test('is loaded again five times in a minute and no more', () => {
    const { citizenScreen } = start([laptop, second])
    const citizen = theWindowOf('citizen')
    for (let crash = 0; crash < 9; crash++) die(citizen)
    expect(citizen.webContents.reloads).toBe(5)
    expect(citizenScreen.at(-1)).toBe('restarting')
    expect(app.exits).toEqual([])
  })

  test('may die as often as it likes when a minute lies between', () => {
    start([laptop, second])
    const citizen = theWindowOf('citizen')
    for (let crash = 0; crash < 20; crash++) {
      die(citizen)
      vi.setSystemTime(Date.now() + 12_001)
    }
    expect(citizen.webContents.reloads).toBe(20)
  })

  test("ends the program when it is the officer's, for the sixth time in a minute", () => {
    start([laptop, second])
    const officer = theWindowOf('officer')
    for (let crash = 0; crash < 6; crash++) die(officer)
    expect(officer.webContents.reloads).toBe(5)
    expect(app.exits).toEqual([1])
  })

  test('is let be when it has been destroyed meanwhile', () => {
    const { citizenScreen } = start([laptop, second])
    const citizen = theWindowOf('citizen')
    unplug()
    die(citizen)
    expect(citizen.webContents.reloads).toBe(0)
    expect(citizenScreen.at(-1)).toBe('no-display')
  })
})

test("a second start brings the officer's window to the front", () => {
  const { windows } = start([laptop, second])
  windows.focus()
  expect([theWindowOf('officer').focused, theWindowOf('citizen').focused]).toEqual([1, 0])
})
