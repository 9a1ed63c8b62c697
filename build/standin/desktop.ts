import { EventEmitter } from 'node:events'
import { log } from './settings.ts'

/** The small rest of Electron's API: what a desktop offers, of which there is none here. */
const unavailable = (): never => {
  throw new Error('safeStorage: Encryption is not available.')
}

export const safeStorage = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text' as const,
  encryptString: (_plainText: string): Buffer => unavailable(),
  decryptString: (_encrypted: Buffer): string => unavailable(),
}

export const Menu = {
  setApplicationMenu: (_menu: unknown): void => undefined,
  getApplicationMenu: (): null => null,
}

/** No key is taken from the desktop here: pages hear their own. */
export const globalShortcut = {
  register: (_accelerator: string, _callback: () => void): boolean => false,
  unregister: (_accelerator: string): void => undefined,
  unregisterAll: (): void => undefined,
  isRegistered: (_accelerator: string): boolean => false,
}

const blockers = new Set<number>()
let lastBlocker = 0

export const powerSaveBlocker = {
  start: (_type: 'prevent-app-suspension' | 'prevent-display-sleep'): number => {
    blockers.add(++lastBlocker)
    return lastBlocker
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
}

export const dialog = {
  showErrorBox: (title: string, content: string): void => log(`error box: ${title}\n${content}`),
}

export const shell = {
  openExternal: (url: string): Promise<void> =>
    Promise.reject(new Error(`the stand-in opens nothing outside itself: ${url.slice(0, url.indexOf(':'))}`)),
}

export const nativeTheme = Object.assign(new EventEmitter(), {
  themeSource: 'system',
  shouldUseDarkColors: false,
  shouldUseHighContrastColors: false,
})
