import { X509Certificate } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { lookAtVault, type Keystore } from '#core/access/index.ts'
import type { Store } from '#core/store/index.ts'
import type { KeyFigures } from '#domain/diagnosis/index.ts'

type Options = {
  readonly folder: string
  readonly store: Store
  /** Absent: it cannot be asked from here, as on the command line. */
  readonly keystore?: Keystore | 'none' | undefined
  readonly clock: () => Date
}

/** Certificates, the wrapped key and its escrow; no key is looked at longer than it takes to see that it opens. */
export async function measureKeys({ folder, store, keystore, clock }: Options) {
  const receiver = daysLeft(store.setting('receiver.certificate'), clock())
  const station = daysLeft(store.setting('station.certificate'), clock())
  const { copies, inKeystore, opens } = await lookAtVault({
    folder,
    ...(keystore && keystore !== 'none' && { keystore }),
  })
  const escrow = await stat(join(folder, 'escrow.p7m')).catch(() => undefined)
  return {
    ...(receiver !== undefined && { receiverDaysLeft: receiver }),
    ...(station !== undefined && { stationDaysLeft: station }),
    vaultCopies: copies,
    keystoreHolds: inKeystore ? 1 : 0,
    ...(inKeystore && keystore && { keystoreOpens: opens ? 1 : 0 }),
    escrowBytes: escrow?.size ?? 0,
  } satisfies KeyFigures
}

/** Whole days, rounded down: below 0 from the moment it has ended. */
function daysLeft(pem: string | undefined, now: Date): number | undefined {
  try {
    if (pem === undefined) return undefined
    return Math.floor((Date.parse(new X509Certificate(pem).validTo) - now.getTime()) / 86_400_000)
  } catch {
    return undefined
  }
}
