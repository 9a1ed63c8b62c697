import { AppError } from '#domain/failure/index.ts'
import { pick, readAll, readOne } from '../tlv.ts'
import { ldsFiles } from './files.ts'

/** The three lines of the TD1 zone in DG1 (ICAO 9303-10 4.7.1). Anything but 90 characters: CHIP_MALFORMED. */
export function parseDg1(file: Uint8Array): readonly [string, string, string] {
  const zone = pick(readAll(readOne(file, ldsFiles.DG1.tag).value), 0x5f1f).value
  const text = Buffer.from(zone).toString('latin1')
  if (!/^[A-Z0-9<]{90}$/.test(text))
    throw new AppError('CHIP_MALFORMED', 'chip.read/DG1', { context: { bytes: zone.length } })
  return [text.slice(0, 30), text.slice(30, 60), text.slice(60)]
}
