import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { DiskFigures } from '#domain/diagnosis/index.ts'
import type { RunProgram } from './run-program.ts'

const report = z.object({
  smart_status: z.object({ passed: z.boolean() }).optional().catch(undefined),
  temperature: z.object({ current: z.number() }).optional().catch(undefined),
  ata_smart_attributes: z
    .object({ table: z.array(z.object({ id: z.number(), raw: z.object({ value: z.number() }) })) })
    .optional()
    .catch(undefined),
  nvme_smart_health_information_log: z
    .object({ percentage_used: z.number(), media_errors: z.number() })
    .optional()
    .catch(undefined),
})

/** Attributes of ATA disks that count sectors: moved elsewhere, waiting to be moved, not to be read. */
const sectors = { reallocated: 5, pending: 197, uncorrectable: 198 }

/** What smartctl tells of the disk below a device number of stat; nothing where it is not there or may not ask. */
export async function readSmart(device: number, run: RunProgram, signal: AbortSignal): Promise<DiskFigures> {
  const disk = await diskOf(device)
  if (disk === undefined) return {}
  const said = await run('smartctl', ['--json', '-H', '-A', `/dev/${disk}`], signal)
  return said === undefined ? {} : smartFigures(said)
}

/** From the JSON of smartctl 7. Text that is none of its own gives nothing. */
export function smartFigures(said: string): DiskFigures {
  let parsed: z.infer<typeof report>
  try {
    parsed = report.parse(JSON.parse(said))
  } catch {
    return {}
  }
  const {
    smart_status: status,
    temperature,
    ata_smart_attributes: ata,
    nvme_smart_health_information_log: nvme,
  } = parsed
  const count = (id: number) => ata?.table.find((each) => each.id === id)?.raw.value ?? 0
  return {
    ...(status && { smartPassed: status.passed ? 1 : 0 }),
    ...(temperature && { temperatureC: temperature.current }),
    ...(ata && {
      smartReallocatedSectors: count(sectors.reallocated),
      smartUnreadableSectors: count(sectors.pending) + count(sectors.uncorrectable),
    }),
    ...(nvme && { smartWearPercent: nvme.percentage_used, smartMediaErrors: nvme.media_errors }),
  }
}

/** The whole disk under a partition, also below an encrypted one. Linux only: elsewhere undefined. */
async function diskOf(device: number): Promise<string | undefined> {
  if (process.platform !== 'linux' || device === 0) return undefined
  // makedev(3) of glibc, the minor number in two parts.
  const major = Math.floor(device / 256) & 0xfff
  const minor = (device & 0xff) | (Math.floor(device / 4096) & 0xfff00)
  try {
    let block = await realpath(`/sys/dev/block/${major}:${minor}`)
    for (let depth = 0; depth < 8; depth++) {
      const [below] = await readdir(join(block, 'slaves')).catch(() => [])
      if (below === undefined) break
      block = await realpath(join('/sys/class/block', below))
    }
    const partition = await readFile(join(block, 'partition')).catch(() => undefined)
    const name = basename(partition ? dirname(block) : block)
    return /^[a-z0-9]+$/u.test(name) ? name : undefined
  } catch {
    return undefined
  }
}
