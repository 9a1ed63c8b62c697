import type { Role } from '#contract/index.ts'
import { app, type Session } from 'electron'

/**
 * The officer's window has a camera for papers and portraits, and a microphone for the sentences of a language pack. The
 * technician's tests both; what it sees and hears becomes figures in the window and goes nowhere.
 */
const mayRecord: Readonly<Record<Role, boolean>> = { officer: true, citizen: false, technician: true }

/** Everything a page could ask of the system is refused, but camera and microphone for the window that needs them. */
export function confineSession(session: Session, role: Role): void {
  const ownOrigin = `app://${role}`
  const granted = (permission: string, origin: string | undefined) =>
    permission === 'media' && mayRecord[role] && origin !== undefined && sameOrigin(origin, ownOrigin)
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(granted(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => granted(permission, origin))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isLocal(details.url, ownOrigin) })
  })
}

/** For every window, also one that nobody meant to open: no navigation, no new window, no embedded page. */
export function confineEveryWindow(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => {
      // Reloading itself is how a page forgets the last citizen.
      if (event.url !== contents.getURL()) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

function sameOrigin(url: string, origin: string): boolean {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}` === origin
  } catch {
    return false
  }
}

function isLocal(url: string, ownOrigin: string): boolean {
  return url.startsWith('blob:') || url.startsWith('data:') || url.startsWith('devtools:') || sameOrigin(url, ownOrigin)
}
