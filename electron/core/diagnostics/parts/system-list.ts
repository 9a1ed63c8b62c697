import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunProgram } from '../checks/run-program.ts'

/** A socket for a display, as the kernel of Linux tells it; what stands on it only the program's windows know. */
export type Connector = {
  readonly connector: string
  readonly connected: boolean
  /** Lit by the system. */
  readonly enabled: boolean
  /** The native size, `1920x1080`. */
  readonly mode?: string
  /** As its EDID names it. */
  readonly name?: string
}

/** Undefined where the system does not tell it without windows. */
export async function systemDisplays(folder = '/sys/class/drm'): Promise<readonly Connector[] | undefined> {
  const entries = await readdir(folder).catch(() => undefined)
  const connectors = entries?.filter((entry) => /^card\d+-/u.test(entry)).toSorted()
  if (!connectors?.length) return undefined
  return Promise.all(
    connectors.map(async (entry) => {
      const read = (file: string) => readFile(join(folder, entry, file)).catch(() => Buffer.alloc(0))
      const [status, enabled, modes, edid] = await Promise.all(['status', 'enabled', 'modes', 'edid'].map(read))
      const mode = modes?.toString().split('\n')[0]
      const name = edid && nameInEdid(edid)
      return {
        connector: entry.replace(/^card\d+-/u, ''),
        connected: status?.toString().trim() === 'connected',
        enabled: enabled?.toString().trim() === 'enabled',
        ...(mode && { mode }),
        ...(name && { name }),
      }
    }),
  )
}

/** The display product name (tag FC) of the four descriptors of 18 bytes from offset 54 (E-EDID 1.4, 3.10). */
export function nameInEdid(edid: Uint8Array): string | undefined {
  for (const at of [54, 72, 90, 108]) {
    const [low, high, zero, tag] = edid.subarray(at, at + 4)
    if (low !== 0 || high !== 0 || zero !== 0 || tag !== 0xfc) continue
    const text = Buffer.from(edid.subarray(at + 5, at + 18)).toString('latin1')
    return (
      text
        .split('\n')[0]
        ?.replace(/[^\x20-\x7e]/gu, '')
        .trim() || undefined
    )
  }
  return undefined
}

export type InstalledPrinter = { readonly name: string; readonly usual: boolean; readonly state: string }

/** By CUPS; undefined where its client is not installed. A printer that is there but stopped says so in `state`. */
export async function systemPrinters(
  run: RunProgram,
  signal: AbortSignal,
): Promise<readonly InstalledPrinter[] | undefined> {
  const said = await run('lpstat', ['-p', '-d'], signal)
  if (said === undefined) return undefined
  const usual = /^system default destination: (\S+)$/mu.exec(said)?.[1]
  return Array.from(
    said.matchAll(/^printer (\S+) (?:is )?(disabled|idle|now printing|\w+)/gmu),
    ([, name = '', state = '']) => ({
      name,
      usual: name === usual,
      state,
    }),
  )
}
