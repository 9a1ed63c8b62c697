import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '#core/store/durable-file.ts'
import { AppError } from '#domain/failure/index.ts'
import { z } from 'zod'
import type { Marks } from './displays.ts'

const schema = z.strictObject({
  version: z.literal(1),
  /** null: the officer wants no citizen's screen. */
  citizen: z
    .strictObject({
      key: z.string().max(500),
      marks: z.strictObject({
        id: z.number(),
        label: z.string().max(200),
        internal: z.boolean(),
        long: z.int().positive(),
        short: z.int().positive(),
      }),
    })
    .nullable(),
})

export type CitizenDisplay = { readonly key: string; readonly marks: Marks }

export type ScreenMemory = {
  /** undefined: nothing was ever decided. null: none is wanted, or what was decided cannot be read. */
  readonly citizen: CitizenDisplay | null | undefined
  /** Takes effect at the next start. Never throws: a full disk must not keep the citizen's screen dark now. */
  remember(citizen: CitizenDisplay | null): void
  /** What was given to `remember` is on the disk, or was complained of. */
  written(): Promise<void>
}

/** `screens.json` of the data folder: which display is the citizen's. */
export function screenMemory(dataFolder: string): ScreenMemory {
  const path = join(dataFolder, 'screens.json')
  let last = Promise.resolve()
  return {
    citizen: read(path),
    remember(citizen) {
      const bytes = Buffer.from(`${JSON.stringify({ version: 1, citizen })}\n`)
      last = last.then(() => writeDurably(path, [bytes], 'screens.remember')).catch(complain)
    },
    written: () => last,
  }
}

function read(path: string): CitizenDisplay | null | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8'))).citizen
  } catch (error) {
    // Whatever stood in a damaged file, it was a decision: the officer is asked again rather than guessed for.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : null
  }
}

function complain(error: unknown): void {
  process.stderr.write(`screens.json was not written: ${error instanceof AppError ? error.code : 'INTERNAL'}\n`)
}
