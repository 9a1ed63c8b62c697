import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { checkReport } from '#contract/technician-calls.ts'
import { writeDurably } from '#core/store/durable-file.ts'
import type { CheckReport } from '#domain/diagnosis/index.ts'

export type KeptChecks = {
  /** The last outcome of each test, the newest last. */
  all(): Promise<readonly CheckReport[]>
  keep(reports: readonly CheckReport[]): Promise<void>
}

const shape = z.array(checkReport).max(500)
const most = 200

/** Kept in a file beside the store, since a station that does not open is when they are wanted; nothing personal is in them. */
export function keepChecks(file: string | undefined): KeptChecks {
  let known: Promise<Map<string, CheckReport>> | undefined
  let writing: Promise<void> = Promise.resolve()
  const load = () => (known ??= readKept(file))
  return {
    all: async () => [...(await load()).values()],
    async keep(reports) {
      const kept = await load()
      for (const report of reports) {
        const key = `${report.subject} ${report.device ?? ''}`
        kept.delete(key)
        kept.set(key, report)
      }
      for (const oldest of [...kept.keys()].slice(0, -most)) kept.delete(oldest)
      if (file === undefined) return
      const bytes = new TextEncoder().encode(JSON.stringify([...kept.values()], null, 1))
      // On a full or failing disk the outcome is still shown, only not remembered.
      writing = writing.then(() => writeDurably(file, [bytes], 'diagnostics.keep')).catch(() => undefined)
      await writing
    },
  }
}

/** Without those of devices that are no longer the station's: what was found of them says nothing of it. */
export function ofStation(
  reports: readonly CheckReport[],
  bindings: readonly { readonly id: string }[],
): readonly CheckReport[] {
  return reports.filter(({ device }) => device === undefined || bindings.some(({ id }) => id === device))
}

async function readKept(file: string | undefined): Promise<Map<string, CheckReport>> {
  try {
    const reports = shape.parse(JSON.parse(await readFile(file ?? '', 'utf8')))
    return new Map(reports.map((each) => [`${each.subject} ${each.device ?? ''}`, each]))
  } catch {
    return new Map()
  }
}
