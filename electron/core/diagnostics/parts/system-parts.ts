import { access, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeystorePart, TpmPart } from '#contract/index.ts'
import { lookAtVault, type Keystore } from '#core/access/index.ts'

/**
 * The TPM as Linux shows it. Elsewhere it is not looked at: Windows tells it only to an administrator.
 * `since` is when it was looked at first.
 */
export async function lookForTpm(
  since: string,
  { platform = process.platform, folder = '/sys/class', devices = '/dev' } = {},
): Promise<TpmPart> {
  if (platform !== 'linux') return { is: 'not-looked-at' }
  const [name] = (await readdir(join(folder, 'tpm')).catch(() => []))
    .filter((each) => /^tpm\d+$/u.test(each))
    .toSorted()
  if (name === undefined) return { is: 'none', since }
  const major = await readFile(join(folder, 'tpm', name, 'tpm_version_major'), 'utf8').catch(() => '')
  // The one with a resource manager exists for 2.0 only.
  const paths = [name.replace('tpm', 'tpmrm'), name].map((each) => join(devices, each))
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  )
  const address = found.find((path) => path !== undefined)
  const version = { '1': '1.2', '2': '2.0' }[major.trim()]
  return {
    is: 'there',
    name,
    since,
    ...(version !== undefined && { version }),
    ...(address !== undefined && { address }),
  }
}

/** Which keystore has the database key. `keystore` absent: the system's cannot be asked from here. */
export async function lookAtKeystore(folder: string, keystore: Keystore | 'none' | undefined): Promise<KeystorePart> {
  const asked = keystore === 'none' ? undefined : keystore
  const { inKeystore, opens } = await lookAtVault({ folder, ...(asked && { keystore: asked }) })
  const changed = await stat(join(folder, 'vault.json')).catch(() => undefined)
  const named = {
    ...(asked?.name !== undefined && { name: asked.name }),
    ...(inKeystore && changed && { since: changed.mtime.toISOString() }),
  }
  if (!keystore) return { is: inKeystore ? 'holds' : 'not-looked-at', ...named }
  if (inKeystore) return { is: opens ? 'holds' : 'shut', ...named }
  return { is: asked?.available() ? 'ready' : 'none', ...named }
}
