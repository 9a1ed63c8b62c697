import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '#core/audit/index.ts'
import { makeFolder, writeDurably } from '#core/store/durable-file.ts'

const base64 = (bytes?: number) =>
  z.base64().refine((text) => bytes === undefined || Buffer.from(text, 'base64').length === bytes)

/** Bounds keep a tampered file from asking for all memory, or for next to none. */
const content = z.strictObject({
  format: z.literal('quay-can-cuoc/vault/1'),
  /** A station's says nothing. */
  profile: z.literal('training').optional(),
  passphrase: z.strictObject({
    algorithm: z.literal('argon2id'),
    memoryKiB: z.int().min(65_536).max(1_048_576),
    passes: z.int().min(3).max(16),
    lanes: z.int().min(1).max(8),
    salt: base64(16),
    nonce: base64(12),
    /** The database key under AES-256-GCM, tag at the end. */
    wrappedKey: base64(48),
  }),
  /** The same key as the system's keystore protects it. */
  keystore: z.strictObject({ protectedKey: base64() }).optional(),
})
const file = z.strictObject({ content, /** of the canonical JSON of `content` */ sha256: z.string() })

export type VaultContent = z.infer<typeof content>

const names = ['vault.json', 'vault.copy.json'] as const

export const vaultPaths = (folder: string) => names.map((name) => join(folder, name))

/** Written twice, since without it the whole folder is noise; neither file is left when one cannot be written. */
export async function writeVault(folder: string, vault: VaultContent): Promise<void> {
  const text = JSON.stringify({ content: vault, sha256: digest(vault) }, null, 2)
  await makeFolder(folder, 'access.createVault')
  try {
    for (const path of vaultPaths(folder)) await writeDurably(path, [Buffer.from(text)], 'access.createVault')
  } catch (error) {
    await Promise.all(vaultPaths(folder).map((path) => rm(path, { force: true })))
    throw error
  }
}

/** The first of the two files that is whole; undefined when neither is. */
export async function readVault(folder: string): Promise<VaultContent | undefined> {
  for (const path of vaultPaths(folder)) {
    const whole = await readOne(path)
    if (whole) return whole
  }
  return undefined
}

/** How many of the two files are whole. */
export async function countWhole(folder: string): Promise<number> {
  const found = await Promise.all(vaultPaths(folder).map(readOne))
  return found.filter((each) => each !== undefined).length
}

async function readOne(path: string): Promise<VaultContent | undefined> {
  try {
    const parsed = file.parse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.sha256 === digest(parsed.content) ? parsed.content : undefined
  } catch {
    return undefined
  }
}

function digest(vault: VaultContent): string {
  return createHash('sha256').update(canonicalJson(vault)).digest('hex')
}
