import { createHash, timingSafeEqual } from 'node:crypto'
import { readSignedData, type SignedData } from './cms.ts'
import { membersOf, octetsOf, readDer, readDers, readFirst, smallOf, tags, unreadable } from './der.ts'
import { hashOf, type HashName } from './signature.ts'

export type SecurityObject = {
  readonly hash: HashName
  /** By number of the data group. */
  readonly hashes: ReadonlyMap<number, Uint8Array>
  readonly signed: SignedData
}

/** Far more than any chip holds. */
const largestSod = 262_144
const sodTag = 0x77
const contentTypeOid = '2.23.136.1.1.1'

/** EF.SOD (ICAO 9303-10 4.6.2). Bytes after the file are padding. Throws CERTIFICATE_UNREADABLE. */
export function readSecurityObject(file: Uint8Array): SecurityObject {
  if (file.length > largestSod) throw unreadable('size')
  const signed = readSignedData(readFirst(file, sodTag).content)
  if (signed.contentType !== contentTypeOid) throw unreadable('content-type')
  const members = membersOf(readDer(signed.content, tags.sequence))
  members.take(tags.integer)
  const hash = hashOf(members.take(tags.sequence))
  if (!hash) throw unreadable('hash')
  const hashes = new Map<number, Uint8Array>()
  for (const entry of readDers(members.take(tags.sequence).content, 64)) {
    const pair = membersOf(entry)
    const number = smallOf(pair.take(tags.integer))
    if (hashes.has(number)) throw unreadable('group-twice')
    hashes.set(number, octetsOf(pair.take()))
  }
  return { hash, hashes, signed }
}

/** True when the file has the hash that is listed for its group. A group that is not listed is not true. */
export function hashHolds(
  { hash, hashes }: Pick<SecurityObject, 'hash' | 'hashes'>,
  group: number,
  file: Uint8Array,
): boolean {
  const listed = hashes.get(group)
  const actual = createHash(hash).update(file).digest()
  return listed !== undefined && listed.length === actual.length && timingSafeEqual(listed, actual)
}
