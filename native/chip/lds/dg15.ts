import { parsePublicKey, type PublicKey } from '../public-key.ts'
import { readOne } from '../tlv.ts'
import { ldsFiles } from './files.ts'

/** The key of active authentication in DG15 (ICAO 9303-10 4.7.15). Throws CHIP_MALFORMED. */
export function parseDg15(file: Uint8Array): PublicKey {
  return parsePublicKey(readOne(readOne(file, ldsFiles.DG15.tag).value, 0x30))
}
