import { chip } from '#contract/dossier-schema.ts'
import type { DeviceHost } from '#core/devices/index.ts'
import type { Store } from '#core/store/index.ts'
import { stationAnchors } from '#core/trust/index.ts'
import { AppError, toFailure } from '#domain/failure/index.ts'
import type { ChipAccess, ChipReading } from '#native/capability/card-reader.ts'
import { chipAccesses, chipDates, chipHints, detailsFromChip } from './chip-access.ts'
import type { Desk, LastingEffect } from './desk.ts'

export type Devices = { readonly host: Pick<DeviceHost, 'call'>; readonly store: Store }

/** Reads the chip and puts its details and portrait into the dossier. */
export async function readChip(
  effect: LastingEffect & { type: 'read-chip' },
  desk: Desk,
  signal: AbortSignal,
  { host, store }: Devices,
): Promise<void> {
  const { attempt, device } = effect
  try {
    // The store may be closed already when the program ends.
    if (signal.aborted) throw new AppError('CANCELLED', 'chip.read')
    const anchors = stationAnchors(store)
    const { id: visit, state } = desk.open()
    const request = {
      attempt,
      device,
      anchors,
      visit,
      hints: chipHints(state),
      lastAttempt: effect.lastAttempt ?? false,
    }
    const reading = await readWithAnyKey(chipAccesses(state), (access) =>
      host.call('chip.read', { ...request, access }, signal),
    )
    const { trust, verdict, access } = reading
    const keep = async (picture: { readonly bytes: Uint8Array; readonly mediaType: string } | undefined) =>
      picture && (await store.putBlob(picture.bytes, picture.mediaType))
    // What the chip holds is kept as it is; where windows cannot show it, a JPEG of it is shown.
    const shown = await keep(reading.portrait?.shown)
    const original = await keep(reading.portrait)
    const portrait = shown ?? original
    const failedCheck = trust === 'failed' || trust === 'expired-or-revoked' ? verdict?.check : undefined
    const facts = {
      details: detailsFromChip(reading),
      ...chipDates(reading.details),
      trust,
      ...(failedCheck && { failedCheck }),
      access,
      ...(portrait && { portrait }),
      ...(shown && original && { portraitOriginal: original }),
    }
    // What no window could show must not become part of the dossier.
    if (!chip.safeParse(facts).success)
      throw new AppError('CHIP_MALFORMED', 'chip.read', { context: { reason: 'facts' } })
    desk.apply({ type: 'chipRead', attempt, ...facts }, 'program')
  } catch (error) {
    const { code } = toFailure(error, 'chip.read')
    desk.fail({ type: 'chipReadFailed', attempt, code })
    throw error
  }
}

/** A refused key says nothing about the others; any other failure ends the attempt. */
async function readWithAnyKey(
  accesses: readonly ChipAccess[],
  read: (access: ChipAccess) => Promise<ChipReading>,
): Promise<ChipReading> {
  let refused: AppError | undefined
  for (const access of accesses) {
    try {
      return await read(access)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CHIP_ACCESS_DENIED')) throw error
      // The next key could be the one that blocks the chip.
      if (error.context['reason'] === 'last-attempt' || error.context['reason'] === 'blocked') throw error
      // That a value is wrong tells more than that the chip knows no other way in.
      if (refused?.context['reason'] !== 'wrong-password') refused = error
    }
  }
  throw refused ?? new AppError('CHIP_ACCESS_DENIED', 'chip.access')
}
