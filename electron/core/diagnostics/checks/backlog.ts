import type { Store } from '#core/store/index.ts'
import type { BacklogFigures } from '#domain/diagnosis/index.ts'

/** Sealed files that were never exported. */
export function measureBacklog(store: Store, clock: () => Date) {
  const waiting = store.outbox().filter(({ exportedAt }) => exportedAt === undefined)
  const oldest = waiting[0]?.addedAt
  const days = oldest === undefined ? 0 : (clock().getTime() - Date.parse(oldest)) / 86_400_000
  return {
    waiting: waiting.length,
    waitingMb: Number((waiting.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1)),
    oldestDays: Math.max(0, Math.floor(days)),
  } satisfies BacklogFigures
}
