import {
  bitsOf,
  hexOf,
  membersOf,
  oidOf,
  readDer,
  readDers,
  sameBytes,
  tags,
  timeOf,
  unreadable,
  type Der,
} from './der.ts'
import { serialOf } from './certificate.ts'
import { readName, type Name } from './name.ts'

/** A list of revoked certificates (RFC 5280 5). */
export type Crl = {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly issuer: Name
  readonly issued: Date
  readonly next?: Date
  readonly revoked: ReadonlySet<string>
  readonly algorithm: Der
  readonly signature: Uint8Array
  /** Hexadecimal */
  readonly authorityKeyId?: string
}

export const largestCrl = 8 * 1024 * 1024
const mostRevoked = 200_000

/** One DER list that fills `der`. A delta or a list about others' certificates is refused: CERTIFICATE_UNREADABLE. */
export function readCrl(der: Uint8Array): Crl {
  if (der.length > largestCrl) throw unreadable('size')
  const whole = membersOf(readDer(der, tags.sequence))
  const tbs = whole.take(tags.sequence)
  const algorithm = whole.take(tags.sequence)
  const signature = bitsOf(whole.take(tags.bits))
  whole.end()
  const members = membersOf(tbs)
  members.maybe(tags.integer)
  if (!sameBytes(members.take(tags.sequence).raw, algorithm.raw)) throw unreadable('algorithm')
  const issuer = readName(members.take(tags.sequence))
  const issued = timeOf(members.take(tags.utcTime, tags.generalTime))
  const nextUpdate = members.maybe(tags.utcTime, tags.generalTime)
  const list = members.maybe(tags.sequence)
  const revoked = new Set<string>()
  for (const entry of list ? readDers(list.content, mostRevoked) : []) {
    revoked.add(serialOf(membersOf(entry).take(tags.integer)))
  }
  const extensions = members.maybe(0xa0)
  const authorityKeyId = extensions && keyIdIn(readDer(extensions.content, tags.sequence))
  return {
    der,
    tbs: tbs.raw,
    issuer,
    issued,
    ...(nextUpdate && { next: timeOf(nextUpdate) }),
    revoked,
    algorithm,
    signature,
    ...(authorityKeyId !== undefined && { authorityKeyId }),
  }
}

function keyIdIn(extensions: Der): string | undefined {
  let found: string | undefined
  for (const entry of readDers(extensions.content, 64)) {
    const members = membersOf(entry)
    const id = oidOf(members.take(tags.oid))
    const critical = members.maybe(tags.boolean)
    if (id === '2.5.29.35') {
      const keyId = membersOf(readDer(members.take(tags.octets).content, tags.sequence)).maybe(0x80)
      found = keyId && hexOf(keyId.content)
    } else if (critical && critical.content[0] !== 0) {
      throw unreadable('critical-extension')
    }
  }
  return found
}
