import type Electron from 'electron'
import { app as standinApp } from './app.ts'
import { BrowserWindow as StandinBrowserWindow } from './browser-window.ts'
import { listenToLauncher } from './control.ts'
import * as desktop from './desktop.ts'
import { ipcMain as standinIpcMain } from './ipc.ts'
import { runtime } from './runtime.ts'
import { screen as standinScreen } from './screen.ts'
import { applicationMark } from './settings.ts'
import { defaultSession, protocol as standinProtocol, sessionOf } from './session.ts'
import { utilityProcess as standinUtilityProcess } from './utility-process.ts'

// Where what we built meets what Electron declares: the methods are compared, then the whole is called by Electron's name.
type Same<T, K extends keyof T> = Pick<T, K>

export const app = standinApp satisfies Same<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getVersion'
  | 'getName'
  | 'setName'
  | 'isPackaged'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'enableSandbox'
  | 'getAppMetrics'
> as unknown as Electron.App

export const BrowserWindow = StandinBrowserWindow as unknown as typeof Electron.BrowserWindow

export const ipcMain = standinIpcMain satisfies Same<
  Electron.IpcMain,
  'handle' | 'handleOnce' | 'removeHandler'
> as unknown as Electron.IpcMain

export const protocol = standinProtocol satisfies Same<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
> as unknown as Electron.Protocol

export const session = {
  defaultSession,
  fromPartition: (partition: string) => sessionOf(partition),
} as unknown as typeof Electron.session

export const screen = standinScreen satisfies Same<
  Electron.Screen,
  'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
> as unknown as Electron.Screen

export const utilityProcess = standinUtilityProcess as unknown as typeof Electron.utilityProcess

export const webContents = {
  fromId: (id: number) => runtime.contents.get(id),
  getAllWebContents: () => [...runtime.contents.values()],
} as unknown as typeof Electron.webContents

export const safeStorage = desktop.safeStorage satisfies Same<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
> as unknown as Electron.SafeStorage

export const Menu = desktop.Menu as unknown as typeof Electron.Menu

export const globalShortcut = desktop.globalShortcut satisfies Same<
  Electron.GlobalShortcut,
  'register' | 'unregister' | 'unregisterAll' | 'isRegistered'
> as unknown as Electron.GlobalShortcut

export const powerSaveBlocker: Electron.PowerSaveBlocker = desktop.powerSaveBlocker

export const dialog = desktop.dialog satisfies Same<Electron.Dialog, 'showErrorBox'> as unknown as Electron.Dialog

export const shell = desktop.shell satisfies Same<Electron.Shell, 'openExternal'> as unknown as Electron.Shell

export const nativeTheme = desktop.nativeTheme as unknown as Electron.NativeTheme

export default {
  app,
  BrowserWindow,
  ipcMain,
  protocol,
  session,
  screen,
  utilityProcess,
  webContents,
  safeStorage,
  Menu,
  globalShortcut,
  powerSaveBlocker,
  dialog,
  shell,
  nativeTheme,
}

if (applicationMark in globalThis) {
  listenToLauncher(standinApp.whenReady())
  standinApp.begin()
}
