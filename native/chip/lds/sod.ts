import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { concat, pick, readAll, readOne, type Tlv } from '../tlv.ts'
import { ldsFiles } from './files.ts'

export type SecurityObject = {
  readonly algorithm: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
  /** Hash of each data group, by group number. */
  readonly hashes: ReadonlyMap<number, Uint8Array>
  /** The CMS SignedData as it stands in the file, for the checks of its signature. */
  readonly signedData: Uint8Array
}

const algorithms: Readonly<Record<string, SecurityObject['algorithm']>> = {
  '2b0e03021a': 'sha1',
  '608648016503040204': 'sha224',
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
}
const signedDataOid = '2a864886f70d010702'

/** The list of hashes in EF.SOD (ICAO 9303-10 4.6.2): CMS SignedData around an LDSSecurityObject. Throws CHIP_MALFORMED. */
export function parseSod(file: Uint8Array): SecurityObject {
  const signedData = readOne(file, ldsFiles.SOD.tag).value
  const contentInfo = readAll(readOne(signedData, 0x30).value)
  if (hexOf(pick(contentInfo, 0x06)) !== signedDataOid) throw malformed('content')
  const signed = readAll(readOne(pick(contentInfo, 0xa0).value, 0x30).value)
  const encapsulated = readAll(pick(signed, 0x30).value)
  const wrapped = readAll(pick(encapsulated, 0xa0).value)[0]
  if (!wrapped) throw malformed('content')
  // Some signers write the octet string in pieces.
  const content = wrapped.constructed ? concat(...readAll(wrapped.value).map((piece) => piece.value)) : wrapped.value
  const object = readAll(readOne(content, 0x30).value)
  const [algorithmId, list] = object.filter((part) => part.tag === 0x30)
  if (!algorithmId || !list) throw malformed('object')
  const algorithm = algorithms[hexOf(pick(readAll(algorithmId.value), 0x06))]
  if (!algorithm) throw malformed('algorithm')
  const hashes = new Map<number, Uint8Array>()
  for (const entry of readAll(list.value)) {
    const parts = readAll(entry.value)
    const number = pick(parts, 0x02).value
    if (number.length !== 1 || number[0] === undefined) throw malformed('group')
    hashes.set(number[0], pick(parts, 0x04).value)
  }
  return { algorithm, hashes, signedData }
}

/** True when the file has the hash that the security object lists for its group. A group that is not listed is not true. */
export function hashHolds(object: SecurityObject, group: number, file: Uint8Array): boolean {
  const listed = object.hashes.get(group)
  const actual = createHash(object.algorithm).update(file).digest()
  return listed !== undefined && listed.length === actual.length && timingSafeEqual(listed, actual)
}

function hexOf(object: Tlv): string {
  return Buffer.from(object.value).toString('hex')
}

function malformed(what: string): AppError {
  return new AppError('CHIP_MALFORMED', 'chip.read/SOD', { context: { what } })
}
