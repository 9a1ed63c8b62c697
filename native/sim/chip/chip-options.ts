import type { Cipher } from '#native/chip/cipher.ts'
import type { HashName } from './card-proofs.ts'

/** `ecdh-gm-aes128` and the like. */
export type PaceName = `${'dh' | 'ecdh'}-${'gm' | 'im'}-${Cipher}` | `ecdh-cam-${Exclude<Cipher, '3des'>}`

/** How a chip is made, beside the person in it; plain JSON. Numbers name standardized domain parameters (ICAO 9303-11 table 6). */
export type ChipOptions = {
  /** What EF.CardAccess offers; without any the chip has BAC only. */
  readonly pace?: readonly { readonly protocol: PaceName; readonly parameters: number }[]
  /** The key and protocol of DG14. */
  readonly chipAuthentication?: { readonly cipher: Cipher; readonly parameters: number; readonly keyId?: number }
  /** The key of DG15. */
  readonly activeAuthentication?:
    | { readonly kind: 'rsa'; readonly bits: number; readonly hash: HashName }
    | { readonly kind: 'ecdsa'; readonly parameters: number; readonly hash: HashName }
  readonly portrait?: 'jpeg' | 'jpeg2000'
  /** Container of the portrait. */
  readonly container?: 'iso19794' | 'iso39794'
  /** Adds DG11 and DG12, which Vietnamese cards do not have. */
  readonly additionalDetails?: boolean
}

/** Everything at once, as a newer card might have it. */
export const fullChip: ChipOptions = {
  pace: [{ protocol: 'ecdh-gm-aes128', parameters: 13 }],
  chipAuthentication: { cipher: 'aes128', parameters: 13 },
  activeAuthentication: { kind: 'ecdsa', parameters: 12, hash: 'sha256' },
}
