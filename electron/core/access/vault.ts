import { hashRaw } from '@node-rs/argon2'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#domain/failure/index.ts'
import type { Profile } from '#core/store/profile.ts'
import { checkPassphrase, tidyPassphrase } from './passphrase.ts'
import { countWhole, readVault, vaultPaths, writeVault, type VaultContent } from './vault-file.ts'

/** The system's keystore, given by the shell, which refuses a plaintext backend. */
export interface Keystore {
  /** What the system calls it: `dpapi`, `keychain`, `gnome_libsecret` … */
  readonly name?: string
  available(): boolean
  protect(bytes: Uint8Array): Uint8Array
  unprotect(bytes: Uint8Array): Uint8Array
}

const cost = { memoryKiB: 65_536, passes: 3, lanes: 1 }

/** Whether a station was set up in this folder; a vault that was lost beside its database still counts. */
export function vaultExists(folder: string): boolean {
  const database = statSync(join(folder, 'store.db'), { throwIfNoEntry: false })
  return vaultPaths(folder).some((path) => existsSync(path)) || (database?.size ?? 0) > 0
}

/**
 * Makes a random 32-byte database key and keeps it wrapped under the passphrase, and by the keystore when there is one.
 * Throws PASSPHRASE_WEAK, STATION_EXISTS, DISK_FULL.
 */
export async function createVault(options: {
  folder: string
  passphrase: string
  keystore?: Keystore
  profile?: Profile
}): Promise<{ key: Uint8Array }> {
  const { folder, passphrase, keystore, profile } = options
  checkPassphrase(passphrase)
  if (vaultExists(folder)) throw new AppError('STATION_EXISTS', 'access.createVault')
  const key = randomBytes(32)
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const wrapping = await derive(passphrase, { ...cost, salt })
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(purpose)
  const wrappedKey = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  wrapping.fill(0)
  await writeVault(folder, {
    format: 'quay-can-cuoc/vault/1',
    ...(profile === 'training' && { profile }),
    passphrase: {
      algorithm: 'argon2id',
      ...cost,
      salt: salt.toString('base64'),
      nonce: nonce.toString('base64'),
      wrappedKey: wrappedKey.toString('base64'),
    },
    ...(keystore?.available() && { keystore: { protectedKey: Buffer.from(keystore.protect(key)).toString('base64') } }),
  })
  return { key }
}

/**
 * The database key, by the passphrase if one is given, otherwise by the keystore.
 * Throws OTHER_PROFILE, WRONG_PASSPHRASE, STATION_LOCKED (no passphrase given and the keystore does not open it),
 * STATION_INCOMPLETE (nothing here yet), STORE_DAMAGED (both vault files damaged or lost).
 */
export async function openVault(options: {
  folder: string
  passphrase?: string
  keystore?: Keystore
  profile?: Profile
}): Promise<{ key: Uint8Array }> {
  const { folder, passphrase, keystore, profile = 'station' } = options
  if (!vaultExists(folder)) throw new AppError('STATION_INCOMPLETE', 'access.openVault')
  const vault = await readVault(folder)
  if (!vault) throw new AppError('STORE_DAMAGED', 'access.openVault', { context: { reason: 'vault' } })
  await requireVaultOf(folder, profile)
  if (passphrase !== undefined) return { key: await unwrap(vault.passphrase, passphrase) }
  const key = vault.keystore && keystore?.available() && unprotect(keystore, vault.keystore.protectedKey)
  if (!key) throw new AppError('STATION_LOCKED', 'access.openVault')
  return { key }
}

/** OTHER_PROFILE when the vault in this folder says so; what cannot be read is the opening's to complain of. */
export async function requireVaultOf(folder: string, profile: Profile): Promise<void> {
  const vault = await readVault(folder)
  if (vault && (vault.profile ?? 'station') !== profile) throw new AppError('OTHER_PROFILE', 'access.openVault')
}

/** For the technician: how many of the two files are whole, and whether the system's keystore holds and opens the key. */
export async function lookAtVault(options: {
  folder: string
  keystore?: Keystore
}): Promise<{ readonly copies: number; readonly inKeystore: boolean; readonly opens: boolean }> {
  const { folder, keystore } = options
  const copies = await countWhole(folder)
  const held = (await readVault(folder))?.keystore
  const key = held && keystore?.available() ? unprotect(keystore, held.protectedKey) : undefined
  key?.fill(0)
  return { copies, inKeystore: held !== undefined, opens: key !== undefined }
}

const purpose = Buffer.from('quay-can-cuoc/database-key/1')

async function unwrap(slot: VaultContent['passphrase'], passphrase: string): Promise<Uint8Array> {
  const wrapping = await derive(passphrase, { ...slot, salt: Buffer.from(slot.salt, 'base64') })
  const wrapped = Buffer.from(slot.wrappedKey, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(slot.nonce, 'base64'), { authTagLength: 16 })
  wrapping.fill(0)
  decipher.setAAD(purpose).setAuthTag(wrapped.subarray(32))
  const key = decipher.update(wrapped.subarray(0, 32))
  try {
    decipher.final()
  } catch (cause) {
    throw new AppError('WRONG_PASSPHRASE', 'access.openVault', { cause })
  }
  return key
}

function unprotect(keystore: Keystore, protectedKey: string): Uint8Array | undefined {
  try {
    const key = keystore.unprotect(Buffer.from(protectedKey, 'base64'))
    return key.length === 32 ? key : undefined
  } catch {
    return undefined
  }
}

/** In a thread of libuv, about a quarter of a second. */
function derive(
  passphrase: string,
  options: { memoryKiB: number; passes: number; lanes: number; salt: Uint8Array },
): Promise<Buffer> {
  return hashRaw(tidyPassphrase(passphrase), {
    algorithm: 2, // Argon2id; the library's const enum cannot be imported here
    memoryCost: options.memoryKiB,
    timeCost: options.passes,
    parallelism: options.lanes,
    outputLen: 32,
    salt: options.salt,
  })
}
