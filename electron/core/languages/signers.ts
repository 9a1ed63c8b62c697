import { z } from 'zod'
import { parseCertificate } from '#core/seal/certificate.ts'
import type { Store } from '#core/store/index.ts'
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
