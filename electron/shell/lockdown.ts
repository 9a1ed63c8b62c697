import { app, type BrowserWindow, type Input } from 'electron'

/** What moves about in the citizen's page and answers its questions. Text is never typed there. */
const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']
const allowed = new Set(['Tab', 'Shift', 'Enter', ' ', 'Escape', 'Home', 'End', 'PageUp', 'PageDown', ...arrows])

/** Before the program is ready: what only Chromium's command line can turn off. */
export function forbidGestures(): void {
  // Two fingers sideways would go back, two fingers apart would enlarge.
  app.commandLine.appendSwitch('overscroll-history-navigation', '0')
  app.commandLine.appendSwitch('disable-pinch')
}

/**
 * Keeps whoever sits before the citizen's window inside its page. Keys of the system (Alt+Tab, the Windows key,
 * Ctrl+Alt+Del) reach no program: they are a matter of the machine's set-up (docs/unverified.md).
 * @param onOfficerKey Ctrl+F9, taken before the page sees it: a page that hangs cannot keep the officer out
 */
export function lockDown(window: BrowserWindow, onOfficerKey: () => void): void {
  const contents = window.webContents
  contents.on('before-input-event', (event, input) => {
    if (isOfficerKey(input)) {
      event.preventDefault()
      if (input.type === 'keyDown') onOfficerKey()
    } else if (!mayPass(input)) event.preventDefault()
  })
  contents.on('did-finish-load', () => {
    contents.setVisualZoomLevelLimits(1, 1).catch(() => {})
    // Only the page that is there now: nothing to go back to, by whatever button.
    contents.navigationHistory.clear()
  })
  // Ctrl and the wheel.
  contents.on('zoom-changed', () => contents.setZoomFactor(1))
  // The back and forward buttons of a mouse or keyboard.
  window.on('app-command', (event) => event.preventDefault())
  window.on('system-context-menu', (event) => event.preventDefault())
}

function isOfficerKey({ key, control, alt, meta, shift }: Input): boolean {
  return key === 'F9' && control && !alt && !meta && !shift
}

/** Plain signs, as a pad of numbers or a switch sends them, and the keys above; nothing with Ctrl, Alt or the system's key. */
function mayPass({ key, control, alt, meta }: Input): boolean {
  return !control && !alt && !meta && (allowed.has(key) || /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(key))
}
