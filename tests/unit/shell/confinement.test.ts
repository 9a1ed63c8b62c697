import { confineEveryWindow, confineSession } from '#electron/shell/confinement.ts'
import type { Session } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { app, FakeContents, FakeSession, resetElectron } from '../../support/fake-electron.ts'
import { roles } from '../contract/examples.ts'

beforeEach(resetElectron)

/** Electron's names of permissions, those of a request and those of a check. */
const permissions = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'display-capture',
  'fullscreen',
  'geolocation',
  'idle-detection',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'pointerLock',
  'keyboardLock',
  'openExternal',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'window-management',
  'fileSystem',
  'hid',
  'serial',
  'usb',
  'deprecated-sync-clipboard-read',
  'unknown',
]

function confined(role: (typeof roles)[number]) {
  const session = new FakeSession()
  confineSession(session as unknown as Session, role)
  const request = session.request as (
    contents: unknown,
    permission: string,
    answer: (granted: boolean) => void,
    details: object,
  ) => void
  const check = session.check as (contents: unknown, permission: string, origin: string, details: object) => boolean
  const before = session.beforeRequest as (
    details: { url: string },
    answer: (verdict: { cancel?: boolean }) => void,
  ) => void
  return {
    requested(permission: string, requestingUrl: string, mediaTypes?: readonly string[]) {
      const verdicts: boolean[] = []
      request(null, permission, (granted) => verdicts.push(granted), {
        requestingUrl,
        isMainFrame: true,
        ...(mediaTypes && { mediaTypes }),
      })
      expect(verdicts).toHaveLength(1)
      return verdicts[0]
    },
    checked: (permission: string, origin: string, mediaType?: string) =>
      check(null, permission, origin, { ...(mediaType && { mediaType }) }),
    cancelled(url: string) {
      const verdicts: (boolean | undefined)[] = []
      before({ url }, ({ cancel }) => verdicts.push(cancel))
      expect(verdicts).toHaveLength(1)
      return verdicts[0]
    },
  }
}

/** The officer takes pictures and records sentences, the technician tests both; the citizen's window never sees or hears. */
const mayRecord: Readonly<Record<(typeof roles)[number], boolean>> = { officer: true, technician: true, citizen: false }

describe.each(roles)('a page of the %s', (role) => {
  const own = `app://${role}/`
  const { requested, checked, cancelled } = confined(role)

  test.each(permissions)('asking for %s gets it only if it is a camera and the window needs one', (permission) => {
    const camera = mayRecord[role] && permission === 'media'
    expect(requested(permission, `${own}index.html`, ['video'])).toBe(camera)
    expect(checked(permission, own, 'video')).toBe(camera)
  })

  test('gets a microphone, alone or along with the camera, only if the window needs one', () => {
    const recording = mayRecord[role]
    expect(requested('media', `${own}index.html`, ['audio'])).toBe(recording)
    expect(requested('media', `${own}index.html`, ['video', 'audio'])).toBe(recording)
    expect(checked('media', own, 'audio')).toBe(recording)
  })

  test.each([
    'https://officer/',
    'app://officer.example/',
    'app://officer@citizen/',
    'app://other/',
    'file:///index.html',
    'about:blank',
    '',
    'not a url',
  ])('that turns out to be %s gets neither camera nor microphone', (origin) => {
    expect(requested('media', origin, ['video'])).toBe(false)
    expect(checked('media', origin, 'video')).toBe(false)
    expect(requested('media', origin, ['audio'])).toBe(false)
    expect(checked('media', origin, 'audio')).toBe(false)
  })

  test.each(['index.html', 'assets/app.js', 'blob/00ff', ''])('may load %s of its own', (path) => {
    expect(cancelled(own + path)).toBe(false)
  })

  test.each([`blob:app://${role}/0b`, 'data:image/png;base64,AA=='])('may load %s', (url) => {
    expect(cancelled(url)).toBe(false)
  })

  test.each([
    'https://example.vn/',
    'http://127.0.0.1:8080/',
    'http://169.254.169.254/latest',
    'ws://127.0.0.1/',
    'wss://example.vn/',
    'ftp://example.vn/',
    'file:///etc/passwd',
    'chrome://gpu',
    `https://${role}/`,
    `app://${role}.example/`,
    'app://elsewhere/',
    `app://${role}:1@evil/`,
    'javascript:alert(1)',
    '',
  ])('may not load %s', (url) => {
    expect(cancelled(url)).toBe(true)
  })

  test('may not load what belongs to another window', () => {
    for (const other of roles.filter((each) => each !== role)) expect(cancelled(`app://${other}/index.html`)).toBe(true)
  })
})

describe('every window, also one that nobody meant to open,', () => {
  const opened = () => {
    confineEveryWindow()
    const contents = new FakeContents()
    contents.mainFrame.url = 'app://officer/index.html'
    app.emit('web-contents-created', {}, contents)
    return contents
  }
  const stopped = (contents: FakeContents, event: string, url: string) => {
    const preventDefault = vi.fn()
    contents.emit(event, { url, preventDefault })
    return preventDefault.mock.calls.length > 0
  }

  test.each(['https://example.vn/', 'app://officer/index.html', 'about:blank', 'javascript:alert(1)'])(
    'cannot open %s in another',
    (url) => {
      expect(opened().windowOpen({ url })).toEqual({ action: 'deny' })
    },
  )

  test.each([
    'https://example.vn/',
    'app://citizen/index.html',
    'app://officer/other.html',
    'app://officer/index.html?a',
    'file:///etc/passwd',
    'data:text/html,x',
  ])('cannot go to %s', (url) => {
    expect(stopped(opened(), 'will-navigate', url)).toBe(true)
  })

  test('may load itself again, which is how it forgets the last citizen', () => {
    expect(stopped(opened(), 'will-navigate', 'app://officer/index.html')).toBe(false)
  })

  test('cannot embed another', () => {
    expect(stopped(opened(), 'will-attach-webview', 'app://officer/index.html')).toBe(true)
  })
})
