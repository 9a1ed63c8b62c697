import { writeSealed } from '#core/outbox/index.ts'
import { composeDossier, sealInWorker, type SealDevice } from '#core/seal/index.ts'
import type { SealKit } from '#core/station/index.ts'
import type { Store } from '#core/store/index.ts'
import { toFailure } from '#domain/failure/index.ts'
import type { Desk, LastingEffect } from './desk.ts'

export type Sealing = {
  readonly store: Store
  /** Where the store and its `sealed` folder are. */
  readonly folder: string
  readonly clock: () => Date
  /** Throws when the station has no usable receiver certificate (CERTIFICATE_UNSUITABLE). */
  readonly kit: () => SealKit
  readonly devices: () => readonly SealDevice[]
  readonly program: { readonly name: string; readonly version: string }
}

/** Seals the dossier and, only when the file has been read back from the disk, says so in the dossier. */
export async function seal(
  effect: LastingEffect & { type: 'seal' },
  desk: Desk,
  signal: AbortSignal,
  sealing: Sealing,
): Promise<void> {
  const { attempt } = effect
  const { store, folder, clock, program } = sealing
  try {
    const { id, state } = desk.open()
    const { station, training, ...keys } = sealing.kit()
    const createdAt = clock()
    const entries = await composeDossier({
      state,
      events: store.events(id),
      getBlob: (ref) => store.getBlob(ref),
      station,
      devices: sealing.devices(),
      createdAt,
      program,
      ...(training && { training }),
    })
    const bytes = await sealInWorker({ entries, createdAt, ...keys }, signal)
    const file = await writeSealed({ folder, number: state.number, bytes })
    desk.apply({ type: 'sealed', attempt, ...file }, 'program', file)
  } catch (error) {
    const { code } = toFailure(error, 'dossier.seal')
    desk.fail({ type: 'sealFailed', attempt, code })
    throw error
  }
}
