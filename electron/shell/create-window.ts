import { join } from 'node:path'
import type { Role } from '#contract/index.ts'
import { app, BrowserWindow, session, type Display } from 'electron'

const titles: Readonly<Record<Role, string>> = {
  officer: 'Quầy Căn cước',
  citizen: 'Quầy Căn cước · Công dân',
  technician: 'Quầy Căn cước · Kỹ thuật',
}

export type Look = {
  readonly mainFolder: string
  /** Before the title; '' for none. */
  readonly mark: string
  /** With a frame, to be moved about on a developer's only display. */
  readonly framed: boolean
  readonly kiosk: boolean
}

/** A window of a role that fills a display; its page is loaded by the caller. */
export function createWindow(role: Role, display: Display, { mainFolder, mark, framed, kiosk }: Look): BrowserWindow {
  const window = new BrowserWindow({
    ...display.bounds,
    title: mark + titles[role],
    kiosk,
    frame: framed,
    autoHideMenuBar: true,
    backgroundColor: '#f6f8f6',
    webPreferences: {
      preload: join(mainFolder, '..', 'preload', `${role}.cjs`),
      session: session.fromPartition(role),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
      // A file that is dropped on the page is not opened; a page that asks in the system's words is not heard.
      navigateOnDragDrop: false,
      disableDialogs: role === 'citizen',
    },
  })
  if (mark !== '') {
    // The page's own title would take the mark away.
    window.on('page-title-updated', (event) => event.preventDefault())
  }
  return window
}

/** Moves a window to fill a display. */
export function fillDisplay(window: BrowserWindow, { bounds }: Display): void {
  const now = window.getBounds()
  if (now.x === bounds.x && now.y === bounds.y && now.width === bounds.width && now.height === bounds.height) return
  // A window in full screen does not follow its bounds to another display.
  const kiosk = window.isKiosk()
  if (kiosk) window.setKiosk(false)
  window.setBounds(bounds)
  if (kiosk) window.setKiosk(true)
}
