import { parseSecurityInfos, type SecurityInfo } from '../security-infos.ts'
import { readOne } from '../tlv.ts'
import { ldsFiles } from './files.ts'

/** The security infos of DG14 (ICAO 9303-10 4.7.14). Throws CHIP_MALFORMED. */
export function parseDg14(file: Uint8Array): readonly SecurityInfo[] {
  return parseSecurityInfos(readOne(file, ldsFiles.DG14.tag).value)
}
