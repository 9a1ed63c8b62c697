import { AppError } from '#domain/failure/index.ts'
import { readSecurityObject, type SecurityObject } from '../trust/security-object.ts'

/** The list of hashes in EF.SOD (ICAO 9303-10 4.6.2); whether anything in it is true is for `judgeSod`. Throws CHIP_MALFORMED. */
export function parseSod(file: Uint8Array): SecurityObject {
  try {
    return readSecurityObject(file)
  } catch (cause) {
    throw new AppError('CHIP_MALFORMED', 'chip.read/SOD', { cause })
  }
}
