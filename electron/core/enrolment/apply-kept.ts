import type { Store } from '#core/store/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { Actor, Desk } from './desk.ts'

/** An event whose captures must be on the disk first. They belong to the dossier that was open when they were taken. */
export async function applyKept(
  { desk, store }: { readonly desk: Desk; readonly store: Store },
  keep: (store: Store) => Promise<DossierEvent>,
  by: Actor = 'officer',
): Promise<Record<string, never>> {
  const { id } = desk.open()
  const event = await keep(store)
  if (desk.open().id !== id) throw new AppError('DOSSIER_MISSING', `dossier.${event.type}`)
  desk.apply(event, by)
  return {}
}
