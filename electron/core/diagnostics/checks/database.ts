import type { Store } from '#core/store/index.ts'
import type { DatabaseFigures } from '#domain/diagnosis/index.ts'
import { toFailure } from '#domain/failure/index.ts'

/** Every page, index and reference of the open database, and the chain of acts from its beginning. */
export function measureDatabase(store: Store) {
  return { ...lookAtPages(store), ...lookAtAudit(store) } satisfies DatabaseFigures
}

function lookAtPages(store: Store): DatabaseFigures {
  try {
    return store.check()
  } catch {
    // A page that cannot be deciphered ends the look at once.
    return { damagedPlaces: 1 }
  }
}

function lookAtAudit(store: Store): DatabaseFigures {
  try {
    return { auditEntries: store.verifyAudit().entries, auditHolds: 1 }
  } catch (error) {
    const { entry } = toFailure(error, 'diagnostics.audit').context
    return typeof entry === 'number' ? { auditHolds: 0, auditBreaksAt: entry } : { damagedPlaces: 1 }
  }
}
