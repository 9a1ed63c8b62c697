import { pick, readAll, readOne } from '../tlv.ts'
import { ldsFiles, type LdsFile } from './files.ts'

/** Which groups EF.COM says are there (ICAO 9303-10 4.6.1). It is not signed: a hint, not a promise. Unknown tags are left out. */
export function parseCom(file: Uint8Array): readonly LdsFile[] {
  const objects = readAll(readOne(file, ldsFiles.COM.tag).value)
  const tags = pick(objects, 0x5c).value
  const names = Object.keys(ldsFiles) as LdsFile[]
  return names.filter((name) => tags.includes(ldsFiles[name].tag))
}
