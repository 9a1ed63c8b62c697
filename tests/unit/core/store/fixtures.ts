import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore, type Store } from '#core/store/index.ts'
import { key } from './full-dossier.ts'

export * from './full-dossier.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quay-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** One second later at each look. */
export function tickingClock(start = '2026-11-20T01:00:00.000Z'): () => Date {
  let now = Date.parse(start)
  return () => new Date((now += 1000))
}

export function storeIn(folder: string, clock = tickingClock()): Store {
  const store = openStore({ folder, key, clock })
  onTestFinished(() => store.close())
  return store
}
