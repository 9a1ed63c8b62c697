import { z } from 'zod'
import { parseCertificate } from '#core/seal/certificate.ts'
import type { SealKit } from '#core/station/index.ts'
import type { Store } from '#core/store/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { fingerprintOf } from './signature.ts'

const setting = 'languages.signers'
const mostRemembered = 500

/** Fingerprints of stations of which a pack was taken over. */
export function knownSigners(store: Store): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(store.setting(setting) ?? '[]'))
  } catch {
    return []
  }
}

export function rememberSigner(store: Store, fingerprint: string): void {
  const others = knownSigners(store).filter((each) => each !== fingerprint)
  store.setSetting(setting, JSON.stringify([...others, fingerprint].slice(-mostRemembered)))
}

export function ownFingerprint(store: Store): string | undefined {
  const pem = store.setting('station.certificate')
  return pem === undefined ? undefined : fingerprintOf(parseCertificate(pem))
}

/** Throws STATION_INCOMPLETE, also where it is the receiver's certificate that is not fit. */
export function signingKit(sealKit: () => SealKit): SealKit {
  try {
    return sealKit()
  } catch (cause) {
    if (cause instanceof AppError && !cause.code.startsWith('CERTIFICATE_')) throw cause
    const context = { setting: 'receiver.certificate' }
    throw new AppError('STATION_INCOMPLETE', 'language.export', { context, cause })
  }
}
