import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EventData, Role } from '#contract/index.ts'
import { belongsTo, startCore, type Core, type LessonDesk, type Training } from '#core/index.ts'
import { app, Menu, session } from 'electron'
import { programArguments, type ProgramArguments } from './arguments.ts'
import { serveCalls } from './calls.ts'
import { confineEveryWindow, confineSession } from './confinement.ts'
import { forkDeviceHost } from './device-host.ts'
import { forgetVisits } from './forget.ts'
import { systemKeystore } from './keystore.ts'
import { forbidGestures } from './lockdown.ts'
import { registerAppScheme, servePages } from './pages.ts'
import { screenMemory } from './remembered.ts'
import { openWindows, type Windows } from './windows.ts'

const roles: readonly Role[] = ['officer', 'citizen', 'technician']

/** The simulated devices of the training program, and its lessons over them. */
type Rehearsal = {
  readonly devicesFile: string
  /** The simulated devices stand, or do not come. */
  readonly ready: () => Promise<void>
  readonly open: (desk: LessonDesk) => Training
}

/** What makes one of the two programs of these sources. */
export type ProgramKind = {
  /** Where the built main files are. */
  readonly mainFolder: string
  /** Absent: the station. */
  readonly training?: {
    /** Name of its data folder, beside the station's. */
    readonly folder: string
    readonly name: string
    /** Before the title of every window. */
    readonly mark: string
    /** Called before Electron is ready. */
    readonly prepare: (dataFolder: string) => Rehearsal
  }
}

/** The whole life of the program. */
export function runProgram({ mainFolder, training }: ProgramKind): void {
  const options = programArguments(process.argv.slice(1))
  if (training) {
    app.setName(training.name)
    const own = join(app.getPath('appData'), training.folder)
    mkdirSync(own, { recursive: true, mode: 0o700 })
    app.setPath('userData', own)
  }
  if (options.data !== undefined) app.setPath('userData', options.data)

  // Two programs on one data folder would fight over every file.
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('Quầy Căn cước đang chạy với thư mục dữ liệu này. Đã chuyển về cửa sổ đang mở.\n')
    app.exit(3)
    return
  }
  app.enableSandbox()
  forbidGestures()
  registerAppScheme()
  confineEveryWindow()
  const rehearsal = training?.prepare(app.getPath('userData'))
  app
    .whenReady()
    .then(
      async () => {
        if (!rehearsal) return start(mainFolder, options, '')
        // The devices are read from the file that the simulated ones write. In a station's folder nothing is put.
        if (await belongsTo('training', app.getPath('userData'))) await rehearsal.ready()
        start(mainFolder, options, training?.mark ?? '', rehearsal)
      },
      () => app.exit(1),
    )
    .catch((error: unknown) => {
      process.stderr.write(`start failed: ${error instanceof Error ? error.name : 'unknown'}\n`)
      app.exit(1)
    })
}

function start(
  mainFolder: string,
  { devices, oneScreen, technician }: ProgramArguments,
  mark: string,
  rehearsal?: Rehearsal,
): void {
  Menu.setApplicationMenu(null)
  const dataFolder = app.getPath('userData')
  const keystore = systemKeystore()
  const firstScreen = Promise.withResolvers<void>()
  /** Filled when core is there for the windows to call. */
  const shown: { windows?: Windows } = {}
  const forget = forgetVisits(session.fromPartition('citizen'))
  const core: Core = startCore({
    dataFolder,
    devicesFile: rehearsal?.devicesFile ?? devices ?? join(dataFolder, 'devices.json'),
    ...(rehearsal && { openTraining: rehearsal.open }),
    ...(keystore && { keystore }),
    runtime: process.versions['electron'] === undefined ? 'stand-in' : 'electron',
    version: app.getVersion(),
    clock: () => new Date(),
    forkHost: (needs) => forkDeviceHost(mainFolder, rehearsal ? { sockets: false } : needs),
    devicesAfter: firstScreen.promise,
    notify: (name, data) => {
      shown.windows?.send(name, data)
      if (name === 'citizenChanged') forget(data as EventData<'citizenChanged'>)
    },
    screens: {
      displays: () => shown.windows?.screens.displays() ?? [],
      bind: (key) => shown.windows?.screens.bind(key),
      turn: (to) => shown.windows?.screens.turn(to),
      placed: () => shown.windows?.screens.placed?.() ?? [],
      capture: () => shown.windows?.screens.capture() ?? Promise.resolve(undefined),
    },
    printers: {
      list: () => shown.windows?.printers.list() ?? Promise.resolve([]),
      printTestPage: (name) => shown.windows?.printers.printTestPage(name) ?? Promise.resolve(false),
    },
  })
  serveCalls(core, (id) => shown.windows?.roleOf(id))
  for (const role of roles) {
    const ownSession = session.fromPartition(role)
    confineSession(ownSession, role)
    servePages(ownSession, role, core, join(mainFolder, '..', 'renderer'), { training: rehearsal !== undefined })
  }
  shown.windows = openWindows({
    mainFolder,
    mark,
    oneScreen,
    technician,
    memory: screenMemory(dataFolder),
    onOfficerScreen: firstScreen.resolve,
    onCitizenScreen: core.citizenScreen,
    onDisplays: core.displaysChanged,
  })
  app.on('second-instance', () => shown.windows?.focus())
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => core.stop())
}
