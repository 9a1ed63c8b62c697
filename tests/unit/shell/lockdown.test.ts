import { forbidGestures, lockDown } from '#electron/shell/lockdown.ts'
import type { BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { app, FakeWindow, resetElectron } from '../../support/fake-electron.ts'

beforeEach(resetElectron)

function lockedDown() {
  const window = new FakeWindow({})
  let taken = 0
  lockDown(window as unknown as BrowserWindow, () => void taken++)
  const stopped = (target: FakeWindow | FakeWindow['webContents'], event: string, ...args: unknown[]) => {
    const preventDefault = vi.fn()
    target.emit(event, { preventDefault }, ...args)
    return preventDefault.mock.calls.length > 0
  }
  const press = (line: string, type = 'keyDown') => {
    const parts = line.split('+')
    const has = (name: string) => parts.slice(0, -1).includes(name)
    const key = parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? '')
    const input = { type, key, control: has('Ctrl'), alt: has('Alt'), meta: has('Meta'), shift: has('Shift') }
    return stopped(window.webContents, 'before-input-event', input)
  }
  return { window, stopped, press, taken: () => taken }
}

test.each('1 2 9 0 Enter Space Tab Shift+Tab ArrowLeft ArrowDown PageDown Home Escape đ Shift+A - *'.split(' '))(
  'the citizen may press %s',
  (key) => {
    const { press } = lockedDown()
    expect([press(key), press(key, 'keyUp')]).toEqual([false, false])
  },
)

test.each(
  (
    'Ctrl+p Ctrl+s Ctrl+o Ctrl+r Ctrl+Shift+R Ctrl+n Ctrl+t Ctrl+w Ctrl+q Ctrl+c Ctrl+a Ctrl+f Ctrl+= ' +
    'Ctrl+- Ctrl+0 Ctrl+Shift+I Ctrl+Shift+J Ctrl+u Ctrl+1 Alt+ArrowLeft Alt+ArrowRight Alt+F4 Alt+Space ' +
    'Alt+Tab Meta+d Meta+Tab Ctrl+Escape F1 F5 F9 F11 F12 Shift+F9 Alt+F9 Ctrl+Shift+F9 Ctrl+Alt+F9 ' +
    'Shift+F10 BrowserBack BrowserForward BrowserRefresh BrowserHome ContextMenu PrintScreen LaunchMail ' +
    'Backspace Delete Insert Meta Alt Control'
  ).split(' '),
)('%s does not reach the page', (key) => {
  const { press, taken } = lockedDown()
  expect([press(key), press(key, 'keyUp'), taken()]).toEqual([true, true, 0])
})

test("the officer's key is taken before the page sees it, once for each time it is pressed", () => {
  const { press, taken } = lockedDown()
  expect([press('Ctrl+F9'), press('Ctrl+F9', 'keyUp')]).toEqual([true, true])
  expect(taken()).toBe(1)
})

test('a page that has loaded cannot be enlarged by fingers and has nothing to go back to', () => {
  const { window } = lockedDown()
  window.webContents.emit('did-finish-load')
  window.webContents.emit('did-finish-load')
  expect(window.webContents.zoomLimits).toEqual([
    [1, 1],
    [1, 1],
  ])
  expect(window.webContents.histories).toBe(2)
})

test('the wheel with Ctrl enlarges nothing', () => {
  const { window } = lockedDown()
  window.webContents.emit('zoom-changed', {}, 'in')
  expect(window.webContents.zooms).toEqual([1])
})

test("the back button of a mouse and the window's own menu do nothing", () => {
  const { window, stopped } = lockedDown()
  for (const command of ['browser-backward', 'browser-forward', 'browser-home', 'close']) {
    expect(stopped(window, 'app-command', command)).toBe(true)
  }
  expect(stopped(window, 'system-context-menu', { x: 1, y: 1 })).toBe(true)
})

test('gestures of Chromium that leave or enlarge the page are off before it starts', () => {
  forbidGestures()
  expect(app.switches).toEqual(['overscroll-history-navigation=0', 'disable-pinch'])
})
