import type { Keystore } from '#core/access/index.ts'
import { safeStorage } from 'electron'

/**
 * The system's keystore for the database key. On Linux without a secret service Electron falls back to a fixed
 * password, which protects nothing: then there is no keystore, and the passphrase is asked for.
 */
export function systemKeystore(): Keystore | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined
  return {
    name: nameOf(),
    available: () => safeStorage.isEncryptionAvailable(),
    protect: (bytes) => safeStorage.encryptString(Buffer.from(bytes).toString('base64')),
    unprotect: (bytes) => Buffer.from(safeStorage.decryptString(Buffer.from(bytes)), 'base64'),
  }
}

function nameOf(): string {
  if (process.platform === 'linux') return safeStorage.getSelectedStorageBackend()
  return process.platform === 'win32' ? 'dpapi' : 'keychain'
}
