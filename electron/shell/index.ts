import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EventData, Role } from '#contract/index.ts'
import { startCore, type Core } from '#core/index.ts'
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

const mainFolder = dirname(fileURLToPath(import.meta.url))
const roles: readonly Role[] = ['officer', 'citizen', 'technician']

const options = programArguments(process.argv.slice(1))
if (options.data !== undefined) app.setPath('userData', options.data)

// Two programs on one data folder would fight over every file.
if (!app.requestSingleInstanceLock()) {
  process.stderr.write('Quầy Căn cước đang chạy với thư mục dữ liệu này. Đã chuyển về cửa sổ đang mở.\n')
  app.exit(3)
} else {
  app.enableSandbox()
  forbidGestures()
  registerAppScheme()
  confineEveryWindow()
  app
    .whenReady()
    .then(
      () => start(options),
      () => app.exit(1),
    )
    .catch((error: unknown) => {
      process.stderr.write(`start failed: ${error instanceof Error ? error.name : 'unknown'}\n`)
      app.exit(1)
    })
}

function start({ devices, oneScreen, technician }: ProgramArguments): void {
  Menu.setApplicationMenu(null)
  const dataFolder = app.getPath('userData')
  const keystore = systemKeystore()
  const firstScreen = Promise.withResolvers<void>()
  /** Filled when core is there for the windows to call. */
  const shown: { windows?: Windows } = {}
  const forget = forgetVisits(session.fromPartition('citizen'))
  const core: Core = startCore({
    dataFolder,
    devicesFile: devices ?? join(dataFolder, 'devices.json'),
    ...(keystore && { keystore }),
    runtime: process.versions['electron'] === undefined ? 'stand-in' : 'electron',
    version: app.getVersion(),
    clock: () => new Date(),
    forkHost: (needs) => forkDeviceHost(mainFolder, needs),
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
    const own = session.fromPartition(role)
    confineSession(own, role)
    servePages(own, role, core, join(mainFolder, '..', 'renderer'))
  }
  shown.windows = openWindows({
    mainFolder,
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
