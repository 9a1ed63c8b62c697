import type { Handlers } from '#core/answer.ts'
import type { Station } from '#core/station/index.ts'
import type { Store } from '#core/store/index.ts'
import { exportSealed } from './index.ts'

/** Numbers of sealed files that were never exported. */
export function waitingNumbers(store: Pick<Store, 'outbox'>) {
  return store
    .outbox()
    .filter(({ exportedAt }) => exportedAt === undefined)
    .map(({ number }) => number)
}

/** Exports everything that waits; `onEnd` also when it failed half way. */
export function exportHandlers(
  station: Pick<Station, 'store' | 'folder'>,
  onEnd: () => void,
): Pick<Handlers, 'exportSealed'> {
  return {
    exportSealed: async ({ folder }) => {
      const store = station.store()
      const numbers = waitingNumbers(store)
      const audit = { actor: 'officer', window: 'officer', act: 'outbox.export' } as const
      const done = await exportSealed({ store, dataFolder: station.folder, folder, numbers, audit }).finally(onEnd)
      return { written: done.copied.length, already: done.alreadyThere.length, damaged: done.damaged.length }
    },
  }
}
