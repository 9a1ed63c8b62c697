import { join } from 'node:path'
import { eventsTo, wireName, type EventData, type EventName, type Role } from '#contract/index.ts'
import { app, BrowserWindow, screen, session, type Display } from 'electron'

export type Windows = {
  roleOf(contentsId: number): Role | undefined
  send<Name extends EventName>(name: Name, data: EventData<Name>): void
  focus(): void
}

type Options = {
  readonly mainFolder: string
  readonly oneScreen: boolean
  readonly technician: boolean
  /** The officer's page is there. */
  readonly onOfficerScreen: () => void
  /** How the citizen's screen is, each time it changes. */
  readonly onCitizenScreen: (state: 'shown' | 'restarting' | 'no-display') => void
}

const titles: Readonly<Record<Role, string>> = {
  officer: 'Quầy Căn cước',
  citizen: 'Quầy Căn cước · Công dân',
  technician: 'Quầy Căn cước · Kỹ thuật',
}

/** A window that dies more often than this in a minute stays down: something is wrong that a reload does not mend. */
const crashesPerMinute = 5

/** Opens the officer's window on the first display and the citizen's on the second, and keeps both alive. */
export function openWindows(options: Options): Windows {
  const open = new Map<Role, BrowserWindow>()
  const crashes = new Map<Role, number[]>()

  const show = (role: Role, display: Display) => {
    const window = createWindow(role, display, options)
    open.set(role, window)
    window.on('closed', () => {
      if (role === 'officer') app.quit()
      if (open.get(role) !== window) return
      open.delete(role)
      if (role === 'citizen') options.onCitizenScreen('no-display')
    })
    window.webContents.on('render-process-gone', () => restart(role, window))
    window.on('unresponsive', () => window.webContents.forcefullyCrashRenderer())
    if (role === 'officer') {
      window.webContents.on('did-finish-load', () => {
        options.onOfficerScreen()
        // The officer can begin before the citizen's window is there; a second window at once would only slow the first.
        placeCitizen()
      })
    }
    if (role === 'citizen') window.webContents.on('did-finish-load', () => options.onCitizenScreen('shown'))
    void window.loadURL(`app://${role}/index.html`)
  }

  const restart = (role: Role, window: BrowserWindow) => {
    if (window.isDestroyed()) return
    const now = Date.now()
    const recent = [...(crashes.get(role) ?? []), now].filter((at) => now - at < 60_000)
    crashes.set(role, recent)
    if (role === 'citizen') options.onCitizenScreen('restarting')
    if (recent.length <= crashesPerMinute) window.webContents.reload()
    else if (role === 'officer') app.exit(1)
  }

  /** The citizen's window exists only while it has a display of its own: it never slides onto the officer's. */
  const placeCitizen = () => {
    const primary = screen.getPrimaryDisplay()
    const second =
      screen.getAllDisplays().find(({ id }) => id !== primary.id) ?? (options.oneScreen ? primary : undefined)
    const window = open.get('citizen')
    if (!second) {
      open.delete('citizen')
      window?.destroy()
      options.onCitizenScreen('no-display')
    } else if (!window) show('citizen', second)
    else window.setBounds(second.bounds)
  }

  show('officer', screen.getPrimaryDisplay())
  if (options.technician) show('technician', screen.getPrimaryDisplay())
  screen.on('display-added', placeCitizen)
  screen.on('display-removed', placeCitizen)
  screen.on('display-metrics-changed', placeCitizen)

  return {
    roleOf: (contentsId) =>
      [...open].find(([, window]) => !window.isDestroyed() && window.webContents.id === contentsId)?.[0],
    send: (name, data) => {
      for (const [role, window] of open) {
        if (eventsTo(role).includes(name) && !window.isDestroyed()) window.webContents.send(wireName(name), data)
      }
    },
    focus: () => open.get('officer')?.focus(),
  }
}

function createWindow(role: Role, display: Display, { mainFolder, oneScreen }: Options): BrowserWindow {
  const kiosk = app.isPackaged && role !== 'technician' && !oneScreen
  return new BrowserWindow({
    ...display.bounds,
    title: titles[role],
    kiosk,
    frame: role === 'technician' || oneScreen,
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
    },
  })
}
