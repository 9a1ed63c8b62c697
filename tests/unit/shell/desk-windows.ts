import type { CitizenDisplay } from '#electron/shell/remembered.ts'
import { openWindows } from '#electron/shell/windows.ts'
import { expect } from 'vitest'
import { fakeDisplay, FakeWindow, screen, type FakeDisplay } from '../../support/fake-electron.ts'

/** The officer's laptop, the citizen's display beside it, and one that nobody knows. */
export const laptop = fakeDisplay(10, 0, { internal: true, width: 1366, height: 768 })
export const second = fakeDisplay(20, 1366)
export const stranger = fakeDisplay(30, 2390)

export type Started = ReturnType<typeof start>

/** The windows on those displays, the first one primary. They remember in `memory.kept`. */
export function start(
  displays: readonly FakeDisplay[],
  options: {
    oneScreen?: boolean
    mark?: string
    technician?: boolean
    remembered?: CitizenDisplay | null | undefined
  } = {},
) {
  screen.displays = [...displays]
  const citizenScreen: string[] = []
  const kept: (CitizenDisplay | null)[] = []
  const told = { displays: 0 }
  const windows = openWindows({
    mainFolder: '/program/out/main',
    mark: options.mark ?? '',
    oneScreen: options.oneScreen ?? false,
    technician: options.technician ?? false,
    memory: {
      citizen: options.remembered,
      remember: (citizen) => void kept.push(citizen),
      written: () => Promise.resolve(),
    },
    onOfficerScreen: () => {},
    onCitizenScreen: (state) => citizenScreen.push(state),
    onDisplays: () => void told.displays++,
  })
  // The citizen's window waits for the officer's page.
  expect(windowOf('citizen')).toBeUndefined()
  theWindowOf('officer').webContents.emit('did-finish-load')
  return { windows, screens: windows.screens, citizenScreen, kept, told }
}

/** What the program remembers of a display once it was bound. */
export function rememberedAs(display: FakeDisplay): CitizenDisplay {
  const before = screen.displays
  const { kept } = start([laptop, display])
  const found = kept.at(-1)
  for (const window of FakeWindow.all) window.destroyed = true
  FakeWindow.all = []
  screen.removeAllListeners()
  screen.displays = before
  if (!found) throw new Error('nothing was remembered')
  return found
}

export const alive = () => FakeWindow.all.filter(({ destroyed }) => !destroyed)
export function windowOf(role: string): FakeWindow | undefined {
  const own = alive().filter(({ webContents }) => webContents.getURL() === `app://${role}/index.html`)
  expect(own.length, role).toBeLessThanOrEqual(1)
  return own[0]
}
export function theWindowOf(role: string): FakeWindow {
  const own = windowOf(role)
  if (!own) throw new Error(`no window of the ${role}`)
  return own
}
export const load = (role: string) => theWindowOf(role).webContents.emit('did-finish-load')

/** As Electron does it: the list is the new one when it tells of the change, and a display that went comes as it was. */
export function plug(...displays: FakeDisplay[]): void {
  const before = screen.displays
  screen.displays = displays
  for (const old of before) if (!displays.some(({ id }) => id === old.id)) screen.emit('display-removed', {}, old)
  for (const now of displays) if (!before.some(({ id }) => id === now.id)) screen.emit('display-added', {}, now)
  for (const now of displays) {
    const old = before.find(({ id }) => id === now.id)
    if (old && JSON.stringify(old) !== JSON.stringify(now)) screen.emit('display-metrics-changed', {}, now, ['bounds'])
  }
}

/** The same display elsewhere on the desktop. */
export const moved = (display: FakeDisplay, x: number): FakeDisplay => ({
  ...display,
  bounds: { ...display.bounds, x },
})
