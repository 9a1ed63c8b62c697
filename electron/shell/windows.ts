import { eventsTo, wireName, type EventData, type EventName, type Role, type Surroundings } from '#contract/index.ts'
import type { Printers, Screens } from '#core/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { app, globalShortcut, screen, type BrowserWindow, type Display } from 'electron'
import { arrange, placeForOfficer, type Situation } from './arrangement.ts'
import { createWindow, fillDisplay } from './create-window.ts'
import { displayRegistry, type KnownDisplay } from './displays.ts'
import { lockDown } from './lockdown.ts'
import { capturePage } from './mirror.ts'
import { placedDisplays } from './placed.ts'
import { systemPrinters } from './printers.ts'
import type { ScreenMemory } from './remembered.ts'

export type Windows = {
  roleOf(contentsId: number): Role | undefined
  send<Name extends EventName>(name: Name, data: EventData<Name>): void
  focus(): void
  readonly screens: Screens
  readonly printers: Printers
}

type Options = {
  readonly mainFolder: string
  /** Before the title of every window; '' for none. */
  readonly mark: string
  readonly oneScreen: boolean
  readonly technician: boolean
  readonly memory: ScreenMemory
  /** The officer's page is there. */
  readonly onOfficerScreen: () => void
  /** How the citizen's screen is, each time it changes. */
  readonly onCitizenScreen: (state: Surroundings['citizenScreen']) => void
  /** What `screens.displays()` says is something else now. */
  readonly onDisplays: () => void
}

/** A window that dies more often than this in a minute stays down: something is wrong that a reload does not mend. */
const crashesPerMinute = 5

/** While the citizen's window hides the officer's, also heard when no page is alive to hear it. */
const officerKey = 'Control+F9'

/** Opens the officer's window and, on the display that is the citizen's, the citizen's, and keeps both alive. */
export function openWindows(options: Options): Windows {
  const { memory, oneScreen } = options
  const open = new Map<Role, BrowserWindow>()
  const crashes = new Map<Role, number[]>()
  const registry = displayRegistry(memory.citizen ? [memory.citizen] : [])
  let bound = memory.citizen === null ? null : memory.citizen?.key
  let citizen: { readonly key: string; readonly framed: boolean; loaded: boolean } | undefined
  let officer: string | undefined
  let home: string | undefined
  let covered: string | undefined
  let begun = false
  let ending = false
  let told: string | undefined
  let listed = ''
  let remembered = JSON.stringify(memory.citizen)

  /** The displays that are there, the primary one first. */
  const present = (): readonly KnownDisplay[] => {
    // For a moment, or while the machine sleeps, there may be none; Electron may say -1 then.
    const there = screen.getAllDisplays().filter(({ id }) => id !== -1)
    const primary = there.length === 0 ? -1 : screen.getPrimaryDisplay().id
    return registry
      .recognise(there)
      .toSorted((a, b) => Number(b.display.id === primary) - Number(a.display.id === primary))
  }
  const situation = (known: readonly KnownDisplay[]): Situation => {
    return { displays: known.map(({ key }) => key), bound, officer, home, covered }
  }

  const show = (role: Role, display: Display, look: { readonly framed: boolean; readonly kiosk: boolean }) => {
    const window = createWindow(role, display, { mainFolder: options.mainFolder, mark: options.mark, ...look })
    open.set(role, window)
    window.on('closed', () => {
      if (role === 'officer') {
        ending = true
        app.quit()
      }
      if (open.get(role) !== window) return
      open.delete(role)
      if (role === 'citizen') lose()
    })
    window.webContents.on('render-process-gone', () => restart(role, window))
    window.on('unresponsive', () => window.webContents.forcefullyCrashRenderer())
    if (role === 'officer') {
      window.webContents.on('did-finish-load', () => {
        options.onOfficerScreen()
        // The officer can begin before the citizen's window is there; a second window at once would only slow the first.
        begun = true
        settle()
      })
    }
    if (role === 'citizen') {
      lockDown(window, takeBack)
      window.webContents.on('did-finish-load', () => {
        if (!citizen || open.get('citizen') !== window) return
        citizen.loaded = true
        tellHowItStands()
      })
    }
    void window.loadURL(`app://${role}/index.html`)
    return window
  }

  const mayComeBack = (role: Role): boolean => {
    const now = Date.now()
    const recent = [...(crashes.get(role) ?? []), now].filter((at) => now - at < 60_000)
    crashes.set(role, recent)
    return recent.length <= crashesPerMinute
  }

  const restart = (role: Role, window: BrowserWindow) => {
    if (window.isDestroyed()) return
    if (role === 'citizen') {
      if (citizen) citizen.loaded = false
      tell('restarting')
    }
    if (mayComeBack(role)) window.webContents.reload()
    else if (role === 'officer') app.exit(1)
  }

  /** Somebody closed the citizen's window: it comes back, at once and in the same place. */
  const lose = () => {
    const framed = citizen?.framed === true
    citizen = undefined
    if (ending || framed || !mayComeBack('citizen')) return tell('no-display')
    tell('restarting')
    settle()
  }

  const closeCitizen = () => {
    const window = open.get('citizen')
    open.delete('citizen')
    citizen = undefined
    window?.destroy()
  }

  const tell = (state: Surroundings['citizenScreen']) => {
    if (state === told) return
    told = state
    options.onCitizenScreen(state)
  }

  const tellHowItStands = (strangers = false) => {
    if (citizen) {
      if (citizen.loaded) tell(covered === undefined ? 'shown' : 'turned')
    } else if (begun) tell(strangers ? 'unchosen' : 'no-display')
  }

  /** Puts every window where it belongs now. */
  const settle = () => {
    if (ending) return
    const known = present()
    const wanted = arrange(situation(known))
    const display = (key: string | undefined) => known.find((each) => each.key === key)?.display
    bound = wanted.bound
    rememberBound()
    officer = wanted.officer ?? officer
    if (wanted.officer !== undefined && wanted.officer !== bound) home = wanted.officer
    covered = wanted.covered ? wanted.citizen : undefined

    const framed = oneScreen && wanted.citizen === undefined && wanted.officer !== undefined && known.length === 1
    const stage = framed ? officer : wanted.citizen
    if (citizen && (citizen.key !== stage || citizen.framed !== framed)) closeCitizen()
    const placeCitizen = () => {
      const at = display(stage)
      const window = open.get('citizen')
      if (!at || stage === undefined || !begun) return
      if (window) return framed ? undefined : fillDisplay(window, at)
      citizen = { key: stage, framed, loaded: false }
      show('citizen', at, {
        framed: oneScreen && covered === undefined,
        kiosk: covered !== undefined || (app.isPackaged && !oneScreen),
      })
    }
    if (wanted.officer === undefined) {
      // First what covers the officer's window, then that one goes: nobody looks at an empty desk.
      placeCitizen()
      for (const role of ['officer', 'technician'] as const) open.get(role)?.hide()
    } else {
      placeOfficer(display(officer))
      placeCitizen()
    }
    if (covered === undefined) globalShortcut.unregister(officerKey)
    else if (!globalShortcut.isRegistered(officerKey)) globalShortcut.register(officerKey, takeBack)
    tellHowItStands(known.length > 1)
    tellDisplays()
  }

  const placeOfficer = (display: Display | undefined) => {
    const window = open.get('officer')
    if (!window || !display) return
    if (!oneScreen) fillDisplay(window, display)
    if (window.isVisible()) return
    open.get('technician')?.show()
    window.show()
    window.focus()
  }

  const rememberBound = () => {
    const marks = typeof bound === 'string' ? registry.marksOf(bound) : undefined
    if (bound === undefined || (typeof bound === 'string' && !marks)) return
    const next = typeof bound === 'string' && marks ? { key: bound, marks } : null
    if (JSON.stringify(next) === remembered) return
    remembered = JSON.stringify(next)
    memory.remember(next)
  }
  const takeBack = () => {
    if (covered === undefined) return
    officer = placeForOfficer(situation(present())) ?? officer
    covered = undefined
    closeCitizen()
    settle()
  }

  const displays: Screens['displays'] = () =>
    present().map(({ key, display: { label, size, touchSupport } }) => ({
      key,
      label: label === '' ? `${size.width} × ${size.height}` : label.slice(0, 200),
      ...size,
      touch: touchSupport === 'available',
      use: key === bound ? 'citizen' : key === officer ? 'officer' : 'none',
    }))

  const placed = () => placedDisplays(present(), registry, bound, officer)

  const tellDisplays = () => {
    const list = JSON.stringify([displays(), placed()])
    if (list === listed) return
    listed = list
    options.onDisplays()
  }

  const screens: Screens = {
    displays,
    placed,
    bind(key) {
      const known = present()
      // The officer's own display, unless there is another to go to, is the only one the officer has.
      const there = known.some((each) => each.key === key) && (key !== officer || known.length > 1)
      if (key !== '' && !there) throw new AppError('DISPLAY_ABSENT', 'displays.bind')
      bound = key === '' ? null : key
      settle()
    },
    turn(to) {
      if (to === 'officer') return takeBack()
      if (covered !== undefined || (citizen && !citizen.framed)) return
      closeCitizen()
      covered = officer
      settle()
    },
    capture: () => capturePage(citizen?.loaded === true ? open.get('citizen') : undefined),
  }

  const first = present()
  officer = placeForOfficer(situation(first))
  const start = first.find(({ key }) => key === officer)?.display ?? screen.getPrimaryDisplay()
  show('officer', start, { framed: oneScreen, kiosk: app.isPackaged && !oneScreen })
  if (options.technician) show('technician', start, { framed: true, kiosk: false })
  app.on('before-quit', () => {
    ending = true
  })
  screen.on('display-added', settle)
  screen.on('display-removed', (_event, gone) => {
    registry.unplugged(gone)
    settle()
  })
  screen.on('display-metrics-changed', settle)

  return {
    screens,
    printers: systemPrinters(
      () => open.get('officer'),
      () => open.get('technician'),
    ),
    roleOf: (contentsId) =>
      [...open].find(([, window]) => !window.isDestroyed() && window.webContents.id === contentsId)?.[0],
    send: (name, data) => {
      for (const [role, window] of open) {
        if (eventsTo(role).includes(name) && !window.isDestroyed()) window.webContents.send(wireName(name), data)
      }
    },
    // A second start must not bring the officer's window before a citizen's eyes.
    focus: () => open.get(covered === undefined ? 'officer' : 'citizen')?.focus(),
  }
}
